"""Withdrawing what is public: a tombstone at each address, the original sealed, whoever was sent it told."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership import clock
from partnership.areas import services as areas
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import content, release_jobs, selectors, services
from partnership.documents.kinds import address_of
from partnership.documents.models import Ground, Nature, Version
from partnership.documents.workflow import Status
from partnership.errors import NotAllowed, WrongState
from partnership.mail import jobs as mail
from partnership.mail.models import OutgoingMail
from partnership.public import copies
from tests import answered, worlds
from tests.apps.mail.conftest import relay  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db


def at(world, version, name, **more):
    return reverse(name, kwargs={"area": world.area.slug, "document": address_of(version.document), **more})


NOTE = "A passage could be read as being about one family."


@pytest.fixture
def world():
    return worlds.area_with_its_cast()


@pytest.fixture
def version(world):
    return worlds.published(world)


def down(world, version, ground=Ground.REDACTION, by="gwen"):
    services.take_down(version=version, ground=ground, note=NOTE, by=getattr(world, by))
    return Version.objects.get(pk=version.pk)


def publish_again(world, version):
    worlds.correct(version, world.gwen)
    return written_again(world, version)


def written_again(world, version):
    """The draft that corrects it, written on, signed and published."""
    draft = version.document.versions.get(status=Status.DRAFT)
    worlds.write(draft.sections.get(key="voice"), "What must not be read is gone.", world.gwen)
    answered.answer_musts(draft, world.gwen, world.dev)
    sent = services.send_for_sign_off(version=draft, by=world.gwen)
    return worlds.publish(worlds.signed_by_all(world, sent), world.gwen)


def test_only_the_chair_and_the_business_manager_withdraw_and_only_what_is_public(world, version):
    for who in ("amina", "dev", "femi", "harry", "ines"):
        with pytest.raises(NotAllowed):
            down(world, version, by=who)
    with pytest.raises(WrongState, match="words that the public can read"):
        services.take_down(version=version, ground=Ground.ERROR, note="  ", by=world.gwen)
    gone = down(world, version, by="eve")
    assert (gone.status, gone.withdrawn_by, gone.reason) == (Status.TAKEN_DOWN, world.eve, NOTE)
    down(world, version)  # a second click
    assert AuditEntry.objects.filter(event=Event.VERSION_TAKEN_DOWN).count() == 1


ADDRESSES = ("", "document.pdf", "document.docx", "document.html", "changes/", "editions/1/")
DATA = ("content.json", "evidence.json", "editions/1/content.json", "editions/1/evidence.json")


@pytest.mark.parametrize("path", ADDRESSES)
def test_each_address_says_that_it_was_withdrawn_when_and_why_and_nothing_else(world, version, client, path):
    where = f"/published/{world.area.slug}/yearly-report/2025-26/{path}"
    words = selectors.newest(version.document).sections.get(key="voice").body
    assert words
    down(world, version)
    answer = client.get(where)
    page = answer.content.decode()
    assert answer.status_code == 410 and NOTE in page and "withdrawn on" in page
    assert words not in page and "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", DATA)
def test_the_addresses_of_data_say_so_as_data(world, version, client, path):
    down(world, version)
    answer = client.get(f"/published/{world.area.slug}/yearly-report/2025-26/{path}")
    assert answer.status_code == 410 and answer["Content-Type"] == "application/json"
    assert "no-store" in answer["Cache-Control"]
    assert answer.json() == {
        "withdrawn_on": "2026-09-14",
        "ground": Ground.REDACTION.label,
        "page": f"http://testserver/published/{world.area.slug}/yearly-report/2025-26/",
    }


def test_the_list_of_the_area_the_interface_and_the_check_say_so_too(world, version, client):
    fingerprint, pdf = version.sha256, version.renditions.get(kind="final").file_id
    down(world, version)
    assert "withdrawn" in client.get(f"/published/{world.area.slug}/").content.decode()
    assert client.get(f"/api/v1/documents/{world.area.slug}/yearly-report/2025-26/").status_code == 410
    assert not client.get("/api/v1/documents/").json()["results"]
    for known in (fingerprint, pdf):
        copy = copies.find(known)
        assert copy.is_withdrawn and copy.newer is None and not copy.is_current
        page = client.get(reverse("public:checked", args=[known])).content.decode()
        assert "This copy was withdrawn" in page and NOTE in page


def test_everybody_concerned_and_everybody_to_whom_it_was_sent_is_told(world, version, relay):
    relay.rcpt = {"foundations@practice.example": "550 5.1.1 No such mailbox"}
    mail.deliver_due()
    down(world, version)
    told = OutgoingMail.objects.filter(purpose="submission_withdrawn")
    assert [row.to for row in told] == ["national-panel@practice.example"]  # the other was never sent it
    concerned = OutgoingMail.objects.filter(purpose="taken_down").values_list("to", flat=True)
    assert {world.amina.email, world.dev.email, world.femi.email, world.gwen.email} <= set(concerned)
    assert not any(NOTE in row.text for row in OutgoingMail.objects.filter(purpose="taken_down"))


def test_what_has_not_left_yet_stays_here(world, version):
    down(world, version)
    assert {row.mail.status for row in version.submissions.select_related("mail")} == {"cancelled"}
    assert not OutgoingMail.objects.filter(purpose="submission_withdrawn").exists()


def test_agencies_that_were_told_of_arrangements_are_told_that_they_are_withdrawn(world, relay):
    areas.name_by_name(
        area=world.area, name="Ashdown School", category="voluntary", reason="It works with families.",
        since=clock.today(), contact_name="The head", contact_email="head@practice.example", by=world.gwen,
    )  # fmt: skip
    version = worlds.published(world, "arrangements", "2026")
    mail.deliver_due()
    down(world, version, Ground.ERROR)
    assert "withdrawn" in OutgoingMail.objects.filter(to="head@practice.example").latest("pk").subject


def correction_in_the_making(world, version, nature=Nature.MATERIAL):
    draft = worlds.correct(version, world.gwen, nature)
    worlds.write(draft.sections.get(key="voice"), "One word was wrong.", world.gwen)
    answered.answer_musts(draft, world.gwen, world.dev)
    return worlds.signed_by_all(world, services.send_for_sign_off(version=draft, by=world.gwen))


def test_a_withdrawal_stops_what_is_planned_for_the_same_document(world, version):
    second = correction_in_the_making(world, version)
    later = clock.now() + timedelta(hours=1)
    row = services.propose_publication(version=second, by=world.gwen, release_at=later)
    services.agree(proposal=row, by=world.eve)
    down(world, version)
    with clock.frozen(later):
        assert release_jobs.release_due() == 0
    row.release.refresh_from_db()
    assert "was withdrawn" in row.release.stopped_because
    assert selectors.published(world.area, "yearly_report", "2025-26") is None
    assert OutgoingMail.objects.filter(purpose="not_released", to=world.amina.email).exists()


def test_what_was_proposed_before_a_withdrawal_is_proposed_anew(world, version):
    second = correction_in_the_making(world, version)
    row = services.propose_publication(version=second, by=world.gwen)
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        down(world, version)
        with pytest.raises(WrongState, match="after this was proposed"):
            services.agree(proposal=row, by=world.eve)
        services.take_back_proposal(proposal=row, by=world.gwen)
    with clock.frozen(clock.now() + timedelta(minutes=2)):
        worlds.publish(second, world.gwen)
    assert selectors.published(world.area, "yearly_report", "2025-26") == second


def test_what_can_no_longer_be_agreed_to_is_declined_by_another_when_who_proposed_it_is_gone(world, version, client):
    second = correction_in_the_making(world, version)
    row = services.propose_publication(version=second, by=world.gwen)
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        down(world, version)
        client.force_login(world.eve)
        page = client.get(at(world, version, "documents:proposal", number=2, proposal=row.pk)).content.decode()
        assert "It came to nothing." in page and 'value="declined"' in page and 'value="agreed"' not in page
        services.decline(proposal=row, by=world.eve)
        services.propose_publication(version=second, by=world.eve)


def test_a_clerical_correction_of_what_was_withdrawn_does_not_go_out(world, version):
    second = correction_in_the_making(world, version, Nature.CLERICAL)
    down(world, version)
    second = Version.objects.get(pk=second.pk)
    with pytest.raises(WrongState, match="a clerical correction cannot take its place"):
        services.propose_publication(version=second, by=world.gwen)
    again = services.return_for_changes(version=second, seat=world.health, reason="Withdrawn.", by=world.ben)
    again = Version.objects.get(pk=again.pk)
    assert "Declare the correction material." in " ".join(row.sentence for row in content.problems(again))
    services.declare_correction(version=again, nature=Nature.MATERIAL, reason="Redacted.", by=world.gwen)
    assert content.problems(Version.objects.get(pk=again.pk)) == []


def test_whoever_withdraws_is_told_of_what_is_on_its_way(world, version, client):
    correction_in_the_making(world, version)
    client.force_login(world.gwen)
    page = client.get(at(world, version, "documents:take_down", number=1)).content.decode()
    assert "Version 2 is signed and may say the same." in page


def test_what_was_withdrawn_by_mistake_is_not_sealed(world, version, client):
    down(world, version, Ground.ERROR)
    client.force_login(world.dev)
    assert (
        client.get(reverse("documents:version", args=[world.area.slug, address_of(version.document), 1])).status_code
        == 200
    )
    assert not AuditEntry.objects.filter(event=Event.SEALED_READ).exists()


def test_a_redacted_version_takes_its_place_and_tells_of_the_withdrawal(world, version, client):
    gone = down(world, version)
    with pytest.raises(WrongState, match="not mended by a clerical correction"):
        services.begin_correction(version=gone, nature=Nature.CLERICAL, reason="A slip.", by=world.gwen)
    second = publish_again(world, gone)
    page = client.get(f"/published/{world.area.slug}/yearly-report/2025-26/").content.decode()
    assert "Withdrawn on" in page and NOTE in page and "What must not be read is gone." in page
    assert client.get(f"/published/{world.area.slug}/yearly-report/2025-26/changes/").status_code == 404
    copy = copies.find(gone.sha256)
    assert copy.is_withdrawn and copy.newer == second


def test_a_version_that_was_superseded_goes_without_the_one_in_its_place(world, version, client):
    second = publish_again(world, version)
    changes = f"/published/{world.area.slug}/yearly-report/2025-26/changes/"
    assert client.get(changes).status_code == 200
    down(world, version)
    assert client.get(changes).status_code == 404
    assert selectors.published(world.area, "yearly_report", "2025-26") == second
    assert copies.find(version.sha256).is_withdrawn


def test_earlier_versions_go_with_it(world, version):
    second = publish_again(world, version)
    down(world, second)
    assert set(version.document.versions.values_list("status", flat=True)) == {Status.TAKEN_DOWN}
    assert selectors.published(world.area, "yearly_report", "2025-26") is None


def test_the_page_says_what_is_missing_at_its_field_and_keeps_what_was_typed(world, version, client):
    where = reverse("documents:take_down", args=[world.area.slug, address_of(version.document), 1])
    client.force_login(world.gwen)
    refused = client.post(where, {"note": NOTE}).content.decode()
    assert "Select the ground on which it is withdrawn." in refused and NOTE in refused
    done = client.post(where, {"ground": "error", "note": NOTE}, follow=True).content.decode()
    assert "It is withdrawn." in done
    again = client.post(where, {"ground": "error", "note": NOTE}, follow=True).content.decode()
    assert "It has been withdrawn already." in again


@pytest.mark.parametrize("change", [{"reason": "Other."}, {"withdrawn_for": "error"}])
def test_why_it_was_withdrawn_stays(world, version, change):
    gone = down(world, version)
    with pytest.raises(IntegrityError, match="withdrawal_stays"), transaction.atomic():
        Version.objects.filter(pk=gone.pk).update(**change)
    with pytest.raises(IntegrityError, match="status_out_of_turn"), transaction.atomic():
        Version.objects.filter(pk=gone.pk).update(status="published", withdrawn_for="")
