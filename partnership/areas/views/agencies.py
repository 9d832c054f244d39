"""Relevant agencies: named by category, with the reason for choosing them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access, categories, loading, marks, presenting, selectors, services
from partnership.areas.forms.following import ChangedAgencyForm, NewAgencyForm
from partnership.areas.models import Seat
from partnership.areas.roles import Permission
from partnership.errors import Conflict, WrongState

FORM = ["GET", "HEAD", "POST"]


@require_safe
def agencies(request: Request, area: str) -> HttpResponse:
    """Every relevant agency of today, by category."""
    place = loading.area_of(request.user, area, Permission.VIEW_PEOPLE)
    seats = selectors.relevant_agencies(place, clock.today())
    rows = [
        {"seat": seat, "last": presenting.last_day(seat), "category": seat.relevant_agency.category} for seat in seats
    ]
    groups = [
        {"category": category, "rows": [row for row in rows if row["category"] == category.key]}
        for category in categories.known().values()
    ]
    context = {
        "area": place,
        "groups": [group for group in groups if group["rows"]],
        "may_name": access.can(request.user, Permission.NAME_RELEVANT_AGENCIES, place),
    }
    return render(request, "areas/agencies.html", context)


@require_http_methods(FORM)
def name_agency(request: Request, area: str) -> HttpResponse:
    """Name a relevant agency."""
    place = loading.area_of(request.user, area, Permission.NAME_RELEVANT_AGENCIES)
    form, status = NewAgencyForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound and form.is_valid():
        try:
            seat = services.name_by_name(area=place, since=clock.today(), by=request.user, **form.cleaned_data)
        except WrongState as refusal:
            form.add_error("name", refusal.sentence)
            status = 409
        else:
            messages.success(request, f"{seat.agency.name} is named as a relevant agency.")
            return redirect("areas:agencies", place.slug)
    return render(request, "areas/name_agency.html", {"area": place, "form": form}, status=status)


@require_http_methods(FORM)
def change_agency(request: Request, area: str, seat: int) -> HttpResponse:
    """Change what is recorded of a relevant agency."""
    place, status = loading.area_of(request.user, area, Permission.NAME_RELEVANT_AGENCIES), 200
    found = get_object_or_404(selectors.ever_relevant(place), pk=seat)
    if found.during.upper:
        return _ended(request, found)
    start = {**_recorded(found), "seen": marks.of_agency(found)}
    form = ChangedAgencyForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        told = {"area": place, "agency": found.agency, "since": clock.today(), **form.cleaned_data}
        try:
            services.name_relevant_agency(by=request.user, **told)
        except (Conflict, WrongState) as refusal:
            form.add_error("reason", refusal.sentence)
            found.relevant_agency.refresh_from_db()
            form.renew(marks.of_agency(found), _recorded(found))
            status = 409
        else:
            messages.success(request, f"What is recorded of {found.agency.name} is changed.")
            return redirect("areas:agencies", place.slug)
    return render(request, "areas/change_agency.html", {"area": place, "seat": found, "form": form}, status=status)


def _ended(request: Request, seat: Seat) -> HttpResponse:
    """Of an agency whose last day is known: what was recorded, to read. A page sent late is told so."""
    last = presenting.last_day(seat)
    if request.method == "POST":
        messages.info(request, f"{seat.agency.name} is ended as a relevant agency. Nothing was changed.")
        return redirect("areas:change_agency", seat.area.slug, seat.pk)
    context = {
        "area": seat.area,
        "seat": seat,
        "last": last,
        "category": categories.known().get(seat.relevant_agency.category),
    }
    return render(request, "areas/ended_agency.html", context)


def _recorded(seat: Seat) -> dict[str, str]:
    return {name: getattr(seat.relevant_agency, name) for name in marks.AGENCY}


@require_POST
def drop_agency(request: Request, area: str, seat: int) -> HttpResponse:
    """From tomorrow on the agency is not among the relevant ones. Asked again, nothing is left to do."""
    place = loading.area_of(request.user, area, Permission.NAME_RELEVANT_AGENCIES)
    found = get_object_or_404(selectors.ever_relevant(place), pk=seat)
    if found.during.upper:
        last = presenting.last_day(found)
        messages.info(request, f"{found.agency.name} is ended already. Its last day is {last:%-d %B %Y}.")
    else:
        services.drop_relevant_agency(seat=found, today=clock.today(), by=request.user)
        messages.success(request, f"{found.agency.name} is no relevant agency from tomorrow on.")
    return redirect("areas:agencies", place.slug)
