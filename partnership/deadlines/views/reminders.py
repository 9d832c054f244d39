"""The ladders of an area: who is told when, of each kind of duty, and which steps are switched off here."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access, loading
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.deadlines import ladders as ladders_shown
from partnership.deadlines import policies, selectors, switching
from partnership.deadlines.forms import SwitchOffForm
from partnership.deadlines.models import SwitchedOffStep
from partnership.errors import WrongState
from partnership.guidance.dated import Deadline, DutyRule
from partnership.guidance.rungs import Rung, rungs
from partnership.web.errors import told


@require_safe
def ladders(request: HttpRequest, area: str) -> HttpResponse:
    """Each kind of duty that the area has, with how many of its steps are off."""
    found = loading.area_of(request.user, area)
    off = selectors.switched_off()
    rows = [
        {"key": key, "title": rule.title, "off": len(off.get((found.pk, key), ()))}
        for key, rule in sorted(selectors.rules_of(found).items(), key=lambda pair: pair[1].title)
    ]
    return render(request, "deadlines/ladders.html", {"area": found, "rows": rows})


@require_safe
def ladder(request: HttpRequest, area: str, rule: str) -> HttpResponse:
    """The steps of one kind of duty: when, whom they tell, and whether they are on here."""
    found = loading.area_of(request.user, area)
    asked = _rule(found, rule)
    ever = list(SwitchedOffStep.objects.filter(area=found, rule_key=rule))
    context: dict[str, Any] = {
        "area": found,
        "rule": asked,
        "rows": ladders_shown.of(asked, [row for row in ever if row.ended_at is None]),
        "before": sorted((row for row in ever if row.ended_at), key=lambda row: row.said_at, reverse=True),
        "last_two": policies.LAST_TWO,
        "may_set": access.can(request.user, Permission.SET_OWN_DATES, found),
    }
    return render(request, "deadlines/ladder.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def switch_off(request: Request, area: str, rule: str, rung: str) -> HttpResponse:
    """Switch a step off here, with a reason."""
    found = _area(request, area)
    asked = _rule(found, rule)
    step = _rung(asked, rung)
    policies.check_may_be_off(step)
    form = SwitchOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            switching.switch_off(area=found, rule_key=rule, days=step.days, by=request.user, **form.cleaned_data)
        except WrongState as refusal:
            told(request, refusal)
            form.add_error("reason", refusal.sentence)
        else:
            messages.success(request, "The step is switched off.")
            return redirect("deadlines:ladder", found.slug, rule)
    context = {"area": found, "rule": asked, "step": ladders_shown.row_of(asked, step), "form": form}
    return render(request, "deadlines/switch_off.html", context)


@require_POST
def switch_on(request: Request, area: str, rule: str, rung: str) -> HttpResponse:
    """Switch a step on again. One that is on already stays on."""
    found = _area(request, area)
    step = _rung(_rule(found, rule), rung)
    row = SwitchedOffStep.objects.filter(area=found, rule_key=rule, days=step.days).order_by("-said_at", "-pk").first()
    if row is None:
        raise Http404
    switching.switch_on(step=row, by=request.user)
    messages.success(request, "The step is switched on.")
    return redirect("deadlines:ladder", found.slug, rule)


def _rule(area: Area, key: str) -> Deadline | DutyRule:
    rule = selectors.rules_of(area).get(key)
    if rule is None:
        raise Http404
    return rule


def _rung(rule: Deadline | DutyRule, key: str) -> Rung:
    for rung in rungs(rule):
        if rung.key == key:
            return rung
    raise Http404


def _area(request: Request, slug: str) -> Area:
    found = loading.area_of(request.user, slug)
    access.require(request.user, Permission.SET_OWN_DATES, found)
    return found
