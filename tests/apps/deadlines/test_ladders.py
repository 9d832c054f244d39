"""The ladder of an area: steps switched off and on again; the last two stay on; nobody is told at a step that is off."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnership import clock
from partnership.audit.models import AuditEntry
from partnership.deadlines import history, jobs, selectors
from partnership.deadlines.models import Duty, Reminder, SwitchedOffStep
from partnership.deadlines.switching import switch_off, switch_on
from partnership.errors import NotAllowed, WrongState
from partnership.mail.models import OutgoingMail
from tests import worlds
from tests.apps.documents.test_races import ROUNDS, at_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)
REPORT = "yearly_report"
DUE = date(2026, 9, 30)


@pytest.fixture
def duty(world):
    jobs.open_duties(today=TODAY)
    return Duty.objects.get(area=world.area, rule_key=REPORT, period_label="2025-26")


def off(world, days, by="gwen", reason="The board is told at its meeting.", rule=REPORT):
    return switch_off(area=world.area, rule_key=rule, days=days, reason=reason, by=getattr(world, by))


def told(duty, first, last):
    """Walk from one day to another, both counted from the date; the steps at which somebody was told."""
    for days in range(first, last + 1):
        jobs.remind(today=duty.due_on + timedelta(days=days))
    return [row.days for row in duty.reminders.all()]


def test_a_step_that_is_off_is_passed_over_and_the_one_before_is_not_sent_in_its_place(world, duty):
    off(world, -14)

    assert told(duty, -16, -8) == [-30]
    assert told(duty, -7, -7) == [-30, -7]


def test_what_is_off_here_is_sent_elsewhere_and_of_other_duties(world, duty):
    off(world, -30)
    jobs.remind(today=DUE - timedelta(days=20))

    assert set(Reminder.objects.filter(due_on=DUE).values_list("duty__area", flat=True)) == {world.other_area.pk}
    budget = Duty.objects.get(area=world.area, rule_key="budget")
    jobs.remind(today=budget.due_on - timedelta(days=42))
    assert [row.days for row in budget.reminders.all()] == [-42]


def test_a_step_that_is_switched_on_again_is_sent_where_it_is_the_last_one_reached(world, duty):
    row = off(world, -30)
    assert told(duty, -30, -20) == []
    switch_on(step=row, by=world.eve)

    assert told(duty, -20, -18) == [-30]


def test_after_the_steps_that_are_off_the_last_two_tell_whoever_answers_for_it(world, duty):
    for days in (-120, -60, -30, -14, -7, -1, 1, 7):
        off(world, days)

    assert told(duty, -130, 60) == [14, 28, 56]
    assert OutgoingMail.objects.filter(area_slug=world.area.slug, purpose="reminder").exists()


@pytest.mark.parametrize(("rule", "days"), [(REPORT, 14), (REPORT, 28), ("budget", 1), ("budget", 14)])
def test_the_last_two_steps_cannot_be_switched_off(world, duty, rule, days):
    with pytest.raises(WrongState, match="The last two steps cannot be switched off"):
        off(world, days, rule=rule)


@pytest.mark.parametrize(("rule", "days"), [(REPORT, -13), (REPORT, 56), ("section_11", -90), ("nonsense", -7)])
def test_a_step_or_a_duty_that_the_area_does_not_have_is_refused(world, duty, rule, days):
    with pytest.raises(WrongState, match="no such step"):
        off(world, days, rule=rule)


def test_a_step_goes_off_once_with_a_reason_and_by_whom_and_on_again_once(world, duty):
    with pytest.raises(WrongState, match="Say why"):
        off(world, -60, reason=" ")
    row = off(world, -60)
    assert off(world, -60, reason="Another.") == row
    assert (row.said_as, row.reason, row.followed_by) == (
        "Gwen, Business manager",
        "The board is told at its meeting.",
        8,
    )
    for _ in range(2):
        switch_on(step=row, by=world.eve)
    assert off(world, -60, reason="Again.") != row

    events = ["reminder.switched_off", "reminder.switched_on", "reminder.switched_off"]
    assert list(AuditEntry.objects.filter(event__in=events).order_by("pk").values_list("event", flat=True)) == events


def test_only_those_who_may_set_the_areas_own_dates_switch(world, duty):
    row = off(world, -60, by="eve")
    for name in ("amina", "dev", "femi", "harry", "ines"):
        with pytest.raises(NotAllowed):
            off(world, -30, by=name)
        with pytest.raises(NotAllowed):
            switch_on(step=row, by=getattr(world, name))


def test_the_database_keeps_what_was_switched_off_and_refuses_one_of_the_last_two(world, duty):
    row = off(world, -60)
    fields = {"area": world.area, "rule_key": REPORT, "said_as": "x", "said_by": world.gwen, "reason": "x"}
    for act in (
        lambda: SwitchedOffStep.objects.create(**fields, days=14, followed_by=1),
        lambda: SwitchedOffStep.objects.create(**fields, days=-60, followed_by=8),
        lambda: SwitchedOffStep.objects.update(days=-30),
        lambda: SwitchedOffStep.objects.update(followed_by=9),
        lambda: SwitchedOffStep.objects.all().delete(),
        lambda: SwitchedOffStep.objects.update(ended_at=clock.now()),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    switch_on(step=row, by=world.gwen)
    with pytest.raises(IntegrityError), transaction.atomic():
        SwitchedOffStep.objects.update(ended_at=None, ended_as="")


def test_a_row_of_another_edition_never_silences_one_of_the_last_two(world, duty):
    """As if an earlier edition had had more steps after it."""
    fields = {"area": world.area, "rule_key": REPORT, "said_as": "x", "said_by": world.gwen, "reason": "x"}
    SwitchedOffStep.objects.create(**fields, days=14, followed_by=3)

    assert told(duty, 14, 14) == [14]
    assert not [line for line in history.of(duty) if "witched off" in line.words]


def lines(duty):
    return [line.words for line in reversed(history.of(duty))]


def test_the_history_of_a_duty_says_who_switched_off_what_while_it_was_open(world, duty):
    with clock.frozen(datetime(2026, 9, 15, 9, tzinfo=clock.LONDON)):
        row = off(world, -14)
    with clock.frozen(datetime(2026, 9, 20, 9, tzinfo=clock.LONDON)):
        switch_on(step=row, by=world.eve)

    assert lines(duty)[1:] == [
        "Switched off by Gwen, Business manager: the step of 16 September 2026, 14 days before the date",
        "Switched on again by Eve, Partnership chair: the step of 16 September 2026, 14 days before the date",
    ]


def test_what_was_off_before_a_duty_was_opened_stands_at_its_opening_and_what_came_after_its_end_does_not(world, duty):
    with clock.frozen(datetime(2026, 9, 15, 9, tzinfo=clock.LONDON)):
        off(world, -60)
        ended = off(world, -30)
        switch_on(step=ended, by=world.gwen)
        for key, label in selectors.missing_facts(duty).items():
            jobs.record_fact(duty=duty, key=key, label=label, happened_at=clock.now(), evidence=f"test:{key}")
    with clock.frozen(datetime(2027, 4, 2, 9, tzinfo=clock.LONDON)):
        off(world, -14)
    with clock.frozen(datetime(2027, 4, 2, 10, tzinfo=clock.LONDON)):
        jobs.open_duties(today=clock.today())
    duty.refresh_from_db()
    following = Duty.objects.get(area=world.area, rule_key=REPORT, period_label="2027-28")

    assert not [words for words in lines(duty) if "14 days before" in words]
    assert lines(following)[0].startswith("Opened")
    assert sorted(lines(following)[1:]) == [
        "Switched off by Gwen, Business manager since 15 September 2026: the step of 1 August 2028, 60 days before the date",
        "Switched off by Gwen, Business manager since 2 April 2027: the step of 16 September 2028, 14 days before the date",
    ]


def read(client, world, page, *more, name="gwen", **sent):
    client.force_login(getattr(world, name))
    address = reverse(f"deadlines:{page}", args=[world.area.slug, *more])
    return client.post(address, sent) if sent else client.get(address)


def test_the_page_of_a_rule_shows_each_step_whom_it_tells_and_that_the_last_two_stay(client, world, duty):
    off(world, -60)
    text = read(client, world, "ladder", REPORT).content.decode()

    assert "Tells: Business manager and partnership chair" in text
    assert "28 days after the date, and again every 28 days" in text
    assert text.count("It cannot be switched off.") == 2
    assert "The last two steps cannot be switched off, so that" in text
    assert "since 14 September 2026 by Gwen, Business manager: The board is told at its meeting." in text
    assert text.count("Switch off<") == 7
    assert "Switch o" not in read(client, world, "ladder", REPORT, name="amina").content.decode()


def test_a_step_is_switched_off_and_on_again_on_its_pages(client, world, duty):
    assert (
        "Say why nobody needs this step"
        in read(client, world, "switch_off", REPORT, "before-60", reason="").content.decode()
    )
    answer = read(client, world, "switch_off", REPORT, "before-60", reason="The board is told.")
    assert answer.url == reverse("deadlines:ladder", args=[world.area.slug, REPORT])
    assert "1 step off" in read(client, world, "ladders").content.decode()
    read(client, world, "switch_on", REPORT, "before-60", go="on")
    text = read(client, world, "ladder", REPORT).content.decode()

    assert "off from 14 September 2026 by Gwen, Business manager (The board is told.), on again from" in text
    assert "1 step off" not in read(client, world, "ladders").content.decode()


def test_one_of_the_last_two_has_no_page_to_switch_it_off(client, world, duty):
    answer = read(client, world, "switch_off", REPORT, "late-28")

    assert answer.status_code == 409
    assert "The last two steps cannot be switched off" in answer.content.decode()


def test_what_is_typed_too_long_stays_in_the_field_with_a_sentence(client, world, duty):
    text = read(client, world, "switch_off", REPORT, "before-60", reason="y" * 301).content.decode()

    assert "300 characters or fewer" in text
    assert "y" * 301 in text


@pytest.mark.parametrize(("rule", "rung"), [("nonsense", "before-60"), (REPORT, "before-61"), (REPORT, "nonsense")])
def test_a_rule_or_a_step_that_is_not_there_is_not_found(client, world, duty, rule, rung):
    assert read(client, world, "switch_off", rule, rung).status_code == 404
    assert read(client, world, "switch_on", rule, rung, go="on").status_code == 404


def test_another_area_finds_nothing_and_who_may_not_is_told_who_may(client, world, duty):
    pages = [("ladders",), ("ladder", REPORT), ("switch_off", REPORT, "before-60"), ("switch_on", REPORT, "before-60")]
    for page, *more in pages:
        sent = {"go": "on"} if page == "switch_on" else {}
        assert read(client, world, page, *more, name="harry", **sent).status_code == 404
    for page in ("switch_off", "switch_on"):
        answer = read(client, world, page, REPORT, "before-60", name="amina", go="on")
        assert answer.status_code == 403
        assert "may set days of the area" in answer.content.decode()
    assert read(client, world, "switch_on", REPORT, "before-60").status_code == 405


def test_the_page_of_a_duty_leads_to_its_ladder(client, world, duty):
    text = read(client, world, "duty", duty.pk).content.decode()

    assert reverse("deadlines:ladder", args=[world.area.slug, REPORT]) in text


@pytest.mark.django_db(transaction=True)
def test_two_who_switch_the_same_step_at_once_leave_one_row():
    world = worlds.area_with_its_cast()
    jobs.open_duties(today=TODAY)
    for _ in range(ROUNDS):
        at_once(*[lambda who=who: off(world, -60, by=who) for who in ("gwen", "eve")])
        row = SwitchedOffStep.objects.get(ended_at=None)
        at_once(*[lambda who=who, row=row: switch_on(step=row, by=who) for who in (world.gwen, world.eve)])
    for event in ("reminder.switched_off", "reminder.switched_on"):
        assert AuditEntry.objects.filter(event=event).count() == ROUNDS
