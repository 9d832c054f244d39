"""Where a report was presented: recorded by those who may, corrected with a reason, and nothing that was recorded is lost."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.areas.roles import Office
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.audit.presenters import sentence
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.presentations import selectors, services
from partnership.presentations.kinds import PRESENTERS, Forum, State
from partnership.presentations.models import Entry, Presentation
from tests import night, worlds
from tests.apps.documents.test_races import at_once
from tests.apps.presentations.occasions import COMMITTEE, planned, presented, recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(world):
    return worlds.begun(world)


def correct(presentation, said, by, reason="The minutes are out.", seen=1):
    return services.correct(presentation=presentation, said=said, reason=reason, seen=seen, by=by)


def test_a_plan_and_what_took_place_are_recorded_with_who_recorded_them(world, document):
    plan, done = recorded(world, document), recorded(world, document, presented(), by=world.eve)

    shown = selectors.of_document(document)

    assert [row.presentation for row in shown] == [plan, done]
    assert shown[0].said == planned() and shown[1].said == presented()
    assert (shown[1].entry.recorded_as, shown[1].entry.number, shown[1].earlier) == (
        "Eve, Delegated safeguarding partner, Ashdown Police",
        1,
        [],
    )
    assert [sentence(row) for row in AuditEntry.objects.filter(event=Event.PRESENTATION_RECORDED).order_by("pk")] == [
        f"Gwen recorded of Yearly report 2025-26: {COMMITTEE}, 5 October 2026, planned.",
        "Eve recorded of Yearly report 2025-26: Health and wellbeing board, 7 September 2026, presented.",
    ]


@pytest.mark.parametrize("who", ["gwen", "eve", "dev"])
def test_the_business_manager_the_chair_and_the_delegated_partners_record(world, document, who):
    assert recorded(world, document, by=getattr(world, who)).entries.get().recorded_by == getattr(world, who)


def test_business_support_records_too(world, document):
    kit = worlds.person("Kit")
    worlds.appoint(kit, Office.BUSINESS_SUPPORT, world.area)
    assert recorded(world, document, by=kit)


@pytest.mark.parametrize("who", ["amina", "femi", "harry", "ines"])
def test_nobody_else_records_or_corrects(world, document, who):
    there = recorded(world, document)
    with pytest.raises(NotAllowed):
        recorded(world, document, by=getattr(world, who))
    with pytest.raises(NotAllowed):
        correct(there, presented(), getattr(world, who))
    assert Entry.objects.count() == 1


def test_a_second_click_records_it_once(world, document):
    once = uuid.uuid4()
    rows = [services.record(document=document, said=planned(), once=once, by=world.gwen) for _ in range(2)]

    assert rows[0] == rows[1]
    assert Entry.objects.count() == AuditEntry.objects.filter(event=Event.PRESENTATION_RECORDED).count() == 1


TODAY = clock.today


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (lambda: planned(TODAY() - timedelta(days=1)), "That day has passed"),
        (lambda: presented(TODAY() + timedelta(days=1)), "still to come"),
        (lambda: planned(forum=Forum.OTHER.value, forum_name="  "), "which body it is"),
        (lambda: planned(asked="What will change?"), "of what took place"),
        (lambda: planned(minutes="https://council.example/"), "of what took place"),
        (lambda: presented(minutes="javascript:alert(1)"), "whole address"),
        (lambda: presented(minutes="https://"), "whole address"),
        (lambda: presented(minutes="http://[::1"), "whole address"),
        (lambda: planned(state=State.NOT_PRESENTED.value), "Afterwards it can be said"),
        (lambda: planned(forum_name="x" * 161), "160 characters or fewer"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(world, document, said, words):
    with pytest.raises(WrongState, match=words):
        recorded(world, document, said())
    assert not Presentation.objects.exists()


def test_today_is_a_day_for_a_plan_and_for_what_took_place(world, document):
    assert recorded(world, document, planned(TODAY()))
    assert recorded(world, document, presented(TODAY()))


def test_a_correction_is_added_with_its_reason_and_what_was_there_stays(world, document):
    plan = planned()
    there = recorded(world, document, plan)
    with clock.frozen(clock.now() + timedelta(days=30)):
        said = presented(plan.day, forum="scrutiny_committee", forum_name=COMMITTEE)
        correct(there, said, world.dev, " The minutes   are out. ")

    (row,) = selectors.of_document(document)
    assert (row.entry.number, row.said, row.entry.reason) == (2, said, "The minutes are out.")
    assert [entry.said for entry in row.earlier] == [plan]
    entry = AuditEntry.objects.get(event=Event.PRESENTATION_CORRECTED)
    assert sentence(entry).endswith("presented. The reason: The minutes are out.")


def test_a_correction_needs_a_reason_and_one_that_says_the_same_is_none(world, document):
    there = recorded(world, document, presented())
    with pytest.raises(WrongState, match="why it is corrected"):
        correct(there, presented(asked="And?"), world.gwen, "  ")
    assert correct(there, presented(asked=" What changed? "), world.gwen).number == 1
    assert Entry.objects.count() == 1


def test_whoever_saw_an_older_text_is_told_and_nothing_is_lost(world, document):
    there = recorded(world, document, presented())
    correct(there, presented(asked="Who was seen?"), world.dev)

    with pytest.raises(Conflict, match="Somebody else corrected this"):
        correct(there, presented(asked="Mine?"), world.gwen, seen=1)
    assert correct(there, presented(asked="Mine?"), world.gwen, seen=2).number == 3


def test_a_plan_that_fell_through_is_said_to_have(world, document):
    there = recorded(world, document)
    with clock.frozen(clock.now() + timedelta(days=30)):
        off = planned(planned(TODAY()).day - timedelta(days=9), state=State.NOT_PRESENTED.value)
        assert correct(there, off, world.gwen, "The meeting was called off.").state == State.NOT_PRESENTED
        assert not selectors.without_outcome([world.area.pk], TODAY()).exists()


def test_a_plan_of_which_nobody_has_said_what_came_of_it_is_found_from_the_next_day(world, document):
    there = recorded(world, document, planned(TODAY() + timedelta(days=1)))
    areas = [world.area.pk]
    tomorrow, after = TODAY() + timedelta(days=1), TODAY() + timedelta(days=2)

    assert not selectors.without_outcome(areas, tomorrow).exists()
    assert [row.presentation for row in selectors.without_outcome(areas, after)] == [there]
    assert not selectors.without_outcome([world.other_area.pk], after).exists()
    correct(there, planned(TODAY() + timedelta(days=9)), world.gwen, "It was moved.")
    assert not selectors.without_outcome(areas, after).exists()


def test_the_database_keeps_what_was_recorded_and_refuses_what_makes_no_sense(world, document):
    there = recorded(world, document, presented())
    row = {
        "presentation": there, "number": 2, "forum": "cabinet", "day": TODAY(), "state": "presented", "office": "chair",
        "reason": "Better.", "recorded_as": "Gwen", "recorded_by": world.gwen,
    }  # fmt: skip
    wrong = (
        {"number": 1}, {"number": 1, "reason": ""}, {"reason": ""}, {"forum": "pub"}, {"state": "dreamt"},
        {"office": "observer"}, {"forum": "other"}, {"state": "planned", "asked": "What?"},
        {"minutes": "javascript:alert(1)"},
    )  # fmt: skip
    acts = [lambda more=more: Entry.objects.create(**{**row, **more}) for more in wrong]
    acts += [
        lambda: Entry.objects.update(asked="Nothing."),
        lambda: Entry.objects.all()._raw_delete("default"),
        lambda: Presentation.objects.update(begun_at=clock.now()),
        lambda: Presentation.objects.all()._raw_delete("default"),
    ]
    for act in acts:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert Entry.objects.create(**row)


def test_whoever_reads_along_or_contributes_presents_nothing():
    assert {Office.OBSERVER, Office.CONTRIBUTOR, Office.GUEST_READER}.isdisjoint(PRESENTERS)


@pytest.mark.django_db(transaction=True)
def test_two_corrections_in_the_same_instant_are_one_and_a_conflict():
    world = worlds.area_with_its_cast()
    document = worlds.begun(world)
    for _ in range(night.ROUNDS // 4):
        there = recorded(world, document, presented())
        results = at_once(
            lambda there=there: correct(there, presented(asked="Dev's?"), world.dev),
            lambda there=there: correct(there, presented(asked="Gwen's?"), world.gwen),
        )
        assert sum(isinstance(result, Conflict) for result in results) == 1
        assert there.entries.count() == 2
