"""What an area has agreed to do on days of its own: the list, adding to it, ending one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access, loading
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.deadlines import selectors, services
from partnership.deadlines.forms import CycleForm
from partnership.deadlines.models import LocalCycle
from partnership.errors import WrongState
from partnership.web.errors import told


@require_safe
def cycles(request: HttpRequest, area: str) -> HttpResponse:
    """What was agreed locally, and what has ended."""
    found = loading.area_of(request.user, area)
    rules, rows = selectors.local_rules(), list(LocalCycle.objects.filter(area=found))
    context: dict[str, Any] = {
        "area": found,
        "running": [(row, rules[row.rule_key]) for row in rows if row.ended_at is None],
        "ended": [(row, rules[row.rule_key]) for row in rows if row.ended_at],
        "may_set": access.can(request.user, Permission.SET_OWN_DATES, found),
    }
    return render(request, "deadlines/cycles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request, area: str) -> HttpResponse:
    """Put on record what was agreed."""
    found = _area(request, area)
    form = CycleForm(request.POST if request.method == "POST" else None, today=clock.today())
    if form.is_bound and form.is_valid():
        try:
            services.agree_cycle(area=found, by=request.user, **form.cleaned_data)
        except WrongState as refusal:
            told(request, refusal)
            form.add_error("title", refusal.sentence)
        else:
            messages.success(request, "It is on record, and its first date is among the duties.")
            return redirect("deadlines:cycles", found.slug)
    return render(request, "deadlines/add_cycle.html", {"area": found, "form": form})


@require_POST
def end(request: Request, area: str, cycle: int) -> HttpResponse:
    """End what was agreed: nothing more falls due."""
    found = _area(request, area)
    row = get_object_or_404(LocalCycle, area=found, pk=cycle)
    services.end_cycle(cycle=row, by=request.user)
    messages.success(request, f"“{row.title}” has ended. What was done stays on record.")
    return redirect("deadlines:cycles", found.slug)


def _area(request: Request, slug: str) -> Area:
    found = loading.area_of(request.user, slug)
    access.require(request.user, Permission.SET_OWN_DATES, found)
    return found
