"""The pages of case reviews: the list, one case, recording and correcting a day, from what each clock is counted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access, loading
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.case_reviews import presenting, rules, selectors, services
from partnership.case_reviews.forms import CorrectionForm, OpenForm, StartForm, StepForm
from partnership.case_reviews.models import CaseReview, Step, Why
from partnership.deadlines import selectors as duties
from partnership.deadlines.models import Duty
from partnership.errors import WrongState
from partnership.web.errors import told
from partnership.web.forms import Form
from partnership.web.pagination import page_of

FORM = ["GET", "HEAD", "POST"]
RIGHT = Permission.RECORD_CASE_CLOCKS


@require_safe
def cases(request: Request, area: str) -> HttpResponse:
    """Every case review of the area, the newest first, with its next date."""
    found = loading.area_of(request.user, area)
    page = page_of(selectors.of_area(found), request)
    owed: dict[str, list[Duty]] = {}
    for duty in duties.open_duties().filter(area=found, rule_key__in=rules.CLOCKS):
        owed.setdefault(duty.period_label.partition("-")[0], []).append(duty)
    rows = [(case, presenting.standing(case, owed, clock.today())) for case in page]
    context = {"area": found, "page": page, "rows": rows, "may_record": access.can(request.user, RIGHT, found)}
    return render(request, "case_reviews/cases.html", context)


@require_safe
def case(request: Request, area: str, case: int) -> HttpResponse:
    """One case: its days, its clocks, and what was corrected."""
    found = _case(request, area, case)
    context = {
        "area": found.area,
        "case": found,
        "steps": presenting.steps(found),
        "clocks": presenting.clocks(found, clock.today()),
        "may_record": access.can(request.user, RIGHT, found.area),
    }
    return render(request, "case_reviews/case.html", context)


@require_http_methods(FORM)
def open_case(request: Request, area: str) -> HttpResponse:
    """Open a case by the first day that is known of it."""
    found = _area(request, area)
    form = OpenForm(_sent(request), today=clock.today())
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        if row := _tried(request, form, lambda: services.open_case(
            area=found, step=Step(said["step"]), on=said["on"], once=said["once"], by=request.user
        )):  # fmt: skip
            messages.success(
                request, f"It is on record as {row.reference}. Use this reference wherever you write of it."
            )
            return redirect("case_reviews:case", found.slug, row.pk)
    return render(request, "case_reviews/open.html", {"area": found, "form": form})


@require_http_methods(FORM)
def record(request: Request, area: str, case: int) -> HttpResponse:
    """Record the next step of a case."""
    found = _case(request, area, case, RIGHT)
    form = StepForm(_sent(request), case=found, today=clock.today())
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        if _tried(request, form, lambda: services.record_step(
            case=found, step=Step(said["step"]), on=said["on"], by=request.user
        )):  # fmt: skip
            messages.success(request, "It is on record.")
            return redirect("case_reviews:case", area, found.pk)
    return render(request, "case_reviews/record.html", {"area": found.area, "case": found, "form": form})


@require_http_methods(FORM)
def correct(request: Request, area: str, case: int, step: str) -> HttpResponse:
    """Correct the day of a step, or say that it did not happen."""
    found = _case(request, area, case, RIGHT)
    row = selectors.taken(found).get(step)
    if row is None:
        raise Http404
    form = CorrectionForm(_sent(request), today=clock.today())
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        if _tried(request, form, lambda: services.correct_step(
            case=found, step=Step(step), on=said["on"], why=Why(said["why"]), by=request.user
        )):  # fmt: skip
            messages.success(request, "It is corrected. What was on record before stays beside it.")
            return redirect("case_reviews:case", area, found.pk)
    context = {"area": found.area, "case": found, "row": row, "form": form}
    return render(request, "case_reviews/correct.html", context)


@require_http_methods(FORM)
def clocks(request: Request, area: str) -> HttpResponse:
    """From which event the area counts each clock."""
    found = _area(request, area)
    titles = {key: rules.rule(key, clock.today())[1].title for key in rules.CLOCKS}
    form = StartForm(_sent(request), starts=selectors.starts(found), titles=titles)
    if form.is_bound and form.is_valid():
        for key, step in form.cleaned_data.items():
            services.count_from(area=found, rule_key=key, step=step, by=request.user)
        messages.success(request, "It holds for clocks that begin from now on.")
        return redirect("case_reviews:cases", found.slug)
    shown = [rules.rule(key, clock.today())[1] for key in rules.CLOCKS]
    return render(request, "case_reviews/clocks.html", {"area": found, "form": form, "rules": shown})


def _tried(request: Request, form: Form, act: Any) -> Any:
    """What the act gives; None where a rule refuses, which is then said at the day."""
    try:
        return act()
    except WrongState as refusal:
        told(request, refusal)
        form.add_error("on", refusal.sentence)
        return None


def _area(request: Request, slug: str) -> Area:
    found = loading.area_of(request.user, slug)
    access.require(request.user, RIGHT, found)
    return found


def _case(request: Request, area: str, pk: int, right: Permission | None = None) -> CaseReview:
    found = loading.area_of(request.user, area)
    if right:
        access.require(request.user, right, found)
    rows = CaseReview.objects.filter(area=found).select_related("area").prefetch_related("steps")
    return get_object_or_404(rows, pk=pk)


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
