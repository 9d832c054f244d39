"""The mails about dates."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from partnership.areas import selectors as areas
from partnership.areas.roles import Office
from partnership.deadlines.models import Duty
from partnership.guidance.dates import Step
from partnership.mail import services as outbox


def reminder(duty: Duty, step: Step, today: date) -> list[str]:
    """Tell the offices that this step names, each person once. Returns whom it told, in words."""
    told: dict[int, str] = {}
    for appointment in areas.in_force(duty.area, today).filter(office__in=step.who):
        if appointment.person_id in told:
            continue
        told[appointment.person_id] = f"{appointment.person.name} ({Office(appointment.office).label})"
        link = settings.PUBLIC_ADDRESS + reverse("deadlines:duties", args=[duty.area.slug])
        outbox.write(
            "deadlines/reminder",
            {"duty": duty, "area": duty.area, "days": (duty.due_on - today).days, "link": link},
            to=appointment.person.email,
            dedupe_key=f"reminder:{duty.pk}:{step.days}:{appointment.person_id}",
            area_slug=duty.area.slug,
            purpose="reminder",
        )
    return list(told.values())
