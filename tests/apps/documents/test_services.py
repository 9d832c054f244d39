"""What people do with documents: each good act, each refusal, and the record of it."""

import pytest
from django.db import IntegrityError, transaction

from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import canonical, content, selectors, services
from partnership.documents.kinds import kind
from partnership.documents.models import Document, Version
from partnership.documents.workflow import Status
from partnership.errors import Incomplete, NotAllowed, Refused, WrongState
from partnership.mail.models import OutgoingMail
from tests import worlds

pytestmark = pytest.mark.django_db


def happened(event: Event) -> int:
    return AuditEntry.objects.filter(event=event).count()


def test_begin_pins_the_edition_that_applies_to_the_period_and_lays_out_its_sections(world):
    document = worlds.begun(world)

    assert document.edition_key == "wt2023"
    assert selectors.draft(document).sections.filter(key="funding").exists()
    assert document.yearly_report.start_year == 2025
    assert document.duties.get().period_label == "2025-26"
    assert happened(Event.DOCUMENT_BEGUN) == 1


def test_begin_refuses_a_second_document_for_the_same_period(world):
    worlds.begun(world)

    with pytest.raises(WrongState, match="has been begun already"):
        worlds.begun(world)
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("label", "sentence"),
    [("2026-27", "is not over yet"), ("2025-27", "is not one financial year"), ("x", "is not a financial year")],
)
def test_a_yearly_report_is_refused_for_a_year_that_is_none_or_not_over(label, sentence):
    with pytest.raises(Refused, match=sentence):
        kind("yearly_report").parse_period(label, worlds.clock.today())


@pytest.mark.parametrize("name", ["amina", "dev", "eve", "femi", "harry", "ines"])
def test_begin_is_refused_to_everybody_but_the_team(world, name):
    what = kind("yearly_report")

    with pytest.raises(NotAllowed, match="Only a business manager or somebody in business support"):
        services.begin(
            area=world.area,
            kind=what,
            period=what.parse_period("2025-26", worlds.clock.today()),
            by=getattr(world, name),
        )


def test_save_section_keeps_the_text_and_counts_the_revision(world):
    section = selectors.draft(worlds.begun(world)).sections.first()

    saved = worlds.write(section, "Words.", world.gwen)

    assert saved.changed and saved.section.revision == 1
    assert saved.section.texts.get().body == "Words."


def test_saving_the_same_text_twice_writes_nothing(world):
    section = selectors.draft(worlds.begun(world)).sections.first()
    first = worlds.write(section, "Words.", world.gwen)

    again = worlds.write(first.section, "Words.", world.gwen)

    assert not again.changed and again.section.revision == 1
    assert happened(Event.SECTION_SAVED) == 1


def test_the_later_of_two_editors_loses_nothing_and_overwrites_nothing(world):
    section = selectors.draft(worlds.begun(world)).sections.first()
    worlds.write(section, "Gwen's words.", world.gwen)

    late = services.save_section(section=section, body="Dev's words.", explanation="", seen_revision=0, by=world.dev)

    assert late.section.body == "Gwen's words."
    assert late.kept_aside.body == "Dev's words."
    assert happened(Event.SECTION_KEPT_ASIDE) == 1


def test_send_for_sign_off_is_refused_with_every_problem_and_its_place(world):
    version = selectors.draft(worlds.begun(world))

    with pytest.raises(Incomplete) as refusal:
        services.send_for_sign_off(version=version, by=world.gwen)

    assert all(problem.sentence and problem.href for problem in refusal.value.problems)
    version.refresh_from_db()
    assert version.status == Status.DRAFT


def test_send_for_sign_off_freezes_hashes_and_asks_each_lead_partner(world):
    version = worlds.in_sign_off(world)

    assert version.status == Status.IN_SIGN_OFF
    assert version.sha256 == canonical.fingerprint(version.content)
    assert {seat.agency_name for seat in version.required_seats.all()} == {
        "Ashdown Council",
        "Ashdown Police",
        "NHS Ashdown Integrated Care Board",
    }
    asked = OutgoingMail.objects.filter(purpose="please_sign").values_list("to", flat=True)
    assert set(asked) == {world.amina.email, world.ben.email, world.cerys.email}


def test_what_was_written_after_freezing_is_refused_by_service_and_database(world):
    version = worlds.in_sign_off(world)
    section = version.sections.first()

    with pytest.raises(WrongState, match="frozen"):
        worlds.write(section, "Later words.", world.gwen)
    with pytest.raises(IntegrityError, match="documents_frozen_text_stays"), transaction.atomic():
        type(section).objects.filter(pk=section.pk).update(body="Later words.")
    with pytest.raises(IntegrityError, match="documents_frozen_text_stays"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(content="{}")


def test_return_keeps_the_signatures_with_the_old_text_and_a_new_draft_continues(world):
    version = worlds.in_sign_off(world)
    worlds.sign(version, world.council, world.amina)

    draft = services.return_for_changes(version=version, seat=world.health, reason="The figures are old.", by=world.ben)

    version.refresh_from_db()
    assert (version.status, version.reason) == (Status.RETURNED, "The figures are old.")
    assert version.sign_offs.count() == 1
    assert (draft.number, draft.base_id, draft.status) == (2, version.pk, Status.DRAFT)
    assert [row.body for row in draft.sections.all()] == [row.body for row in version.sections.all()]
    told = set(OutgoingMail.objects.filter(purpose="returned").values_list("to", flat=True))
    assert told == {getattr(world, name).email for name in ("amina", "ben", "cerys", "dev", "eve", "femi", "gwen")}


def test_return_demands_a_reason_and_the_right_seat(world):
    version = worlds.in_sign_off(world)

    with pytest.raises(WrongState, match="Say what has to change"):
        services.return_for_changes(version=version, seat=world.health, reason="  ", by=world.ben)
    with pytest.raises(NotAllowed):
        services.return_for_changes(version=version, seat=world.health, reason="No.", by=world.gwen)


def test_publish_refuses_before_every_signature_and_before_the_final_pdf(world):
    version = worlds.in_sign_off(world)

    with pytest.raises(WrongState):
        worlds.publish(version, world.gwen)
    for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        worlds.sign(version, place, who)
    with pytest.raises(WrongState, match="final PDF is still being made"):
        worlds.publish(version, world.gwen)


def test_publish_makes_it_public_and_queues_one_mail_for_each_national_body(world):
    version = worlds.published(world)

    assert version.status == Status.PUBLISHED
    assert selectors.published(world.area, "yearly_report", "2025-26") == version
    sent = OutgoingMail.objects.filter(purpose="submission")
    assert sorted(sent.values_list("to", flat=True)) == [
        "foundations@practice.example",
        "national-panel@practice.example",
    ]
    assert [fact.key for fact in version.document.duties.get().facts.all()] == ["published"]


def test_publishing_twice_publishes_once(world):
    version = worlds.published(world)

    proposal = version.proposals.get()
    services.agree(proposal=proposal, by=proposal.decided_by)  # a second click
    with pytest.raises(WrongState):
        worlds.publish(version, world.gwen)

    assert happened(Event.VERSION_PUBLISHED) == 1
    assert OutgoingMail.objects.filter(purpose="submission").count() == 2


def test_a_correction_supersedes_what_it_corrects(world):
    first = worlds.published(world)
    draft = worlds.correct(first, world.gwen)
    second = services.send_for_sign_off(version=draft, by=world.gwen)
    for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        worlds.sign(second, place, who)
    worlds.documents_jobs.render_missing()

    worlds.publish(second, world.gwen)

    first.refresh_from_db()
    assert first.status == Status.SUPERSEDED and first.superseded_at
    assert selectors.published(world.area, "yearly_report", "2025-26").number == 2


def test_arrangements_walk_the_same_workflow_and_only_one_edition_is_current(world):
    older = worlds.published(world, "arrangements", "2025")
    newer = worlds.published(world, "arrangements", "2026")

    older.refresh_from_db()
    assert (older.status, newer.status) == (Status.SUPERSEDED, Status.PUBLISHED)
    assert not OutgoingMail.objects.filter(purpose="submission").exists()


def test_withdraw_keeps_the_version_with_its_reason(world):
    version = worlds.in_sign_off(world)

    services.withdraw(version=version, reason="Begun for the wrong year.", by=world.gwen)

    version.refresh_from_db()
    assert (version.status, version.reason) == (Status.WITHDRAWN, "Begun for the wrong year.")


def test_the_frozen_content_gives_the_same_hash_when_made_again_from_the_same_text(world):
    version = worlds.written(world)
    seats = services.signing._require_seats(version)

    texts = {canonical.canonical(content.compose(version, seats)) for _ in range(2)}

    assert len(texts) == 1


def test_a_withdrawn_document_is_no_dead_end(world):
    version = worlds.written(world)
    services.withdraw(version=version, reason="Begun too early.", by=world.gwen)

    draft = worlds.correct(version, world.gwen)

    assert (draft.number, draft.base_id) == (2, version.pk)


def test_somebody_who_acts_and_may_not_sign_is_not_asked_to(world):
    worlds.appoint(world.ines, Office.LSP, world.area, world.council, basis="acting")

    worlds.in_sign_off(world)

    assert not OutgoingMail.objects.filter(to=world.ines.email, purpose="please_sign").exists()


def test_who_returned_a_version_is_shown_what_changed_since(world):
    version = worlds.in_sign_off(world)
    draft = services.return_for_changes(version=version, seat=world.health, reason="Old figures.", by=world.ben)

    again = services.send_for_sign_off(version=draft, by=world.gwen)

    assert selectors.last_known_to(world.health, again) == version


def test_what_cannot_be_printed_is_named_before_sending(world):
    version = worlds.written(world)
    section = version.sections.get(key="funding")
    worlds.write(section, "", world.gwen, explanation="No figures yet 😀")

    assert any("cannot be printed: 😀" in problem.sentence for problem in content.problems(version))
