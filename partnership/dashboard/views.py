"""The home page."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnership import clock
from partnership.areas import access
from partnership.areas.models import Appointment
from partnership.audit import presenters
from partnership.audit.models import AuditEntry
from partnership.dashboard import lines, needs, waiting
from partnership.dashboard.rows import Row
from partnership.dashboard.standing import Standing, standing_of
from partnership.deadlines import selectors as deadlines
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of

CHANGES = 10
MOST_WAITING = 30


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs the person, what lies with others, the year of their areas, and what changed."""
    standing = standing_of(request)
    if not standing.offices:
        return _without_office(request)
    today = clock.today()
    due = needs.Due(
        deadlines.duties_visible_to(standing.user)
        .filter(closed_at=None, document__isnull=False)
        .order_by()
        .values_list("document_id", "due_on")
    )
    with_others = waiting.rows(standing, due)
    context = {
        "today": today,
        "needs": _shown(needs.rows(standing, due), today),
        "waiting": _shown(with_others[:MOST_WAITING], today),
        "more_waiting": max(len(with_others) - MOST_WAITING, 0),
        "years": lines.of(standing, today),
        "changes": _changes(standing),
        "several_areas": len(standing.areas) > 1,
        "standing": standing,
        "shared": shared(standing.user),
    }
    return render(request, "home/home.html", context)


def _shown(rows: list[Row], today: date) -> list[dict[str, object]]:
    return [{"row": row, "left": row.late_or_left(today)} for row in rows]


def _changes(standing: Standing) -> list[dict[str, object]]:
    names = {area.slug: area.name for area in standing.areas}
    entries = list(AuditEntry.objects.filter(area_slug__in=names)[:CHANGES])
    told = presenters.timeline(entries)
    if len(names) > 1:
        for row, entry in zip(told, entries, strict=True):
            row["by"] = names[entry.area_slug]
    return told


def shared(user: access.Person) -> list[dict[str, object]]:
    """What is shared with a person by name today, each with its address."""
    return [
        {
            "share": share,
            "href": reverse(
                "documents:document", args=[share.content_object.area.slug, address_of(share.content_object)]
            ),
        }
        for share in documents.shared_with(user)
    ]


def _without_office(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    theirs = Appointment.objects.filter(person_id=request.user.pk).select_related("area", "seat__agency")
    held = list(theirs.order_by("during"))
    context = {
        "past": [office for office in held if office.during.upper and office.during.upper <= today],
        "coming": [office for office in held if office.during.lower > today],
        "shared": shared(request.user),
    }
    return render(request, "home/without_office.html", context)
