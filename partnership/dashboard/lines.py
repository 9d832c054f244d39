"""The partnership year of each area that a person works in."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import prefetch_related_objects

from partnership.areas.models import Area
from partnership.dashboard.standing import Standing
from partnership.deadlines import presenting
from partnership.deadlines import selectors as deadlines
from partnership.deadlines.models import Duty
from partnership.documents.models import Version
from partnership.documents.workflow import GONE
from partnership.web.year_line import YearLine

MOST = 3
PAST = timedelta(days=550)


@dataclass(frozen=True)
class AreaYear:
    """One area with the duty whose year is running, drawn as a line."""

    area: Area
    duty: Duty
    line: YearLine


def of(standing: Standing, today: date) -> list[AreaYear]:
    """At most three areas, those with the soonest open date first."""
    recent = deadlines.duties_visible_to(standing.user).filter(due_on__gte=today - PAST)
    by_area: dict[int, list[Duty]] = {}
    for duty in recent:
        by_area.setdefault(duty.area_id, []).append(duty)
    chosen = [duty for duty in (presenting.in_view(duties, today) for duties in by_area.values()) if duty]
    chosen.sort(key=lambda duty: (duty.closed_at is not None, duty.due_on, duty.area.name))
    return draw(chosen[:MOST], today)


def draw(duties: list[Duty], today: date) -> list[AreaYear]:
    """The lines of these duties, with the current version of each document and the meetings that their plans follow."""
    prefetch_related_objects(duties, "area__lead_meetings")
    alive = Version.objects.filter(document__in=[duty.document_id for duty in duties if duty.document_id])
    alive = alive.exclude(status__in=GONE)
    newest = alive.defer("content").order_by("document_id", "-number").distinct("document_id")
    current = {version.document_id: version for version in newest}
    return [
        AreaYear(duty.area, duty, presenting.year_line(duty, current.get(duty.document_id or 0), today))
        for duty in duties
    ]
