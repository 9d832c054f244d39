"""Pages of funding: the years, one year, and the forms of those who may record it."""

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
from partnership.errors import WrongState
from partnership.funding import forms, presenting, selectors, services
from partnership.funding.lines import Paid, Spent, in_pounds
from partnership.funding.models import Contribution, Spending
from partnership.guidance.financial_years import FinancialYear
from partnership.web.correcting import GONE, Place, corrected, gone, removed
from partnership.web.errors import told
from partnership.web.forms import Form
from partnership.web.years import YearForm, year_at

on_a_form = require_http_methods(["GET", "HEAD", "POST"])


def _area(request: HttpRequest, slug: str, *, to_record: bool = False) -> Area:
    """The area, if this person may see it (404), and record in it where the page is for that (403)."""
    area = loading.area_of(request.user, slug)
    if to_record:
        access.require(request.user, Permission.RECORD_FUNDING, area)
    return area


def _trail(area: Area, *, within: bool = False) -> list[tuple[str, str]]:
    top = [(area.name, reverse("areas:area", args=[area.slug]))]
    return [*top, ("Funding", reverse("funding:years", args=[area.slug]))] if within else top


@require_safe
def years(request: HttpRequest, area: str) -> HttpResponse:
    """The years of an area with their totals; ?year= opens another one."""
    place = _area(request, area)
    form = YearForm(request.GET if "year" in request.GET else None)
    if form.is_valid():
        return redirect("funding:year", place.slug, form.cleaned_data["year"].label)
    context = {
        "area": place,
        "form": form,
        "trail": _trail(place),
        "totals": selectors.year_totals(place),
        "may_record": access.can(request.user, Permission.RECORD_FUNDING, place),
    }
    return render(request, "funding/years.html", context)


@require_safe
def year(request: HttpRequest, area: str, year: str) -> HttpResponse:
    """What was paid and spent in a year, with totals that are computed."""
    place, when = _area(request, area), year_at(year)
    context = {
        "area": place,
        "year": when,
        "trail": _trail(place, within=True),
        "money": presenting.year_of_money(place, when),
        "may_record": access.can(request.user, Permission.RECORD_FUNDING, place),
    }
    return render(request, "funding/year.html", context)


@require_safe
def csv(request: HttpRequest, area: str, year: str) -> HttpResponse:
    """The lines of a year as a file for a spreadsheet."""
    place, when = _area(request, area), year_at(year)
    response = HttpResponse(presenting.as_csv(place, when), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="funding-{place.slug}-{when.label}.csv"'
    return response


def _typed(request: HttpRequest) -> Any:
    """What was sent, even if it is empty; None when the page is opened."""
    return request.POST if request.method == "POST" else None


def _recorded(
    request: HttpRequest,
    form: Form,
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
            done = act(area=place, year=when, by=cast(User, request.user), **form.cleaned_data)
        except WrongState as refusal:
            form.add_error(field, refusal.sentence)
            status = told(request, refusal)
        else:
            messages.success(request, done)
            return redirect("funding:year", place.slug, when.label)
    context = {"area": place, "year": when, "form": form}
    return render(request, f"funding/{page}.html", context, status=status)


@on_a_form
def add_contribution(request: HttpRequest, area: str, year: str) -> HttpResponse:
    """Record who pays, how much and in what kind."""
    place, when = _area(request, area, to_record=True), year_at(year)

    def act(**typed: Any) -> str:
        return f"The contribution of {services.record_contribution(**typed).payer} is recorded."

    form = forms.ContributionForm(_typed(request), area=place, year=when, practice=settings.PRACTICE)
    return _recorded(request, form, place, when, page="add_contribution", field="payer", act=act)


@on_a_form
def add_spending(request: HttpRequest, area: str, year: str) -> HttpResponse:
    """Record a line of what the money was spent on."""
    place, when = _area(request, area, to_record=True), year_at(year)

    def act(**typed: Any) -> str:
        return f"Spending on “{services.record_spending(**typed).label}” is recorded."

    form = forms.SpendingForm(_typed(request), practice=settings.PRACTICE)
    return _recorded(request, form, place, when, page="add_spending", field="label", act=act)


@on_a_form
def check_printed_total(request: HttpRequest, area: str, year: str) -> HttpResponse:
    """Compare a total that was printed with the lines. What is found stays inside the area."""
    place, when = _area(request, area, to_record=True), year_at(year)

    def act(**typed: Any) -> str:
        total = services.check_printed_total(**typed)
        return f"The printed total of {in_pounds(total.printed)} is checked."

    form = forms.PrintedTotalForm(_typed(request))
    return _recorded(request, form, place, when, page="check_printed_total", field="printed", act=act)


def _place(area: Area, year: FinancialYear, heading: str, **more: Any) -> Place:
    back = reverse("funding:year", args=[area.slug, year.label])
    return Place(back, f"Funding {year.label}, {area.name}", heading, {"year": year, **more})


@on_a_form
def correct_contribution(request: HttpRequest, area: str, year: str, contribution: int) -> HttpResponse:
    """Correct a contribution. When somebody else was quicker, both are shown and what was typed stays."""
    at, when = _area(request, area, to_record=True), year_at(year)
    row = get_object_or_404(selectors.contributions(at, when), pk=contribution)

    def act(form: Any) -> str:
        by = cast(User, request.user)
        paid = services.correct_contribution(contribution=row, seen=form.seen, paid=form.typed, by=by)
        return f"The contribution of {paid.payer} is corrected."

    form = forms.ContributionCorrectionForm(_typed(request), row=row)
    remove = reverse("funding:remove_contribution", args=[area, year, row.pk])
    place = _place(at, when, "Correct a contribution", is_invented=row.is_invented, remove=remove)
    return corrected(request, form, place, field="payer", act=act)


@on_a_form
def remove_contribution(request: HttpRequest, area: str, year: str, contribution: int) -> HttpResponse:
    """Take a contribution out of the record, with a reason. A second click finds it gone."""
    at, when = _area(request, area, to_record=True), year_at(year)
    row = selectors.contributions(at, when).filter(pk=contribution).first()
    place = _place(at, when, "Remove a contribution", what=Paid.of(row).in_full() if row else "")
    if row is None:
        return gone(request, Contribution, contribution, at.slug, place.back)

    def act(reason: str) -> str:
        is_new = services.remove_contribution(contribution=row, reason=reason, by=cast(User, request.user))
        return f"The contribution of {row.payer} is removed." if is_new else GONE

    return removed(request, place, act=act)


@on_a_form
def correct_spending(request: HttpRequest, area: str, year: str, spending: int) -> HttpResponse:
    """Correct a line of spending, likewise."""
    at, when = _area(request, area, to_record=True), year_at(year)
    row = get_object_or_404(selectors.spending(at, when), pk=spending)

    def act(form: Any) -> str:
        line = services.correct_spending(line=row, seen=form.seen, spent=form.typed, by=cast(User, request.user))
        return f"Spending on “{line.label}” is corrected."

    form = forms.SpendingCorrectionForm(_typed(request), row=row)
    remove = reverse("funding:remove_spending", args=[area, year, row.pk])
    place = _place(at, when, "Correct spending", is_invented=row.is_invented, remove=remove)
    return corrected(request, form, place, field="label", act=act)


@on_a_form
def remove_spending(request: HttpRequest, area: str, year: str, spending: int) -> HttpResponse:
    """Take a line of spending out of the record, likewise."""
    at, when = _area(request, area, to_record=True), year_at(year)
    row = selectors.spending(at, when).filter(pk=spending).first()
    place = _place(at, when, "Remove spending", what=Spent.of(row).in_full() if row else "")
    if row is None:
        return gone(request, Spending, spending, at.slug, place.back)

    def act(reason: str) -> str:
        is_new = services.remove_spending(line=row, reason=reason, by=cast(User, request.user))
        return f"Spending on “{row.label}” is removed." if is_new else GONE

    return removed(request, place, act=act)
