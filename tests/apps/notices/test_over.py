"""What was asked of somebody is over once it is done, wherever that happens; and what is owed again is said at once."""

from datetime import timedelta

import pytest

from partnership import clock
from partnership.briefings import services as briefings
from partnership.briefings.models import Briefing
from partnership.deadlines import facts
from partnership.deadlines import jobs as deadlines
from partnership.deadlines import selectors as duties
from partnership.deadlines.models import Duty
from partnership.drafting import selectors as drafting
from partnership.drafting import services as sharing
from partnership.drafting.services import Owner
from partnership.notices.models import Notice
from scrutiny import services as scrutiny
from scrutiny.models import Position
from tests import told, worlds

pytestmark = pytest.mark.django_db


def still_open(occasion: str) -> set[str]:
    return set(told.of(occasion).filter(settled_at=None).values_list("person__email", flat=True))


def test_an_ask_for_several_sections_is_over_with_the_last_of_them(world):
    document = worlds.begun(world)
    owners = {"foreword": Owner(world.dev), "impact": Owner(world.dev), "training": Owner(world.gwen)}
    due_on = clock.today() + timedelta(days=10)
    sharing.share_out(document=document, owners=owners, due_on=due_on, seen=drafting.mark_of(document), by=world.gwen)
    tasks = {task.section_key: task for task in drafting.tasks_of(document)}
    everybody = still_open("section-asked")
    assert world.dev.email in everybody

    sharing.hand_in(task=tasks["foreword"], by=world.dev)
    assert still_open("section-asked") == everybody
    sharing.hand_in(task=tasks["impact"], by=world.dev)

    assert still_open("section-asked") == everybody - {world.dev.email}


def test_a_challenge_that_is_closed_asks_nobody_any_more(world):
    document = worlds.begun(world)
    challenge = scrutiny.raise_challenge(document=document, text="Where is the evidence?", by=world.femi)
    assert still_open("challenge-raised")

    scrutiny.answer(challenge=challenge, position=Position.ACCEPT, text="In section 4.", by=world.dev)
    scrutiny.close(challenge=challenge, view="It is there now.", by=world.femi)

    assert not still_open("challenge-raised")
    assert not still_open("challenge-answered")


def test_a_briefing_that_was_acknowledged_is_over_and_one_that_was_not_stays(world):
    worlds.briefed()
    first, *others = Briefing.objects.filter(area=world.area)
    briefings.acknowledge(briefing=first, by=world.gwen)

    open_ones = Notice.objects.filter(about__startswith="briefing:", settled_at=None, area_slug=world.area.slug)
    assert {notice.about for notice in open_ones} == {f"briefing:{row.pk}" for row in others}


@pytest.mark.parametrize(("evidence", "is_told"), [("version:1", True), ("submission:1", False)])
def test_what_is_owed_again_is_said_at_once_unless_it_came_back_with_a_letter_of_its_own(world, evidence, is_told):
    deadlines.open_duties(today=clock.today())
    duty = Duty.objects.get(area=world.area, rule_key="yearly_report", period_label="2025-26")
    for key, label in duties.missing_facts(duty).items():
        deadlines.record_fact(duty=duty, key=key, label=label, happened_at=clock.now(), evidence=evidence)

    assert facts.fall(duty=duty, evidence=evidence, because="it was a mistake.")

    assert still_open("reopened") == ({world.gwen.email, world.eve.email} if is_told else set())
    assert not [row for row in told.of("reopened") if "mistake" in row.text]
