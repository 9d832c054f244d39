"""What an edition means for an area, and acknowledging that once."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.audit.presenters import sentence
from partnership.briefings import policies, selectors, services
from partnership.briefings.models import Briefing
from partnership.documents.models import Document
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.guidance import loader
from tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefing(world):
    worlds.briefed()
    return Briefing.objects.get(area=world.area, edition_key="wt2026")


@pytest.mark.parametrize("who", ["gwen", "eve"])
def test_the_business_manager_or_the_chair_acknowledges_with_what_it_said(briefing, world, who):
    worlds.begun(world)

    services.acknowledge(briefing=briefing, by=world.people[who])

    briefing.refresh_from_db()
    assert briefing.acknowledged_by == world.people[who]
    entry = AuditEntry.objects.get(event=Event.BRIEFING_ACKNOWLEDGED)
    assert sentence(entry) == (
        f"{world.people[who].name} acknowledged the briefing on Working Together 2026: 3 requirements new, 1 changed, "
        "2 coming; 1 document stays on the edition before."
    )


def test_the_record_says_nothing_of_what_there_is_none_of(briefing, world):
    services.acknowledge(briefing=briefing, by=world.gwen)  # no document stays on the edition before

    said = sentence(AuditEntry.objects.get(event=Event.BRIEFING_ACKNOWLEDGED))
    assert said == ("Gwen acknowledged the briefing on Working Together 2026: 3 requirements new, 1 changed, 2 coming.")


@pytest.mark.parametrize("who", ["amina", "dev", "femi", "harry", "ines"])
def test_nobody_else_acknowledges(briefing, world, who):
    with pytest.raises(NotAllowed, match="may acknowledge a briefing on guidance"):
        services.acknowledge(briefing=briefing, by=world.people[who])


def test_a_second_time_is_refused_with_who_did_it_and_when(briefing, world):
    services.acknowledge(briefing=briefing, by=world.gwen)

    with pytest.raises(WrongState, match=r"Gwen acknowledged this briefing on \d+ \w+ 20\d\d"):
        services.acknowledge(briefing=briefing, by=world.eve)
    with pytest.raises(DatabaseError), transaction.atomic():
        Briefing.objects.filter(pk=briefing.pk).update(acknowledged_by=world.eve)


def test_whoever_is_slower_is_told_and_the_first_one_stands(briefing, world, monkeypatch):
    def meanwhile(seen):
        Briefing.objects.filter(pk=seen.pk).update(acknowledged_at=worlds.clock.now(), acknowledged_by=world.gwen)

    monkeypatch.setattr(policies, "check_can_acknowledge", meanwhile)

    with pytest.raises(Conflict, match="Somebody else acknowledged this briefing"):
        services.acknowledge(briefing=briefing, by=world.eve)


def test_the_report_of_2025_26_stays_and_the_requirements_are_counted_by_kind(briefing, world):
    worlds.begun(world)

    found = selectors.impact(world.area, loader.edition("wt2026"))

    assert [(row.document.period_label, row.begun_under.key) for row in found.staying] == [("2025-26", "wt2023")]
    assert found.covered == ()
    assert {kind.document: [change.new.id for change in kind.new] for kind in found.kinds} == {
        "yearly_report": ["YR-21"],
        "arrangements": ["ARR-27", "ARR-30"],
        "budget": [],
        "thresholds": [],
    }
    assert [change.new.id for kind in found.kinds for change in kind.coming] == ["ARR-28", "ARR-29"]
    assert found.moving_deadlines == []


def test_arrangements_in_force_stay_and_what_is_finished_or_withdrawn_is_not_told_of(briefing, world):
    worlds.published(world)  # a report that is published and done with
    Document.objects.update(edition_key="wt2023")
    arrangements = worlds.published(world, "arrangements", "2025").document
    Document.objects.filter(pk=arrangements.pk).update(edition_key="wt2018")

    found = selectors.impact(world.area, loader.edition("wt2026"))

    assert [(row.document, row.begun_under.key) for row in found.staying] == [(arrangements, "wt2018")]


def test_a_draft_whose_period_the_new_edition_covers_is_told_apart(briefing, world):
    document = worlds.begun(world, "arrangements", "2027")
    Document.objects.filter(pk=document.pk).update(edition_key="wt2023")

    found = selectors.impact(world.area, loader.edition("wt2026"))

    assert [row.document for row in found.covered] == [document]
    assert found.staying == ()


def test_the_framework_moves_the_numbers_of_two_outcomes(briefing, world):
    found = selectors.impact(world.area, loader.edition("nf2026"))

    assert [change.numbers for change in found.outcomes if change.number_moved] == [(3, 2), (2, 3)]
    assert found.kinds == ()


def test_a_date_that_moves_is_told(briefing, world, monkeypatch):
    edition = loader.edition("wt2026")
    moved = replace(edition, deadlines=(replace(edition.deadlines[0], month=7),))

    found = selectors.impact(world.area, moved)

    assert [(change.old.due_words, change.new.due_words) for change in found.moving_deadlines] == [
        ("30 September", "30 July")
    ]
