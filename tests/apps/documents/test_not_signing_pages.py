"""The pages on which a partner does not sign, and on which two persons decide."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from partnership.accounts import confirming
from partnership.documents import jobs, services
from partnership.documents.kinds import address_of
from partnership.documents.models import Act, Proposal, Unsigned, Version
from partnership.documents.workflow import Status
from tests import worlds
from tests.apps.documents.not_signing import all_but_the_police, refuse

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


@pytest.fixture
def version(world):
    return worlds.in_sign_off(world)


def confirmed(client, who):
    """Signed in, and with the second factor used just now."""
    client.force_login(who)
    session = client.session
    confirming.note(session, who)
    session.save()


def at(version, name, *more):
    document = version.document
    return reverse(f"documents:{name}", args=[document.area.slug, address_of(document), version.number, *more])


def get(client, who, version, name, *more):
    confirmed(client, who)
    return client.get(at(version, name, *more)).content.decode()


def test_the_pages_of_a_refusal_lead_from_the_text_to_what_is_published(world, version, client):
    assert at(version, "refuse", world.police.pk) in get(client, world.cerys, version, "sign", world.police.pk)
    page = get(client, world.cerys, version, "refuse", world.police.pk)
    assert "The others may decide to publish without your signature." in page
    where = at(version, "refuse", world.police.pk)
    assert "Say why." in client.post(where, {"reason": " ", "seen_sha256": version.sha256}).content.decode()
    sent = {"reason": "It is not true.", "seen_sha256": version.sha256}
    shown = client.post(where, sent, follow=True).content.decode()
    assert "It is on record that Ashdown Police does not sign." in shown and "Refused to sign: It is not true." in shown
    refusal = Unsigned.objects.get()
    back = at(version, "take_back_unsigned", refusal.pk)
    assert back in shown
    assert back not in get(client, world.amina, version, "version")
    client.force_login(world.cerys)
    assert "Ashdown Police may sign again." in client.post(back, follow=True).content.decode()


def test_the_chair_records_a_silence_on_a_page(world, version, client):
    where = at(version, "not_signed", world.police.pk)
    assert where not in get(client, world.gwen, version, "version")
    assert where in get(client, world.eve, version, "version")
    shown = client.post(where, {"reason": "Asked three times."}, follow=True).content.decode()
    assert "It is on record that Ashdown Police did not sign." in shown
    assert "Did not sign: Asked three times." in shown
    assert where not in shown


def test_going_on_without_a_signature_takes_two_pages_and_two_persons(world, version, client):
    record = reverse("documents:document", args=[world.area.slug, address_of(version.document)])
    propose = at(version, "propose", "settle-in-part")
    client.force_login(world.gwen)
    assert propose not in client.get(record).content.decode()
    all_but_the_police(world, version)
    assert propose in client.get(record).content.decode()
    assert "Refused to sign" in client.get(propose).content.decode()
    shown = client.post(propose, {"reason": "The date is near."}, follow=True).content.decode()
    proposal = Proposal.objects.get()
    where = at(version, "proposal", proposal.pk)
    assert "Take my proposal back" in shown and "Agree to" not in shown
    assert client.get(propose)["Location"] == where
    assert "Agree to" not in get(client, world.cerys, version, "proposal", proposal.pk)
    assert "Agree to let it go out without every signature" in get(
        client, world.amina, version, "proposal", proposal.pk
    )
    assert where in client.get(record).content.decode()
    assert client.post(where, {"outcome": "perhaps"}).status_code == 404
    confirmed(client, world.amina)
    assert "You agreed. It is done" in client.post(where, {"outcome": "agreed"}, follow=True).content.decode()
    jobs.render_missing()
    client.force_login(world.gwen)
    shown = client.get(record).content.decode()
    assert "It will say who has not signed, and why." in shown


def test_agreeing_asks_for_the_second_factor(world, version, client, monkeypatch):
    monkeypatch.setattr(confirming, "LATELY", timedelta(0))
    row = services.propose(version=version, act=Act.VOID, reason="A wrong appointment.", by=world.gwen)
    client.force_login(world.amina)
    answer = client.post(at(version, "proposal", row.pk), {"outcome": "agreed"})
    assert answer["Location"].startswith("/account/2fa/reauthenticate/")
    version.refresh_from_db()
    assert version.status == Status.IN_SIGN_OFF


@pytest.mark.real_pdf
def test_who_reads_the_public_page_sees_a_reservation_and_who_did_not_sign_and_why(world, version, client):
    services.sign(
        version=version, seat=world.council, seen_sha256=version.sha256, by=world.amina, proof=worlds.proof(),
        reservation="We pay less than it says.",
    )  # fmt: skip
    worlds.sign(version, world.health, world.ben)
    refuse(version, world.police, world.cerys)
    row = services.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date.", by=world.gwen)
    services.agree(proposal=row, by=world.amina)
    jobs.render_missing()
    published = worlds.publish(Version.objects.get(pk=version.pk), world.gwen)
    where = [world.area.slug, address_of(published.document)]
    page = Client().get(reverse("public:document", args=where)).content.decode()
    pdf = b"".join(Client().get(reverse("public:pdf", args=where)))
    printed = " ".join("".join(sheet.extract_text() for sheet in PdfReader(BytesIO(pdf)).pages).split())
    for text in (page, printed):
        assert "We pay less than it says." in text
        assert "The chapter on police powers is not true." in text
        assert "Ashdown Police" in text
    assert "Ashdown Police: refused to sign" in page and "Refused to sign." in printed
    told = Client().get(reverse("api-document", args=where)).json()
    assert told["signatures"][0]["reservation"] == "We pay less than it says."


def needs_of(client, who):
    confirmed(client, who)
    return [item["row"].act for item in client.get(reverse("home")).context["needs"]]


def test_home_asks_who_may_act_while_not_everybody_signs(world, version, client):
    go_on = "Decide how Yearly report 2025-26 goes on without every signature"
    decide = "Agree or decline to let it go out without every signature: Yearly report 2025-26, version 1"
    worlds.sign(version, world.council, world.amina)
    refuse(version, world.police, world.cerys)
    assert go_on not in needs_of(client, world.gwen)
    worlds.sign(version, world.health, world.ben)
    assert go_on in needs_of(client, world.gwen) and go_on not in needs_of(client, world.amina)
    row = services.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date.", by=world.gwen)
    assert go_on not in needs_of(client, world.gwen) and decide not in needs_of(client, world.gwen)
    assert decide in needs_of(client, world.amina) and decide not in needs_of(client, world.cerys)
    services.agree(proposal=row, by=world.ben)
    assert decide not in needs_of(client, world.amina)
    assert "Propose to publish Yearly report 2025-26" in needs_of(client, world.gwen)


def test_home_asks_a_second_person_whether_a_version_is_void(world, version, client):
    act = "Agree or decline to declare it void: Yearly report 2025-26, version 1"
    row = services.propose(version=version, act=Act.VOID, reason="A wrong appointment.", by=world.amina)
    assert act in needs_of(client, world.gwen) and act in needs_of(client, world.ben)
    assert act not in needs_of(client, world.amina) and act not in needs_of(client, world.dev)
    services.decline(proposal=row, by=world.gwen)
    assert act not in needs_of(client, world.ben)


def test_a_stale_page_keeps_the_words_and_a_proposal_that_came_to_nothing_says_so(world, version, client):
    all_but_the_police(world, version)
    confirmed(client, world.cerys)
    sent = {"reason": "Other words than before.", "seen_sha256": version.sha256}
    answer = client.post(at(version, "refuse", world.police.pk), sent)
    assert answer.status_code == 409
    assert "in other words. Take that back first." in answer.content.decode()
    assert "Other words than before.</textarea>" in answer.content.decode()
    row = services.propose(version=version, act=Act.SETTLE_IN_PART, reason="The date.", by=world.gwen)
    worlds.sign(version, world.police, world.cerys)
    assert client.get(at(version, "refuse", world.police.pk)).status_code == 409
    page = get(client, world.amina, version, "proposal", row.pk)
    assert "It came to nothing." in page and "Agree to" not in page
    record = reverse("documents:document", args=[world.area.slug, address_of(version.document)])
    assert "Proposed:" not in client.get(record).content.decode()


def test_a_draft_that_goes_on_from_a_void_version_says_why(world, version, client):
    row = services.propose(version=version, act=Act.VOID, reason="A wrong appointment.", by=world.amina)
    services.agree(proposal=row, by=world.gwen)
    assert "Mend Yearly report 2025-26" in needs_of(client, world.gwen)
    record = reverse("documents:document", args=[world.area.slug, address_of(version.document)])
    page = client.get(record).content.decode()
    assert "Two persons declared version 1 void, because:" in page and "A wrong appointment." in page
