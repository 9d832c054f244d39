"""Recording the days of case reviews. Each clock is a duty; it begins, closes and lapses by these days alone."""

import uuid
from datetime import date

from django.db import transaction
from django.db.models import Max

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.case_reviews import following, policies, rules, selectors
from partnership.case_reviews.models import CaseReview, ClockStart, Step, StepTaken, Why
from partnership.errors import WrongState

RIGHT = Permission.RECORD_CASE_CLOCKS


@transaction.atomic
def open_case(*, area: Area, step: Step, on: date, once: uuid.UUID, by: User) -> CaseReview:
    """Open a case review by its first step and its day. The service gives it a reference.

    `once`: the key of the page; a second click gives back the first. Raises NotAllowed or WrongState.
    """
    access.require(by, RIGHT, area)
    Area.objects.select_for_update().get(pk=area.pk)  # so that no reference is given twice
    if same := CaseReview.objects.filter(once=once, area=area).first():
        return same
    if step not in (Step.INCIDENT, Step.BECAME_AWARE, Step.NOTIFIED):
        raise WrongState(
            "Select what is known: the incident, that the local authority became aware, or the notification."
        )
    policies.check_day(on, clock.today())
    year = clock.today().year
    last = CaseReview.objects.filter(area=area, year=year).aggregate(last=Max("number"))["last"] or 0
    said_as = _title(area, by)
    case = CaseReview.objects.create(
        area=area, year=year, number=last + 1, opened_as=said_as, opened_by=by, opened_at=clock.now(), once=once
    )
    _take(case, step, on, "", by)
    return case


@transaction.atomic
def record_step(*, case: CaseReview, step: Step, on: date, by: User) -> StepTaken:
    """Record one step and its day. The same again changes nothing. Raises NotAllowed or WrongState."""
    case = _locked(case, by)
    there = selectors.taken(case).get(step)
    if there and there.on == on:
        return there
    if there:
        raise WrongState("A day is on record for this already. Correct it instead.")
    policies.check_day(on, clock.today())
    policies.check_step(selectors.days(case), step, on)
    return _take(case, step, on, Why.WRONG_SOURCE if case.steps.filter(step=step).exists() else "", by)


@transaction.atomic
def correct_step(*, case: CaseReview, step: Step, on: date | None, why: Why, by: User) -> StepTaken:
    """Give a better day, or say that it did not happen (`on` None). What was on record stays beside it.

    Raises NotAllowed or WrongState.
    """
    case = _locked(case, by)
    if on is not None:
        policies.check_day(on, clock.today())
    last = case.steps.filter(step=step).order_by("-number").first()
    if last and last.number > 1 and (last.on, last.why) == (on, why):
        return last
    policies.check_correction(selectors.days(case), step, on, why)
    return _take(case, step, on, why, by)


@transaction.atomic
def count_from(*, area: Area, rule_key: str, step: str, by: User) -> ClockStart | None:
    """From which step this area counts a clock. It holds for clocks that begin after this. None when it is so already.

    Raises NotAllowed or WrongState.
    """
    access.require(by, RIGHT, area)
    policies.check_start(rule_key, step)
    Area.objects.select_for_update().get(pk=area.pk)
    if selectors.starts(area)[rule_key] == step:
        return None
    row = ClockStart.objects.create(
        area=area, rule_key=rule_key, step=step, set_as=_title(area, by), set_by=by, set_at=clock.now()
    )
    data = {"clock": rules.rule(rule_key, clock.today())[1].title, "fact": Step(step).label}
    audit.record(Event.CLOCK_START_SET, by=by, area_slug=area.slug, target=row, subject=f"clock:{rule_key}", data=data)
    return row


def _take(case: CaseReview, step: Step, on: date | None, why: str, by: User) -> StepTaken:
    last = case.steps.filter(step=step).aggregate(last=Max("number"))["last"] or 0
    row = StepTaken.objects.create(
        case_review=case,
        step=step,
        on=on,
        number=last + 1,
        why=why,
        recorded_at=clock.now(),
        recorded_as=_title(case.area, by),
        recorded_by=by,
    )
    event = Event.CASE_REVIEW_CORRECTED if last else Event.CASE_REVIEW_RECORDED
    data = {"reference": case.reference, "fact": step.label, "on": f"{on:%-d %B %Y}" if on else "no day"}
    audit.record(event, by=by, area_slug=case.area.slug, target=case, subject=f"case_review:{case.pk}", data=data)
    following.follow(CaseReview.objects.select_related("area").get(pk=case.pk))
    return row


def _locked(case: CaseReview, by: User) -> CaseReview:
    access.require(by, RIGHT, case.area)
    return CaseReview.objects.select_for_update(of=("self",)).select_related("area").get(pk=case.pk)


def _title(area: Area, by: User) -> str:
    return f"{by.name}, {access.title_for(by, area, RIGHT)}"
