"""The mail about a new edition of the guidance."""

from datetime import date

from django.conf import settings
from django.urls import reverse

from partnership.areas import selectors as areas
from partnership.areas.roles import Office
from partnership.briefings.models import Briefing
from partnership.guidance.schema import Edition
from partnership.notices import services as notices
from partnership.notices.kinds import Kind


def about(made: Briefing) -> str:
    """What the notice names that is over once somebody has acknowledged it."""
    return f"briefing:{made.pk}"


def briefing(made: Briefing, edition: Edition, today: date) -> list[str]:
    """Tell the business manager once; where there is none, the chair. Returns whom it told, in words."""
    in_force = list(areas.in_force(made.area, today).filter(office__in=[Office.BUSINESS_MANAGER, Office.CHAIR]))
    managers = [held for held in in_force if held.office == Office.BUSINESS_MANAGER]
    told = {held.person_id: held.person for held in managers or in_force}
    link = settings.PUBLIC_ADDRESS + reverse("briefings:briefing", args=[made.area.slug, made.edition_key])
    for person in told.values():
        notices.tell(
            "briefings/briefing",
            {"edition": edition.short_title, "area": made.area, "link": link},
            person=person,
            kind=Kind.ASKED,
            dedupe_key=f"briefing:{made.pk}:{person.pk}",
            area_slug=made.area.slug,
            purpose="briefing",
            about=about(made),
        )
    return [person.name for person in told.values()]
