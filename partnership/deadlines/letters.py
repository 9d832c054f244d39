"""The mails about dates."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.roles import Office
from partnership.deadlines import selectors
from partnership.deadlines.models import Duty, DutyFact, LateStatement
from partnership.guidance import rungs
from partnership.guidance.dated import Deadline, DutyRule
from partnership.guidance.dates import Step
from partnership.notices import services as notices
from partnership.notices.kinds import Kind
from partnership.notices.models import Notice

TOLD_OF_LATENESS = (Office.LSP, Office.DSP, Office.CHAIR, Office.SCRUTINEER, Office.BUSINESS_MANAGER)
TOLD_OF_REOPENING = (Office.BUSINESS_MANAGER, Office.CHAIR)
NEAR = -7  # days: from here on a date is too near for a digest


@dataclass(frozen=True)
class Told:
    """Whom a step told, in words with their office, and the notice that each of them has."""

    names: list[str]
    notices: list[Notice]


def reminder(duty: Duty, step: Step, today: date) -> Told:
    """Tell the offices that this step names, each person once."""
    told: dict[int, str] = {}
    kept = []
    kind = kind_of(step, selectors.rule_of(duty))
    for appointment in areas.in_force(duty.area, today).filter(office__in=step.who):
        if appointment.person_id in told:
            continue
        told[appointment.person_id] = f"{appointment.person.name} ({Office(appointment.office).label})"
        notice = notices.tell(
            "deadlines/reminder",
            {**_of(duty), "days": (duty.due_on - today).days},
            person=appointment.person,
            kind=kind,
            about=about(duty),
            dedupe_key=f"reminder:{duty.pk}:{duty.due_on:%Y%m%d}:{step.days}:{appointment.person_id}",
            area_slug=duty.area.slug,
            purpose="reminder",
        )
        kept.append(notice)
    return Told(list(told.values()), kept)


def kind_of(step: Step, rule: Deadline | DutyRule) -> Kind:
    """How soon a step is told of. What no area may switch off, the last two rungs of a ladder, goes at once, always."""
    rung = rungs.rung_of(rule, step)
    if any(row.days == rung and not row.may_be_off for row in rungs.rungs(rule)):
        return Kind.LAST_STEP
    return Kind.DATE_NEAR if step.days >= NEAR else Kind.DATE_AHEAD


def about(duty: Duty) -> str:
    """What a notice names that is over once the duty has closed."""
    return f"duty:{duty.pk}"


def late_explained(row: LateStatement) -> None:
    """Tell everybody who answers for it that the public now reads why it is late. The words are on the page."""
    duty = row.duty
    held = areas.in_force(duty.area, clock.today()).filter(office__in=TOLD_OF_LATENESS)
    for person in {appointment.person for appointment in held}:
        notices.tell(
            "deadlines/late_explained",
            {**_of(duty), "said_as": row.said_as},
            person=person,
            kind=Kind.NEWS,
            dedupe_key=f"late_explained:{row.pk}:{person.pk}",
            area_slug=duty.area.slug,
            purpose="late_explained",
        )


def reopened(duty: Duty, fact: DutyFact) -> None:
    """Tell at once who sees to it that what was met is owed again: the step of the ladder that would say so may be weeks away.

    What came back from a national body has a letter of its own (submissions).
    """
    for appointment in areas.in_force(duty.area, clock.today()).filter(office__in=TOLD_OF_REOPENING):
        notices.tell(
            "deadlines/reopened",
            _of(duty),
            person=appointment.person,
            kind=Kind.CAME_BACK,
            about=about(duty),
            dedupe_key=f"reopened:{fact.pk}:{appointment.person_id}",
            area_slug=duty.area.slug,
            purpose="reopened",
        )


def _of(duty: Duty) -> dict[str, object]:
    """What every letter about a duty says."""
    link = settings.PUBLIC_ADDRESS + reverse("deadlines:duty", args=[duty.area.slug, duty.pk])
    return {"duty": duty, "area": duty.area, "what": selectors.title_in_a_mail(duty), "link": link}
