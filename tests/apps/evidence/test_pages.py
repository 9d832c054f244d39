"""The page about the evidence of a publication, the file it gives, and the links that lead to it."""

import hashlib

import pytest
from django.urls import reverse

from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import services
from partnership.documents.models import Ground
from tests import worlds
from tests.apps.evidence import made

pytestmark = pytest.mark.django_db
ADDRESS = "yearly-report/2025-26"


@pytest.fixture
def version(world):
    return worlds.published(world)


def where(world, number=1):
    return reverse("evidence:bundle", args=[world.area.slug, ADDRESS, number])


def body(answer):
    return answer.content.decode()


def test_the_page_says_what_the_file_holds_and_a_post_gives_it(gwen, world, version, monkeypatch):
    made.fetched(monkeypatch)
    page = body(gwen.get(where(world)))
    assert "how to check it all by hand" in page and "Nobody has taken it yet." in page
    assert hashlib.sha256(made.PAGE).hexdigest() in page
    assert not AuditEntry.objects.filter(event=Event.BUNDLE_TAKEN).exists()

    answer = gwen.post(where(world))

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    name = f"{world.area.slug}-yearly-report-2025-26-version-1-evidence.zip"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in answer["Cache-Control"]
    assert hashlib.sha256(answer.content).hexdigest() in body(gwen.get(where(world)))


def test_nobody_outside_and_no_guest_sees_it(client, world, version):
    guest = worlds.person("Jo")
    services.share_document(
        document=version.document, email=guest.email, name="Jo", reason="To read along.", by=world.gwen,
        until=worlds.clock.today(),
    )  # fmt: skip
    assert client.get(where(world)).status_code == 302
    for who in (world.harry, world.ines, guest):
        client.force_login(who)
        assert client.get(where(world)).status_code == 404
        assert client.post(where(world)).status_code == 404


def test_an_office_that_does_not_see_the_area_is_told_so(client, world, version):
    writer = worlds.person("Rae")
    worlds.hold(writer, Office.CONTRIBUTOR, world.area)
    client.force_login(writer)
    assert client.get(where(world)).status_code == 403
    assert client.post(where(world)).status_code == 403


def test_there_is_no_page_for_what_was_not_published(gwen, world, version):
    worlds.correct(version, world.gwen)

    assert gwen.get(where(world, 2)).status_code == 404
    assert gwen.get(where(world, 9)).status_code == 404


def test_a_sealed_text_asks_for_a_reason_and_keeps_what_was_typed(client, world, version):
    services.take_down(version=version, ground=Ground.REDACTION, note="It said too much.", by=world.eve)
    client.force_login(world.dev)
    refused = client.get(where(world))
    assert refused.status_code == 403 and "sealed" in body(refused)
    client.force_login(world.gwen)
    page = client.get(where(world))
    assert "Why do you take it?" in body(page)
    assert not AuditEntry.objects.filter(event=Event.SEALED_READ).exists()  # nothing of the text was shown

    missing = client.post(where(world), {"reason": " "})
    assert missing.status_code == 200 and "Enter why you take the evidence of a sealed text" in body(missing)
    long = client.post(where(world), {"reason": "x" * 301})
    assert "must be 300 characters or fewer" in body(long) and "x" * 301 in body(long)
    assert not AuditEntry.objects.filter(event=Event.BUNDLE_TAKEN).exists()

    assert client.post(where(world), {"reason": "The inspector asked."})["Content-Type"] == "application/zip"
    assert AuditEntry.objects.filter(event=Event.SEALED_READ).count() == 1


def test_it_is_offered_from_the_document_the_version_and_each_submission(client, world, version):
    client.force_login(world.amina)
    pages = [
        reverse("documents:document", args=[world.area.slug, ADDRESS]),
        reverse("documents:version", args=[world.area.slug, ADDRESS, 1]),
        *(reverse("submissions:submission", args=[world.area.slug, row.pk]) for row in version.submissions.all()),
    ]
    assert len(pages) == 4
    for page in pages:
        assert f'href="{where(world)}"' in body(client.get(page)), page


def test_it_is_not_offered_for_a_draft_or_to_a_guest(client, world):
    draft = worlds.written(world)
    client.force_login(world.gwen)
    page = reverse("documents:document", args=[world.area.slug, ADDRESS])
    assert "/evidence/" not in body(client.get(page))
    guest = worlds.person("Jo")
    services.share_document(
        document=draft.document, email=guest.email, name="Jo", reason="To read along.", by=world.gwen,
        until=worlds.clock.today(),
    )  # fmt: skip
    sent = services.send_for_sign_off(version=draft, by=world.gwen)
    worlds.publish(worlds.signed_by_all(world, sent), world.gwen)
    client.force_login(guest)
    for name, more in (("document", ()), ("version", (1,))):
        answer = client.get(reverse(f"documents:{name}", args=[world.area.slug, ADDRESS, *more]))
        assert answer.status_code == 200 and "/evidence/" not in body(answer)


def test_the_page_asks_the_database_no_more_for_ten_fetches_than_for_one(
    gwen, world, version, monkeypatch, django_assert_max_num_queries
):
    made.fetched(monkeypatch)
    gwen.get(where(world))
    with django_assert_max_num_queries(40) as few:
        gwen.get(where(world))
    count = len(few)
    for number in range(2, 12):
        version.public_fetches.create(
            number=number, address="http://here", ok=False, failure="It could not be reached."
        )
    gwen.post(where(world))
    with django_assert_max_num_queries(count):
        gwen.get(where(world))
