"""The overview of one area. It tells of documents and duties, so it stands above the area's own pages."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnership import clock
from partnership.areas import access, loading
from partnership.areas import selectors as areas
from partnership.areas.models import Area, SeatKind
from partnership.areas.roles import Office, Permission
from partnership.audit import presenters
from partnership.audit import selectors as audit
from partnership.dashboard import lines
from partnership.dashboard.standing import standing_of
from partnership.deadlines import presenting
from partnership.deadlines import selectors as deadlines
from partnership.deadlines.models import Duty
from partnership.documents import content
from partnership.documents.kinds import address_of
from partnership.documents.models import Version
from partnership.documents.workflow import GONE, TURN, Status

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
        "duties": [_duty(duty, today) for duty in duties if duty.is_open],
        **_people(found, today),
        "may_appoint": access.can(request.user, Permission.APPOINT, found),
        "succession": _succession(request, found),
        "changes": presenters.timeline(audit.of_area(found.slug)[:CHANGES]),
    }
    return render(request, "areas/area.html", context)


def _documents(area: Area) -> list[dict[str, object]]:
    alive = Version.objects.filter(document__area=area).exclude(status__in=GONE)
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
        "passed_on": presenting.passed_on(duty),
        "facts": deadlines.fact_rows(duty),
    }


def _people(area: Area, today: date) -> dict[str, object]:
    """The lead partners by seat, who chairs and who scrutinises, and what is vacant. An area at its end has none."""
    found = areas.register(area, today)
    of_the_area = [held for held in found.offices if held.office in (Office.CHAIR, Office.SCRUTINEER)]
    return {
        "seats": [
            {"agency": row.agency_name, "lead": row.of(Office.LSP)}
            for row in found.seats
            if row.seat.kind == SeatKind.STATUTORY
        ],
        "offices": [] if area.ended_on else of_the_area,
        "vacancies": areas.open_vacancies(area),
    }


def _succession(request: HttpRequest, area: Area) -> list[dict[str, object]]:
    """What came after an area; the person's own areas lead to their overview, others to what they have published."""
    mine = {row.pk for row in standing_of(request).areas}
    return [
        {
            "area": row.successor,
            "takes_over": row.takes_over_duties,
            "href": reverse("areas:area" if row.successor_id in mine else "public:area", args=[row.successor.slug]),
        }
        for row in areas.successions(area)
    ]
