"""The other area's calendar: days of its own, a hold, words for the public, what it agreed to do, when its lead
partners meet, which reminders are off, a case review."""

import uuid
from datetime import datetime, timedelta

from partnership import clock
from partnership.accounts.models import User
from partnership.areas.models import Area
from partnership.calendars import services as feeds
from partnership.case_reviews import services as case_reviews
from partnership.case_reviews.models import Step
from partnership.deadlines import meetings, selectors, services, switching
from partnership.deadlines.models import Duty
from tests.contracts.canaries.words import opened, secret

LATE = datetime(2026, 10, 5, 9, tzinfo=clock.LONDON)


def fill(area: Area, manager: User) -> None:
    """Every text of the calendar, each with its own word; what the public reads of a lateness is open."""
    today = clock.today()
    duty = selectors.open_duties().filter(area=area, rule_key=selectors.REPORT).latest("due_on")
    reason = secret("deadlines.LocalTarget.reason")
    services.set_target(duty=duty, on=today + timedelta(days=30), reason=reason, by=manager)
    services.hold(duty=duty, reason=secret("deadlines.Hold.reason"), by=manager)
    services.resume(duty=duty, by=manager)
    late = Duty.objects.get(area=area, rule_key=selectors.REPORT, period_label="2025-26")
    with clock.frozen(LATE):
        services.explain_lateness(duty=late, text=opened("deadlines.LateStatement.text"), by=manager)
    cycle = services.agree_cycle(
        area=area, rule_key="section_11", title=secret("deadlines.LocalCycle.title"), first_on=today,
        every_months=None, agreed_where=secret("deadlines.LocalCycle.agreed_where"), by=manager,
    )  # fmt: skip
    turn = Duty.objects.get(area=area, rule_key="section_11")
    services.record_turn(duty=turn, done_on=today, record=secret("deadlines.TurnDone.record"), by=manager)
    services.end_cycle(cycle=cycle, by=manager)
    _of_the_plan(area, manager)
    feeds.make(person=manager, area=area, name=secret("calendars.CalendarFeed.name"), once=uuid.uuid4())
    case_reviews.open_case(area=area, step=Step.BECAME_AWARE, on=today, once=uuid.uuid4(), by=manager)
    case_reviews.count_from(area=area, rule_key="rapid_review", step="notified", by=manager)


def _of_the_plan(area: Area, manager: User) -> None:
    """A meeting that takes place and one that does not; a step that is off and one that is on again."""
    for number in range(2):
        on = clock.today() + timedelta(days=10 + number)
        meeting = meetings.record_meeting(area=area, on=on, called=secret("areas.LeadMeeting.called"), by=manager)
    meetings.call_off_meeting(meeting=meeting, reason=secret("areas.LeadMeeting.off_because"), by=manager)
    reason = secret("deadlines.SwitchedOffStep.reason")
    for days in (-60, -120):
        step = switching.switch_off(area=area, rule_key=selectors.REPORT, days=days, reason=reason, by=manager)
    switching.switch_on(step=step, by=manager)
