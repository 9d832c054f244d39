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
from partnership.errors import Conflict, WrongState
from partnership.funding import forms, presenting, selectors, services
from partnership.funding.models import Contribution
from partnership.guidance.financial_years import FinancialYear
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
        return f"The printed total of {selectors.in_pounds(total.printed)} is checked."

    form = forms.PrintedTotalForm(_typed(request))
    return _recorded(request, form, place, when, page="check_printed_total", field="printed", act=act)


@on_a_form
def correct_contribution(request: HttpRequest, area: str, year: str, contribution: int) -> HttpResponse:
    """Correct an amount. When somebody else was quicker, both amounts are shown and what was typed stays."""
    place, when = _area(request, area, to_record=True), year_at(year)
    paid = get_object_or_404(selectors.contributions(place, when), pk=contribution)
    now = {"amount": paid.amount, "note": paid.note, "seen": paid.amount, "seen_note": paid.note}
    form = forms.CorrectionForm(_typed(request), kind=paid.kind, initial=now)
    context = {"area": place, "year": when, "form": form, "contribution": paid}
    status = 200
    if form.is_valid():
        try:
            services.correct_contribution(contribution=paid, by=cast(User, request.user), **form.cleaned_data)
        except Conflict as refusal:
            status = told(request, refusal)
            paid.refresh_from_db()
            context |= _clash(request, form, paid, refusal.sentence)
        except WrongState as refusal:
            status = told(request, refusal)
            form.add_error("amount", refusal.sentence)
        else:
            messages.success(request, f"The contribution of {paid.payer} is corrected.")
            return redirect("funding:year", place.slug, when.label)
    context["before"] = selectors.in_pounds(paid.amount)
    return render(request, "funding/correct_contribution.html", context, status=status)


def _clash(request: HttpRequest, form: Form, paid: Contribution, sentence: str) -> dict[str, Any]:
    """Both amounts, and a form with the same words that knows the other's: to send it again is on purpose."""
    typed = request.POST.copy()
    typed["seen"] = "" if paid.amount is None else str(paid.amount)
    typed["seen_note"] = paid.note
    return {
        "clash": sentence,
        "yours": selectors.in_pounds(form.cleaned_data["amount"]),
        "your_note": form.cleaned_data["note"],
        "form": forms.CorrectionForm(typed, kind=paid.kind),
    }
