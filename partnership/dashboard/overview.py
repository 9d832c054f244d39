"""The overview of one area. It tells of documents and duties, so it stands above the area's own pages."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnership import clock
from partnership.areas import loading
from partnership.areas import selectors as areas
from partnership.areas.models import Area, SeatKind
from partnership.areas.roles import Office
from partnership.audit import presenters
from partnership.audit import selectors as audit
from partnership.dashboard import lines
from partnership.deadlines import presenting
from partnership.deadlines import selectors as deadlines
from partnership.deadlines.models import Duty
from partnership.documents import content
from partnership.documents.kinds import address_of
from partnership.documents.models import Version
from partnership.documents.workflow import TURN, Status

CHANGES = 8


@require_safe
def area(request: HttpRequest, area: str) -> HttpResponse:
    """How an area stands today: its year, documents, open duties, seats, and what changed last."""
    found = loading.area_of(request.user, area)
    today = clock.today()
    duties = list(deadlines.of_area(found))
    running = presenting.in_view(duties, today)
    context = {
        "area": found,
        "today": today,
        "year": next(iter(lines.draw([running], today)), None) if running else None,
        "documents": _documents(found),
        "duties": [_duty(duty, today) for duty in duties if duty.closed_at is None],
        "seats": _seats(found),
        "changes": presenters.timeline(audit.of_area(found.slug)[:CHANGES]),
    }
    return render(request, "areas/area.html", context)


def _documents(area: Area) -> list[dict[str, object]]:
    alive = Version.objects.filter(document__area=area).exclude(status__in=[Status.RETURNED, Status.WITHDRAWN])
    newest = alive.order_by("document_id", "-number").distinct("document_id").values("pk")
    rows = Version.objects.filter(pk__in=newest).select_related("document__area").defer("content")
    return [
        {
            "title": version.document.title,
            "href": reverse("documents:document", args=[area.slug, address_of(version.document)]),
            "status": content.status_in_words(version),
            "turn": TURN[Status(version.status)],
            "version": version,
        }
        for version in rows.order_by("-document__period", "document__kind")
        if version.status != Status.SUPERSEDED
    ]


def _duty(duty: Duty, today: date) -> dict[str, object]:
    return {
        "duty": duty,
        "left": presenting.days_in_words(duty.due_on, today),
        "facts": deadlines.fact_rows(duty),
    }


def _seats(area: Area) -> list[dict[str, object]]:
    rows = areas.register(area, clock.today()).seats
    return [
        {"agency": row.agency_name, "lead": row.of(Office.LSP)} for row in rows if row.seat.kind == SeatKind.STATUTORY
    ]
