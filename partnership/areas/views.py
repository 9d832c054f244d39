"""The register of an area's offices on any day, and the story of the area."""

from datetime import date, timedelta

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnership import clock
from partnership.areas import access, selectors
from partnership.areas.forms import OnDay
from partnership.areas.models import Appointment, Area
from partnership.areas.roles import OFFICES
from partnership.audit import presenters
from partnership.audit import selectors as audit
from partnership.audit.models import AuditEntry
from partnership.web.pagination import page_of


@require_safe
def people(request: HttpRequest, area: str) -> HttpResponse:
    """Who holds which office of the area on a day; today unless the address names another."""
    found = _area(request, area)
    today = clock.today()
    asked = OnDay.of(request.GET)
    given = asked.cleaned_data["on"] if asked and asked.is_valid() else None
    on = given or today
    rows = selectors.register(found, on)
    context = {
        "area": found,
        "on": on,
        "is_today": on == today,
        "form": asked if asked and (asked.errors or given) else OnDay(initial={"on": today}),
        "seats": [_seat(row) for row in rows if "seat" in row],
        "offices": [_office(row) for row in rows if "office" in row],
        "described": [(office.label, description.sentence) for office, description in OFFICES.items()],
    }
    return render(request, "areas/people.html", context)


@require_safe
def timeline(request: HttpRequest, area: str) -> HttpResponse:
    """Everything that was done in the area, newest first, as sentences; of one thing if ?about= names it."""
    found = _area(request, area)
    about = request.GET.get("about", "")
    entries = audit.of_area(found.slug)
    told_of = _subjects(found)
    if about in told_of:
        entries = entries.filter(subject=about)
    page: Page[AuditEntry] = page_of(entries, request)
    context = {
        "area": found,
        "page": page,
        "entries": presenters.timeline(page.object_list),
        "subjects": told_of,
        "about": about if about in told_of else "",
    }
    return render(request, "areas/timeline.html", context)


def _area(request: HttpRequest, slug: str) -> Area:
    return get_object_or_404(access.areas_for(request.user), slug=slug)


def _subjects(area: Area) -> dict[str, str]:
    """What the story can be narrowed to: each document that it tells of, by the title in its entries."""
    rows = audit.of_area(area.slug).filter(subject__startswith="document:", data__has_key="title")
    titles = rows.order_by("subject", "-id").distinct("subject").values_list("subject", "data__title")
    return dict(sorted(titles, key=lambda row: row[1], reverse=True))


def _seat(row: dict[str, object]) -> dict[str, object]:
    return {**row, "lead": [_held(who) for who in row["lead"]], "deputy": [_held(who) for who in row["deputy"]]}  # type: ignore[attr-defined]


def _office(row: dict[str, object]) -> dict[str, object]:
    return {**row, "holders": [_held(who) for who in row["holders"]]}  # type: ignore[attr-defined]


def _held(appointment: Appointment) -> dict[str, object]:
    """An office as somebody reads it: with its last day, not with the first day out of it."""
    upper: date | None = appointment.during.upper
    return {
        "name": appointment.person.name,
        "is_invented": appointment.person.is_invented,
        "job_title": appointment.job_title,
        "basis": appointment.get_basis_display() if appointment.basis != "substantive" else "",
        "since": appointment.during.lower,
        "until": upper - timedelta(days=1) if upper else None,
        "authority": appointment.authority,
    }
