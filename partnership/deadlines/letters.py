"""The mails about dates."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.roles import Office
from partnership.deadlines import selectors
from partnership.deadlines.models import Duty, LateStatement
from partnership.guidance.dates import Step
from partnership.mail import services as outbox

TOLD_OF_LATENESS = (Office.LSP, Office.DSP, Office.CHAIR, Office.SCRUTINEER, Office.BUSINESS_MANAGER)


def reminder(duty: Duty, step: Step, today: date) -> list[str]:
    """Tell the offices that this step names, each person once. Returns whom it told, in words."""
    told: dict[int, str] = {}
    for appointment in areas.in_force(duty.area, today).filter(office__in=step.who):
        if appointment.person_id in told:
            continue
        told[appointment.person_id] = f"{appointment.person.name} ({Office(appointment.office).label})"
        outbox.write(
            "deadlines/reminder",
            {**_of(duty), "days": (duty.due_on - today).days},
            to=appointment.person.email,
            dedupe_key=f"reminder:{duty.pk}:{duty.due_on:%Y%m%d}:{step.days}:{appointment.person_id}",
            area_slug=duty.area.slug,
            purpose="reminder",
        )
    return list(told.values())


def late_explained(row: LateStatement) -> None:
    """Tell everybody who answers for it that the public now reads why it is late. The words are on the page."""
    duty = row.duty
    held = areas.in_force(duty.area, clock.today()).filter(office__in=TOLD_OF_LATENESS)
    for person in {appointment.person for appointment in held}:
        outbox.write(
            "deadlines/late_explained",
            {**_of(duty), "said_as": row.said_as},
            to=person.email,
            dedupe_key=f"late_explained:{row.pk}:{person.pk}",
            area_slug=duty.area.slug,
            purpose="late_explained",
        )


def _of(duty: Duty) -> dict[str, object]:
    """What every letter about a duty says. A name that somebody typed stays on the page."""
    link = settings.PUBLIC_ADDRESS + reverse("deadlines:duty", args=[duty.area.slug, duty.pk])
    what = selectors.rule_of(duty).title if duty.event else duty.title
    return {"duty": duty, "area": duty.area, "what": what, "link": link}
