"""The calendar on screen: a duty in time, held, late and explained; local dates; case reviews and their clocks."""

import uuid
from datetime import timedelta

from partnership import clock
from partnership.calendars import services as feeds
from partnership.case_reviews import services as case_reviews
from partnership.case_reviews.models import CaseReview, Step, Why
from partnership.deadlines import jobs, services
from partnership.deadlines.models import Duty
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
