"""A signature on paper: recorded by one person with the scan, taken as given by a second one, and shown as such."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.documents import certificate, jobs, selectors, services
from partnership.documents.kinds import address_of
from partnership.documents.models import Act, PaperSignature, Proposal, SignOff, Version
from partnership.documents.workflow import Status
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.files import services as files
from partnership.mail.models import OutgoingMail
from tests import told as telling
from tests import worlds
from tests.apps.documents import not_signing

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.7 a signed letter"


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


@pytest.fixture
def version(world):
    return worlds.in_sign_off(world)


def record(world, version, by=None, **more):
    said = {
        "seat": world.police, "signed_on": clock.today(), "fingerprint": (version.sha256 or "")[:16],
        "scan": files.put(SCAN, "application/pdf"), "scan_name": "letter.pdf", "by": by or world.gwen,
    }  # fmt: skip
    return services.record_on_paper(version=version, **{**said, **more})


def test_it_counts_once_a_second_person_agreed_and_says_who_recorded_it(world, version):
    worlds.sign(version, world.council, world.amina)
    worlds.sign(version, world.health, world.ben)
    proposal = record(world, version, reservation="Not the budget.")
    assert record(world, version) == proposal  # a second click
    assert not SignOff.objects.filter(seat=world.police).exists()
    services.agree(proposal=proposal, by=world.eve)
    services.agree(proposal=proposal, by=world.eve)  # a second click
    version.refresh_from_db()
    row = next(row for row in certificate.signatures(version) if row["paper"])
    assert version.status == Status.SIGNED
    assert (row["name"], row["reservation"]) == ("Cerys", "Not the budget.")
    assert "recorded by Gwen, Business manager" in row["paper"] and "as given by Eve, Partnership chair" in row["paper"]
    evidence = certificate.evidence(version)["signatures"][1]
    assert evidence["on_paper"]["scan_sha256"] == files.put(SCAN, "application/pdf").sha256
    assert (evidence["proved_by"], evidence["proved_at"]) == ("", None)


def test_who_may_record_and_who_may_agree(world, version):
    for person in (world.amina, world.cerys, world.dev):
        with pytest.raises(NotAllowed):
            record(world, version, by=person)
    proposal = record(world, version)
    record(world, version)  # a second click
    asked = OutgoingMail.objects.filter(purpose="proposed").values_list("to", flat=True)
    assert list(asked) == [world.eve.email]
    others = telling.whom("proposed_for_information")
    assert {world.gwen.email, world.cerys.email, world.femi.email} <= set(others) and world.eve.email not in others
    for person in (world.gwen, world.amina, world.cerys, world.femi):
        with pytest.raises(NotAllowed):
            services.agree(proposal=proposal, by=person)
    assert not SignOff.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"fingerprint": "0" * 16}, "not the fingerprint of this text"),
        ({"fingerprint": "ab"}, "not the fingerprint of this text"),
        ({"days": 1}, "Enter a day from"),
        ({"days": -30}, "Enter a day from"),
    ],
)
def test_a_paper_of_another_text_or_another_day_is_not_recorded(world, version, wrong, sentence):
    if "days" in wrong:
        wrong = {"signed_on": clock.today() + timedelta(**wrong)}
    with pytest.raises(WrongState, match=sentence):
        record(world, version, **wrong)
    assert not Proposal.objects.exists()


def test_the_signer_held_the_seat_on_the_day_of_the_paper_and_may_have_left_since(world):
    with clock.frozen(clock.now() - timedelta(days=9)):
        version = worlds.in_sign_off(world)
    signed_on = clock.today() - timedelta(days=8)
    held = Appointment.objects.get(person=world.cerys, office=Office.LSP)
    areas.end_appointment(appointment=held, until=clock.today() - timedelta(days=5), because="Gone.", by=world.gwen)
    with pytest.raises(WrongState, match="Nobody who may sign held the seat"):
        record(world, version, signed_on=clock.today() - timedelta(days=4))
    services.agree(proposal=record(world, version, signed_on=signed_on), by=world.eve)
    assert SignOff.objects.get(seat=world.police).person_name == "Cerys"


def test_a_signature_given_here_meanwhile_stands_and_the_paper_does_not_count(world, version):
    proposal = record(world, version)
    worlds.sign(version, world.police, world.cerys)
    with pytest.raises(Conflict, match="has already signed"):
        services.agree(proposal=proposal, by=world.eve)
    with pytest.raises(Conflict, match="has already signed"):
        record(world, version)


def test_a_paper_takes_the_place_of_a_silence(world, version):
    not_signing.not_given(version, world.police, world.eve)
    services.agree(proposal=record(world, version), by=world.eve)
    assert not selectors.standing_unsigned(version).exists()


def refused_by_the_database(what, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        what()


def test_the_database_refuses_a_paper_that_nobody_else_agreed_to(world, version):
    proposal = record(world, version)
    paper = PaperSignature.objects.get()
    held = Appointment.objects.get(person=world.cerys, office=Office.LSP)
    forged = {
        "version": version, "seat": world.police, "sha256": version.sha256, "appointment": held, "agency_name": "a",
        "office_name": "o", "person_name": "p", "capacity": "substantive", "statement": "s", "wording": "w",
        "signed_by": world.cerys, "paper": paper,
    }  # fmt: skip
    refused_by_the_database(lambda: SignOff.objects.create(**forged), "documents_paper_was_agreed_to")
    refused_by_the_database(lambda: PaperSignature.objects.update(scan_name="x"), "documents_evidence_is_kept")
    refused_by_the_database(paper.delete, "documents_evidence_is_kept")
    services.agree(proposal=proposal, by=world.eve)
    void = services.propose(version=version, act=Act.VOID, reason="x", by=world.amina)
    refused_by_the_database(
        lambda: PaperSignature.objects.create(
            proposal=void, appointment=held, signed_on=clock.today(), scan=paper.scan, scan_name="x"
        ),
        "documents_paper_of_the_seat",
    )


def at(version, name, *more):
    document = version.document
    return reverse(f"documents:{name}", args=[document.area.slug, address_of(document), version.number, *more])


def test_the_pages_take_the_scan_keep_it_while_another_field_is_wrong_and_show_it_to_the_second_person(world, version):
    client = Client()
    client.force_login(world.gwen)
    where = at(version, "on_paper", world.police.pk)
    assert where in client.get(at(version, "version")).content.decode()
    today = clock.today()
    sent = {
        "instrument": SimpleUploadedFile("letter.pdf", SCAN), "fingerprint": "1234 5678 9abc def0", "reservation": "",
        "signed_on_day": today.day, "signed_on_month": today.month, "signed_on_year": today.year,
    }  # fmt: skip
    answer = client.post(where, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "That is not the fingerprint of this text." in page and "Kept: letter.pdf" in page
    kept = answer.context["form"]["kept"].value()
    typed = " ".join((version.sha256 or "")[at : at + 4] for at in (0, 4, 8, 12)).upper()
    sent |= {"kept": kept, "fingerprint": typed}
    del sent["instrument"]
    shown = client.post(where, sent, follow=True).content.decode()
    assert "It counts once a second person has looked at the scan" in shown
    proposal = Proposal.objects.get()
    assert client.get(where)["Location"] == at(version, "proposal", proposal.pk)
    client.force_login(world.eve)
    page = client.get(at(version, "proposal", proposal.pk)).content.decode()
    scan = at(version, "scan", proposal.pk)
    assert "Agree to take a signature on paper as given" in page and scan in page
    answer = client.get(scan)
    assert answer.content == SCAN and answer["Content-Disposition"].startswith("attachment")
    client.force_login(world.harry)
    assert client.get(scan).status_code == 404


def test_what_was_signed_on_paper_is_published_as_such(world, version):
    worlds.sign(version, world.council, world.amina)
    worlds.sign(version, world.health, world.ben)
    services.agree(proposal=record(world, version), by=world.eve)
    jobs.render_missing()
    worlds.publish(Version.objects.get(pk=version.pk), world.gwen)
    where = [world.area.slug, address_of(version.document)]
    page = Client().get(reverse("public:document", args=where)).content.decode()
    assert "Signed on paper on" in page and "taken as given by Eve, Partnership chair." in page
