"""Pages of counts and attendance: the years, one year, and the forms of those who may record them."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.models import User
from partnership.areas import access, loading
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.counts import forms, presenting, selectors, services
from partnership.counts.kinds import STANDARD, Came
from partnership.counts.models import Attendance, Count
from partnership.errors import WrongState
from partnership.guidance.financial_years import FinancialYear
from partnership.web.correcting import GONE, Place, corrected, gone, removed
from partnership.web.errors import told
from partnership.web.years import YearForm, year_at

on_a_form = require_http_methods(["GET", "HEAD", "POST"])


def _area(request: HttpRequest, slug: str, *, to_record: bool = False) -> Area:
    """The area, if this person may see it (404), and record in it where the page is for that (403)."""
    area = loading.area_of(request.user, slug)
    if to_record:
        access.require(request.user, Permission.RECORD_COUNTS, area)
    return area


def _trail(area: Area, *, within: bool = False) -> list[tuple[str, str]]:
    top = [(area.name, reverse("areas:area", args=[area.slug]))]
    return [*top, ("Counts and attendance", reverse("counts:years", args=[area.slug]))] if within else top


@require_safe
def years(request: HttpRequest, area: str) -> HttpResponse:
    """The years of an area with how much is recorded; ?year= opens another one."""
    place = _area(request, area)
    form = YearForm(request.GET if "year" in request.GET else None)
    if form.is_valid():
        return redirect("counts:year", place.slug, form.cleaned_data["year"].label)
    context = {
        "area": place,
        "form": form,
        "trail": _trail(place),
        "years": selectors.years(place),
        "may_record": access.can(request.user, Permission.RECORD_COUNTS, place),
    }
    return render(request, "counts/years.html", context)


@require_safe
def year(request: HttpRequest, area: str, year: str) -> HttpResponse:
    """What was counted in a year and who came, each with its day and its source."""
    place, when = _area(request, area), year_at(year)
    context = {
        "area": place,
        "year": when,
        "trail": _trail(place, within=True),
        "shown": presenting.year_of_counts(place, when),
        "think": forms.THINK,
        "of_meetings": selectors.OF_MEETINGS,
        "may_record": access.can(request.user, Permission.RECORD_COUNTS, place),
    }
    return render(request, "counts/year.html", context)


@require_safe
def csv(request: HttpRequest, area: str, year: str) -> HttpResponse:
    """The lines of a year as a file for a spreadsheet."""
    place, when = _area(request, area), year_at(year)
    response = HttpResponse(presenting.as_csv(place, when), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="counts-{place.slug}-{when.label}.csv"'
    return response


def _typed(request: HttpRequest) -> Any:
    """What was sent, even if it is empty; None when the page is opened."""
    return request.POST if request.method == "POST" else None


@on_a_form
def add_count(request: HttpRequest, area: str, year: str) -> HttpResponse:
    """Record one number of the year."""
    place, when = _area(request, area, to_record=True), year_at(year)

    def act(**typed: Any) -> str:
        return f"“{services.record_count(**typed).label}” is recorded."

    form = forms.CountForm(_typed(request), year=when, practice=settings.PRACTICE)
    return _recorded(request, form, place, when, page="add_count", field="key", act=act)


@on_a_form
def add_attendance(request: HttpRequest, area: str, year: str) -> HttpResponse:
    """Record how often one agency came."""
    place, when = _area(request, area, to_record=True), year_at(year)

    def act(**typed: Any) -> str:
        return f"The attendance of {services.record_attendance(**typed).agency.name} is recorded."

    form = forms.AttendanceForm(_typed(request), area=place, year=when, practice=settings.PRACTICE)
    return _recorded(request, form, place, when, page="add_attendance", field="agency", act=act)


def _recorded(
    request: HttpRequest,
    form: forms.CountForm | forms.AttendanceForm,
    place: Area,
    when: FinancialYear,
    *,
    page: str,
    field: str,
    act: Callable[..., str],
) -> HttpResponse:
    """Show a form, or act on it: `act` gives the sentence of success, and what it refuses is said at `field`."""
    status = 200
    if form.is_valid():
        try:
            done = act(area=place, year=when, by=cast(User, request.user), **form.recorded)
        except WrongState as refusal:
            form.add_error(field, refusal.sentence)
            status = told(request, refusal)
        else:
            messages.success(request, done)
            return redirect("counts:year", place.slug, when.label)
    context = {"area": place, "year": when, "form": form}
    return render(request, f"counts/{page}.html", context, status=status)


def _place(area: Area, year: FinancialYear, heading: str, **more: Any) -> Place:
    back = reverse("counts:year", args=[area.slug, year.label])
    return Place(back, f"Counts and attendance {year.label}, {area.name}", heading, {"year": year, **more})


@on_a_form
def correct_count(request: HttpRequest, area: str, year: str, count: int) -> HttpResponse:
    """Correct a count. When somebody else was quicker, both are shown and what was typed stays."""
    at, when = _area(request, area, to_record=True), year_at(year)
    row = get_object_or_404(selectors.counts(at, when), pk=count)

    def act(form: Any) -> str:
        by = cast(User, request.user)
        return f"“{services.correct_count(count=row, seen=form.seen, counted=form.typed, by=by).label}” is corrected."

    form = forms.CountCorrectionForm(_typed(request), row=row)
    more = {"remove": reverse("counts:remove_count", args=[area, year, row.pk]), "is_invented": row.is_invented}
    named = {"name": row.label} if row.key in STANDARD else {}
    place = _place(at, when, "Correct a count", **more, **named)
    return corrected(request, form, place, field="value" if named else "label", act=act)


@on_a_form
def remove_count(request: HttpRequest, area: str, year: str, count: int) -> HttpResponse:
    """Take a count out of the record, with a reason. A second click finds it gone."""
    at, when = _area(request, area, to_record=True), year_at(year)
    row = selectors.counts(at, when).filter(pk=count).first()
    place = _place(at, when, "Remove a count", what=f"“{row.label}”: {row.figure.in_full(row.unit)}" if row else "")
    if row is None:
        return gone(request, Count, count, at.slug, place.back)

    def act(reason: str) -> str:
        is_new = services.remove_count(count=row, reason=reason, by=cast(User, request.user))
        return f"“{row.label}” is removed." if is_new else GONE

    return removed(request, place, act=act)


@on_a_form
def correct_attendance(request: HttpRequest, area: str, year: str, attendance: int) -> HttpResponse:
    """Correct the attendance of one agency, likewise."""
    at, when = _area(request, area, to_record=True), year_at(year)
    row = get_object_or_404(selectors.attendance(at, when), pk=attendance)

    def act(form: Any) -> str:
        by = cast(User, request.user)
        came = services.correct_attendance(attendance=row, seen=form.seen, came=form.typed, by=by)
        return f"The attendance of {came.agency.name} is corrected."

    form = forms.AttendanceCorrectionForm(_typed(request), row=row)
    remove = reverse("counts:remove_attendance", args=[area, year, row.pk])
    place = _place(at, when, "Correct attendance", is_invented=row.is_invented, remove=remove)
    return corrected(request, form, place, field="agency", act=act)


@on_a_form
def remove_attendance(request: HttpRequest, area: str, year: str, attendance: int) -> HttpResponse:
    """Take the attendance of one agency out of the record, likewise."""
    at, when = _area(request, area, to_record=True), year_at(year)
    row = selectors.attendance(at, when).filter(pk=attendance).first()
    place = _place(at, when, "Remove attendance", what=Came.of(row).in_full() if row else "")
    if row is None:
        return gone(request, Attendance, attendance, at.slug, place.back)

    def act(reason: str) -> str:
        is_new = services.remove_attendance(attendance=row, reason=reason, by=cast(User, request.user))
        return f"The attendance of {row.agency.name} is removed." if is_new else GONE

    return removed(request, place, act=act)
