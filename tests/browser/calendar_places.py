"""The calendar on screen: duties in time, held and late; local dates; meetings; reminders; clocks of case reviews."""

import uuid
from datetime import timedelta

from partnership import clock
from partnership.calendars import services as feeds
from partnership.case_reviews import services as case_reviews
from partnership.case_reviews.models import CaseReview, Step, Why
from partnership.deadlines import jobs, meetings, services
from partnership.deadlines.models import Duty
from partnership.deadlines.switching import switch_off, switch_on
from partnership.notices import services as notices
from tests import worlds
from tests.browser.places import Place
from tests.browser.second_person_places import ENDLESS

LONG = f"The board meets a week later than it did last year, and two of the three chiefs are away. {ENDLESS}"


def pages() -> list[Place]:
    """As the business manager, a lead partner and the public see them."""
    world, today = worlds.area_with_its_cast(), clock.today()
    jobs.open_duties(today=today)
    services.agree_cycle(
        area=world.area, rule_key="section_11", title="Section 11 self-assessment of all agencies", first_on=today,
        every_months=12, agreed_where="Minutes of 1 September 2026", by=world.gwen,
    )  # fmt: skip
    meeting = _meetings(world)
    _ladder(world)
    held, late, turn = _duties(world)
    case = _case(world)
    slug = (world.area.slug,)
    empty = (world.other_area.slug,)
    _told_and_read_elsewhere(world)
    return [
        Place(world.gwen, "notices"),
        Place(world.ines, "notices"),
        Place(world.gwen, "notice_preferences"),
        Place(world.gwen, "calendars:feeds"),
        Place(world.dev, "calendars:feeds"),
        Place(world.gwen, "calendars:make"),
        Place(world.gwen, "deadlines:duties", slug),
        Place(world.gwen, "deadlines:duty", (*slug, held.pk)),
        Place(world.amina, "deadlines:duty", (*slug, late.pk)),
        Place(world.gwen, "deadlines:duty", (*slug, late.pk)),
        Place(world.gwen, "deadlines:target", (*slug, held.pk)),
        Place(world.amina, "deadlines:target", (*slug, held.pk), status=403),
        Place(world.gwen, "deadlines:hold", (*slug, held.pk)),
        Place(world.gwen, "deadlines:late", (*slug, late.pk)),
        Place(world.gwen, "deadlines:late", (*slug, held.pk), status=409),
        Place(world.gwen, "deadlines:done", (*slug, turn.pk)),
        Place(world.gwen, "deadlines:cycles", slug),
        Place(world.harry, "deadlines:cycles", empty),
        Place(world.gwen, "deadlines:add_cycle", slug),
        Place(world.gwen, "deadlines:meetings", slug),
        Place(world.amina, "deadlines:meetings", slug),
        Place(world.harry, "deadlines:meetings", empty),
        Place(world.gwen, "deadlines:add_meeting", slug),
        Place(world.amina, "deadlines:add_meeting", slug, status=403),
        Place(world.gwen, "deadlines:call_off", (*slug, meeting)),
        Place(world.gwen, "deadlines:ladders", slug),
        Place(world.gwen, "deadlines:ladder", (*slug, "yearly_report")),
        Place(world.amina, "deadlines:ladder", (*slug, "yearly_report")),
        Place(world.gwen, "deadlines:switch_off", (*slug, "yearly_report", "before-30")),
        Place(world.gwen, "deadlines:switch_off", (*slug, "yearly_report", "late-28"), status=409),
        Place(world.gwen, "case_reviews:cases", slug),
        Place(world.harry, "case_reviews:cases", empty),
        Place(world.gwen, "case_reviews:open", slug),
        Place(world.gwen, "case_reviews:clocks", slug),
        Place(world.gwen, "case_reviews:case", (*slug, case.pk)),
        Place(world.dev, "case_reviews:case", (*slug, case.pk)),
        Place(world.gwen, "case_reviews:record", (*slug, case.pk)),
        Place(world.gwen, "case_reviews:correct", (*slug, case.pk, "notified")),
        Place(None, "public:area", slug),
    ]


def _duties(world: worlds.World) -> tuple[Duty, Duty, Duty]:
    """One with a day of its own and a hold, one that is late and explained, one that somebody records as done."""
    held = Duty.objects.get(area=world.area, period_label="2025-26")
    services.set_target(duty=held, on=clock.today() + timedelta(days=10), reason=LONG, by=world.gwen)
    services.hold(duty=held, reason=LONG, by=world.gwen)
    old = clock.london_day(clock.now() - timedelta(days=330))
    jobs.open_duties(today=old)
    late = Duty.objects.get(area=world.area, period_label="2024-25")
    services.explain_lateness(duty=late, text=LONG, by=world.gwen)
    return held, late, Duty.objects.get(area=world.area, rule_key="section_11", due_on=clock.today())


def _meetings(world: worlds.World) -> int:
    """Some that come, one that is over, one that was called off. Returns one that comes."""
    today = clock.today()
    days = [
        today - timedelta(days=70),
        today + timedelta(days=2),
        today + timedelta(days=30),
        today + timedelta(days=90),
    ]
    rows = []
    for on in days:
        with clock.frozen(clock.now() - timedelta(days=80)):
            rows.append(meetings.record_meeting(area=world.area, on=on, called="Lead partners’ meeting", by=world.gwen))
    meetings.record_meeting(area=world.area, on=days[-1], called=ENDLESS[:160], by=world.gwen)
    meetings.call_off_meeting(meeting=rows[2], reason=LONG, by=world.eve)
    return rows[1].pk


def _ladder(world: worlds.World) -> None:
    """Of the reminders of the report one step is off, and one was off before."""
    for days in (-120, -60):
        row = switch_off(area=world.area, rule_key="yearly_report", days=days, reason=LONG, by=world.gwen)
    switch_on(step=row, by=world.eve)


def _case(world: worlds.World) -> CaseReview:
    on = clock.today() - timedelta(days=40)
    case = case_reviews.open_case(area=world.area, step=Step.BECAME_AWARE, on=on, once=uuid.uuid4(), by=world.gwen)
    case_reviews.record_step(case=case, step=Step.NOTIFIED, on=on + timedelta(days=9), by=world.gwen)
    case_reviews.record_step(case=case, step=Step.REVIEW_DECIDED, on=on + timedelta(days=20), by=world.gwen)
    day = on + timedelta(days=2)
    case_reviews.correct_step(case=case, step=Step.BECAME_AWARE, on=day, why=Why.WRONG_SOURCE, by=world.gwen)
    return case


def _told_and_read_elsewhere(world: worlds.World) -> None:
    """Reminders of every sort, one of them read, and two addresses for calendars."""
    for days in (-120, -60, -7, 1, 28):
        jobs.remind(today=Duty.objects.filter(area=world.area).latest("due_on").due_on + timedelta(days=days))
    notices.mark_read(notices=world.gwen.notices.all(), until=clock.now())
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        jobs.remind(today=Duty.objects.filter(area=world.area).earliest("due_on").due_on + timedelta(days=56))
    for area in (None, world.area):
        feeds.make(person=world.gwen, area=area, name=f"Outlook at work {ENDLESS}"[:60], once=uuid.uuid4())
