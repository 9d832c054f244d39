"""Rolling forward: what goes along, what stays as it was, and who may."""

from datetime import date, datetime

import pytest
from django.apps import apps
from django.core import serializers

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.carrying import selectors
from partnership.carrying.models import Carried, Kind
from partnership.deadlines import services as deadlines
from partnership.deadlines.opening import Owed
from partnership.documents import content, meeting
from partnership.documents import services as workflow
from partnership.drafting import selectors as drafting
from partnership.drafting import services as hands
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.guidance import crosswalk, loader
from partnership.mail.models import OutgoingMail
from scrutiny import selectors as scrutiny
from scrutiny import services as challenging
from tests import worlds
from tests.apps.carrying import rolled
from tests.apps.documents.world import picture

pytestmark = pytest.mark.django_db


def everything_of(document) -> list[str]:
    """Every row of our models that hangs on a document or one of its versions, as it stands, but for who was rolled where."""
    found = []
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        for path in ("document", "version__document", "section__version__document", "task__document"):
            if path.partition("__")[0] in names and model._meta.app_label not in ("audit", "carrying"):
                try:
                    rows = model.objects.filter(**{path: document}).order_by("pk")
                except Exception:  # another model of that name
                    continue
                found.append(serializers.serialize("json", rows))
    return [*found, serializers.serialize("json", [document])]


def test_text_blocks_answers_and_explanations_go_along_and_nothing_of_the_old_document_changes(world):
    version = rolled.last_year(world)
    old = version.document
    workflow.add_picture(
        document=old, data=picture(), name="a.png", alt="A drawing", caption="", largest=10_000_000, by=world.gwen
    )
    before = everything_of(old)
    assert len(before) > 5

    document = rolled.roll(world).document
    draft = rolled.draft_of(document)

    assert everything_of(old) == before
    theirs = "scrutineer_statement"  # the scrutineer's own words on one year
    assert not draft.sections.filter(key=theirs).exclude(body="").exists()
    kept = version.sections.exclude(key=theirs)
    assert {row.key: row.body for row in draft.sections.exclude(key=theirs)} == {row.key: row.body for row in kept}
    assert set(draft.blocks.values_list("key", "mark")) == set(
        version.blocks.filter(place__isnull=False, section__in=kept).values_list("key", "mark")
    )
    assert {row.state for row in draft.answers.select_related("block")} == {"claimed"}
    assert draft.answers.count() == version.answers.filter(block__place__isnull=False, block__section__in=kept).count()
    assert draft.explanations.get().text == "The accounts of 2024-25 are open."
    assert [row.number for row in document.pictures.all()] == [1]
    assert document.period_label == "2025-26"
    assert document.edition_key == loader.edition_for("yearly_report", document.period.lower, None).key
    assert set(Carried.objects.filter(document=document).values_list("kind", flat=True)) == set(Kind.values)
    assert AuditEntry.objects.filter(event=Event.ROLLED_FORWARD, subject=document.subject).count() == 1


def test_a_second_click_and_a_second_person_are_led_to_what_was_begun(world):
    rolled.last_year(world)
    first = rolled.roll(world)
    again = rolled.roll(world)
    assert first.is_new
    assert not again.is_new
    assert again.document == first.document
    assert document_count(world) == 2


def document_count(world) -> int:
    return world.area.documents.count()


def test_who_may_and_from_what(world):
    with pytest.raises(WrongState, match="no earlier document"):
        rolled.roll(world)
    version = rolled.last_year(world)
    with pytest.raises(NotAllowed):
        rolled.roll(world, by=world.amina)
    with pytest.raises(NotAllowed):
        rolled.roll(world, by=world.harry)
    seen = version.pk
    workflow.withdraw(version=version, reason="Begun wrongly.", by=world.gwen)
    with pytest.raises(WrongState, match="no earlier document"):
        rolled.roll(world)
    what = rolled.kind(rolled.REPORT)
    newer = worlds.correct(version, world.gwen)
    with pytest.raises(Conflict, match="newer text"):
        rolled.services.roll_forward(
            area=world.area,
            kind=what,
            period=what.parse_period("2025-26", clock.today()),
            seen_source=seen,
            by=world.gwen,
        )
    assert document_count(world) == 1
    assert rolled.roll(world).document.rolled_forward.source == newer


def test_what_is_published_goes_before_a_draft_that_corrects_it(world):
    version = worlds.published(world, label="2024-25")
    correction = worlds.correct(version, world.gwen)
    worlds.write(correction.sections.get(key="foreword"), "A correction.", world.gwen)
    assert rolled.roll(world).document.rolled_forward.source == version


def test_owners_are_asked_by_days_of_the_new_plan_and_who_may_not_write_is_named(world):
    version = rolled.last_year(world)
    rule = loader.edition("wt2023").deadline("yearly_report")
    owed = Owed("yearly_report", "wt2023", "2024-25", rule.title, date(2025, 9, 30))
    worlds.deadlines.open_duty(area=world.area, owed=owed)
    deadlines.take_up(version.document, by=world.gwen)
    owners = {
        "foreword": hands.Owner(person=world.dev),
        "training": hands.Owner(office=Office.BUSINESS_MANAGER),
        "voice": hands.Owner(person=world.eve),
    }
    with clock.frozen(datetime(2025, 7, 1, 9, tzinfo=clock.LONDON)):
        seen = drafting.mark_of(version.document)
        hands.share_out(document=version.document, owners=owners, due_on=date(2025, 9, 20), seen=seen, by=world.gwen)
    delegated = Appointment.objects.get(person=world.eve, office=Office.DSP)
    areas.end_appointment(appointment=delegated, until=clock.today(), by=None)  # and with it that of the chair
    asked = set(OutgoingMail.objects.values_list("pk", flat=True))

    document = rolled.roll(world).document

    tasks = {row.section_key: row for row in drafting.tasks_of(document)}
    assert {key: task.owner for key, task in tasks.items()} == {"foreword": "Dev", "training": "Business manager"}
    assert {task.due_on for task in tasks.values()} == {date(2026, 9, 20)}
    [left_out] = document.rolled_forward.left_out
    assert left_out.startswith("Eve may not write here today, and is not asked for")
    assert version.document.duties.get().due_on == date(2025, 9, 30)
    assert OutgoingMail.objects.filter(purpose="section asked").exclude(pk__in=asked).count() == 2


def test_open_challenges_stay_on_their_document_and_are_listed_until_closed(world, client):
    version = rolled.last_year(world)
    challenge = challenging.raise_challenge(document=version.document, text="Where is the effect?", by=world.femi)
    document = rolled.roll(world).document
    assert scrutiny.open_on_earlier(document) == [challenge]
    assert not scrutiny.of_document(document).exists()
    client.force_login(world.femi)
    where = f"/areas/{world.area.slug}/yearly-report/2025-26/challenges/"
    assert "Challenge 1 on Yearly report 2024-25" in client.get(where).content.decode()
    challenging.answer(challenge=challenge, position="accept", text="We will show it.", by=world.dev)
    challenging.close(challenge=challenge, view="Accepted.", by=world.femi)
    assert "Still open from before" not in client.get(where).content.decode()


def test_a_crosswalk_decides_which_marks_and_explanations_go_along(world, monkeypatch):
    version = rolled.last_year(world)
    document = version.document
    type(document).objects.filter(pk=document.pk).update(edition_key="wt2018")
    old, new = loader.edition("wt2018"), loader.edition("wt2023")
    rules = {row.id: row for row in new.requirements_for("yearly_report")}
    kept = version.answers.filter(block__place__isnull=False).values_list("requirement", flat=True).first()
    said = [
        crosswalk.Change("same", rules[kept], rules["YR-13"]),
        crosswalk.Change("removed", rules["YR-12"], None),
    ]
    monkeypatch.setattr(crosswalk, "between", lambda *_: tuple(said))
    assert old.in_force_from < new.in_force_from
    draft = rolled.draft_of(rolled.roll(world).document)
    assert set(draft.answers.values_list("requirement", flat=True)) == {"YR-13"}
    assert not draft.explanations.exists()


def test_sections_of_the_partnerships_own_go_along_and_a_move_to_a_newer_edition_keeps_them(world):
    version = rolled.last_year(world)
    own = version.sections.create(key="local_story", title="A story of ours", position=99)
    worlds.write(own, "What a school did.", world.gwen)
    document = rolled.roll(world).document
    assert rolled.draft_of(document).sections.order_by("-position").first().title == "A story of ours"
    workflow.move_to_edition(document=document, edition_key="wt2026", by=world.gwen)
    assert rolled.draft_of(document).sections.get(key="local_story").body == "What a school did."


def test_a_document_that_was_not_rolled_forward_waits_for_nothing(world):
    version = worlds.written(world)
    assert selectors.waiting(version) == []
    assert content.problems(version) == []
    assert all(row.state != "open" for row in meeting.rows(version) if row.is_open_must)
