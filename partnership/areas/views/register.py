"""The register of an area's offices on any day, and the story of the area."""

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership import clock
from partnership.areas import access, loading, presenting, selectors
from partnership.areas.forms.day import OnDay
from partnership.areas.models import Area
from partnership.areas.roles import OFFICES, Office, Permission
from partnership.audit import presenters
from partnership.audit import selectors as audit
from partnership.audit.models import AuditEntry
from partnership.web.pagination import page_of


@require_safe
def people(request: HttpRequest, area: str) -> HttpResponse:
    """Who holds which office of the area on a day; today unless the address names another. Of no day, nobody."""
    found = loading.area_of(request.user, area, Permission.VIEW_PEOPLE)
    today = clock.today()
    asked = OnDay.of(request.GET)
    if asked and not asked.is_valid():
        return render(request, "areas/people_of_no_day.html", {"area": found, "form": asked})
    given = asked.cleaned_data["on"] if asked else None
    on = given or today
    context = {
        "area": found,
        "on": on,
        "is_today": on == today,
        "form": asked if given else OnDay(initial={"on": today}),
        "register": presenting.register(selectors.register(found, on)),
        "described": [(office.label, description.sentence) for office, description in OFFICES.items()],
        **may(request, found),
        "vacancies": selectors.open_vacancies(found) if on == today else [],
    }
    return render(request, "areas/people.html", context)


@require_safe
def timeline(request: HttpRequest, area: str) -> HttpResponse:
    """Everything that was done in the area, newest first, as sentences; of one thing if ?about= names it."""
    found = loading.area_of(request.user, area)
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


def _subjects(area: Area) -> dict[str, str]:
    """What the story can be narrowed to: each document that it tells of, by the title in its entries."""
    rows = audit.of_area(area.slug).filter(subject__startswith="document:", data__has_key="title")
    titles = rows.order_by("subject", "-id").distinct("subject").values_list("subject", "data__title")
    return dict(sorted(titles, key=lambda row: row[1], reverse=True))


def may(request: HttpRequest, area: Area) -> dict[str, bool]:
    """What the person may do here, in one look at their offices."""
    offices = access.offices_of(request.user, area).values_list("office", flat=True)
    held = {permission for office in offices for permission in OFFICES[Office(office)].permissions}
    return {
        "may_appoint": Permission.APPOINT in held,
        "may_name": Permission.NAME_RELEVANT_AGENCIES in held,
        "sees_area": Permission.VIEW_AREA in held,
        "may_confirm_reset": Permission.CONFIRM_FACTOR_RESET in held,
    }
