"""Reading case reviews and their clocks."""

from datetime import date

from django.db.models import QuerySet

from partnership.areas.models import Area
from partnership.case_reviews import rules
from partnership.case_reviews.models import CaseReview, ClockStart, StepTaken
from partnership.deadlines.models import Duty


def of_area(area: Area) -> QuerySet[CaseReview]:
    """The case reviews of an area with their steps, the newest first."""
    return CaseReview.objects.filter(area=area).prefetch_related("steps").order_by("-year", "-number")


def taken(case: CaseReview) -> dict[str, StepTaken]:
    """Of each step the row that counts, for those that did happen."""
    last: dict[str, StepTaken] = {}
    for row in sorted(case.steps.all(), key=lambda row: row.number):
        last[row.step] = row
    return {step: row for step, row in last.items() if row.on}


def days(case: CaseReview) -> dict[str, date]:
    """The day of each step that did happen."""
    return {step: row.on for step, row in taken(case).items() if row.on}


def starts(area: Area) -> dict[str, str]:
    """From which step this area counts each clock: as it has set, or as the rule says first."""
    set_here: dict[str, str] = {}
    for row in ClockStart.objects.filter(area=area).order_by("set_at", "pk"):
        set_here[row.rule_key] = row.step
    return {**{key: rules.choices(key)[0][0] for key in rules.CLOCKS}, **set_here}


def label(case: CaseReview, number: int) -> str:
    """What a duty of a case is known by: the case and how often its clock was begun."""
    return f"{case.pk}-{number}"


def duties_of(case: CaseReview) -> QuerySet[Duty]:
    """The duties that a case brought, lapsed ones too."""
    mine = Duty.objects.filter(area=case.area, rule_key__in=rules.CLOCKS, period_label__startswith=f"{case.pk}-")
    return mine.select_related("area", "document", "relaxation").prefetch_related("facts").order_by("due_on", "pk")
