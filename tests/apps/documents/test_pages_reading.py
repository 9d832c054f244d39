"""The list, the record page, versions, comparing, PDFs."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership import clock
from partnership.accounts.models import User
from partnership.deadlines import jobs as duties
from partnership.documents import jobs, selectors, services
from partnership.documents.models import DocumentShare, RenditionKind, Section
from tests import worlds
from tests.apps.documents.world import World, world  # noqa: F401  (a fixture)


def text(response):
    page = re.sub(r'<span class="app-nowrap">(.*?)</span>', r"\1", response.content.decode())
    return " ".join(page.split())


def test_the_list_shows_each_document_with_its_status_turn_and_a_way_to_begin(world: World) -> None:
    page = text(world.client("gwen").get(reverse("documents:documents", args=["westmere"])))
    assert "Yearly report 2025-26" in page and "Draft" in page and "Business manager" in page
    assert "None has been begun yet. When one is, it appears here" in page
    assert reverse("documents:begin", args=["westmere", "yearly-report"]) in page


def test_the_list_offers_nothing_to_begin_to_who_may_only_read(world: World) -> None:
    page = text(world.client("olu").get(reverse("documents:documents", args=["westmere"])))
    assert "Yearly report 2025-26" in page
    assert "/begin/" not in page


@pytest.mark.parametrize("page", ["document", "preview", "pictures", "checks", "send", "correct"])
def test_a_page_of_another_area_is_not_there(world: World, page: str) -> None:
    assert world.get("eve", page).status_code == 404
    assert world.client("eve").get(reverse("documents:documents", args=["westmere"])).status_code == 404


@pytest.mark.parametrize("page", ["version", "publish", "withdraw"])
def test_a_version_of_another_area_is_not_there(world: World, page: str) -> None:
    assert world.get("eve", page, 1).status_code == 404


def test_an_unknown_kind_period_or_version_is_not_there(world: World) -> None:
    client = world.client("gwen")
    assert client.get("/areas/westmere/weekly-report/2025-26/").status_code == 404
    assert client.get("/areas/westmere/yearly-report/2024-25/").status_code == 404
    assert world.get("gwen", "version", 9).status_code == 404


def test_the_record_page_lists_sections_with_level_and_state(world: World) -> None:
    world.write("impact", "What we did.")
    world.write("funding", "[[no such figures]]")
    page = text(world.get("gwen", "document"))
    assert "Priorities and impact" in page and "Must." in page
    assert "There are no figures called" in page
    assert "1 of 15 sections are complete." in page
    for heading in ("Write", "Check", "Sign", "Publish", "Submit"):
        assert f">{heading}</h2>" in page


def test_a_step_that_cannot_start_says_why_and_is_no_link(world: World) -> None:
    page = text(world.get("gwen", "document"))
    assert "First mend what the checks list." in page
    assert world.at("send") not in page
    world.write_everything()
    assert world.at("send") in text(world.get("gwen", "document"))
    reader = text(world.get("olu", "document"))
    assert world.at("send") not in reader
    assert "of Westmere may send a document for sign-off." in reader


def test_the_sections_come_before_the_links_and_what_happened_is_short(world: World) -> None:
    for number in range(7):
        with clock.frozen(clock.now() + timedelta(minutes=number)):
            world.write("impact", f"Text {number}.")
    page = text(world.get("gwen", "document"))
    order = [
        page.index(words) for words in ("Priorities and impact", "What happened before that", "About this document")
    ]
    assert order == sorted(order)
    shown, folded = page.split('id="story"')[1].split("What happened before that")
    assert shown.count("app-timeline__entry") == 5
    assert folded.count("app-timeline__entry") >= 1


def test_the_record_page_works_in_every_status(world: World) -> None:
    version = world.send()
    waiting = text(world.get("amina", "document"))
    assert "With the lead safeguarding partners for signature." in waiting
    assert world.at("sign", 1, world.seats["council"].pk) in waiting
    assert world.at("sign", 1, world.seats["police"].pk) not in waiting
    services.return_for_changes(
        version=version, seat=world.seats["police"], reason="The funding table is old.", by=world.people["ben"]
    )
    returned = text(world.get("gwen", "document"))
    assert "Version 1 came back. Ben wrote:" in returned and "The funding table is old." in returned
    world.signed()
    assert world.at("publish", 2) in text(world.get("gwen", "document"))
    worlds.publish(world.version, world.people["gwen"])
    published = text(world.get("olu", "document"))
    assert reverse("public:document", args=["westmere", "yearly-report/2025-26"]) in published
    worlds.correct(world.version, world.people["gwen"])
    assert "Version 2 is public, and stays so until this version is published." in text(world.get("gwen", "document"))


def test_the_record_page_of_a_withdrawn_document_says_so(world: World) -> None:
    services.withdraw(version=world.version, reason="Begun by mistake.", by=world.people["gwen"])
    page = text(world.get("gwen", "document"))
    assert "Version 1 was withdrawn by Gwen: Begun by mistake." in page
    assert world.get("gwen", "section", "impact").status_code == 200
    assert world.get("gwen", "preview").status_code == 200


def test_the_record_page_asks_as_often_for_fifty_sections_as_for_fifteen(world: World) -> None:
    client, address = world.client("gwen"), world.at("document")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    Section.objects.bulk_create(
        Section(version=world.version, key=f"more-{n}", title=f"More {n}", position=1000 + n, body="Text.")
        for n in range(50)
    )
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few) <= 39


def test_a_version_shows_its_status_fingerprint_and_signatures(world: World) -> None:
    version = world.send()
    world.sign("amina")
    page = text(world.get("olu", "version", 1))
    assert "With the lead safeguarding partners for signature. Not yet published." in page
    assert (version.sha256 or "")[:4] in page
    assert "Amina" in page and "Not signed." in page
    assert "Your turn" not in page
    assert "Go on to sign for Westmere Police" in text(world.get("ben", "version", 1))


def test_who_was_given_the_document_by_name_reads_it_and_nothing_else(world: World) -> None:
    share = {
        "user": world.people["eve"],
        "content_object": world.document,
        "reason": "Advice",
        "shared_by": world.people["gwen"],
    }
    read = Permission.objects.get(content_type__app_label="documents", codename="view_document")
    DocumentShare.objects.create(permission=read, expires_at=clock.now() + timedelta(days=7), **share)
    assert "Yearly report 2025-26" in text(world.client("eve").get(reverse("documents:documents", args=["westmere"])))
    assert world.get("eve", "document").status_code == 200
    assert world.get("eve", "send").status_code == 403
    assert world.post("eve", "section", "impact", data={"body": "Mine.", "seen_revision": 0}).status_code == 403


def test_a_published_report_is_not_called_overdue_while_it_waits_for_the_post(world: World) -> None:
    duties.open_duties(today=clock.today())
    assert "in 16 days" in text(world.get("gwen", "document"))
    world.published()
    assert "open until it has also been submitted" in text(world.get("gwen", "document"))


def test_a_returned_version_shows_why_and_by_whom(world: World) -> None:
    version = world.send()
    services.return_for_changes(version=version, seat=world.seats["police"], reason="Too long.", by=world.people["ben"])
    page = text(world.get("gwen", "version", 1))
    assert "Ben returned it on 14 September 2026: Too long." in page


def test_comparing_shows_the_words_that_differ(world: World) -> None:
    version = world.send()
    services.return_for_changes(version=version, seat=world.seats["police"], reason="Wrong.", by=world.people["ben"])
    world.write("impact", "The partners wrote about 12 priorities and impact.")
    page = text(world.get("ben", "compare", 2, 1))
    assert "What changed from version 1 to version 2" in page
    assert "Added: </span>12" in page
    assert world.get("ben", "compare", 2, 7).status_code == 404


def test_the_pdf_comes_with_its_status_in_its_name(world: World) -> None:
    version = world.send()
    assert world.get("olu", "pdf", 1, "proof").status_code == 404
    jobs.render(version, RenditionKind.PROOF)
    response = world.get("olu", "pdf", 1, "proof")
    assert response.content.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert (
        response["Content-Disposition"]
        == 'inline; filename="westmere-yearly-report-2025-26-version-1-proof-not-signed.pdf"'
    )
    assert world.get("eve", "pdf", 1, "proof").status_code == 404
    assert world.get("olu", "pdf", 1, "other").status_code == 404


def test_what_was_shared_with_somebody_whose_account_is_closed_is_shared_no_longer(world: World) -> None:
    guest = User.objects.create_user("guest@people.example", None, name="Guest")
    read = Permission.objects.get(codename="view_document", content_type__app_label="documents")
    DocumentShare.objects.create(
        user=guest,
        content_object=world.document,
        permission=read,
        reason="To read along.",
        shared_by=world.people["gwen"],
        expires_at=clock.now() + timedelta(days=7),
    )
    assert selectors.documents_visible_to(guest).count() == 1

    guest.is_active = False

    assert selectors.documents_visible_to(guest).count() == 0


def test_the_business_manager_is_told_that_it_is_their_turn_and_others_whose_it_is(world: World) -> None:
    assert "It is your turn, to have it written and to send it" in world.get("gwen", "document").content.decode()
    for name in ("femi", "amina"):
        assert "It is the business manager&#x27;s turn, to have" in world.get(name, "document").content.decode()
