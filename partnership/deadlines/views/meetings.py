"""Meetings of the lead partners: the list, putting one on record after the other, calling one off."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access, loading
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.deadlines import meetings as services
from partnership.deadlines import policies, selectors
from partnership.deadlines.forms import CallOffForm, MeetingForm
from partnership.errors import WrongState
from partnership.web.errors import told

FORM = ["GET", "HEAD", "POST"]


@require_safe
def meetings(request: HttpRequest, area: str) -> HttpResponse:
    """When the lead partners meet, when they met, and what was called off."""
    found, today = loading.area_of(request.user, area), clock.today()
    rows = list(selectors.meetings_of(found))
    context: dict[str, Any] = {
        "area": found,
        "coming": [row for row in rows if row.is_on and row.on >= today],
        "past": [row for row in reversed(rows) if row.is_on and row.on < today],
        "called_off": [row for row in reversed(rows) if not row.is_on],
        "may_set": access.can(request.user, Permission.SET_OWN_DATES, found),
    }
    return render(request, "deadlines/meetings.html", context)


@require_http_methods(FORM)
def add(request: Request, area: str) -> HttpResponse:
    """Put a meeting on record; the form comes back empty for the next one, with the name of the last."""
    found, today = _area(request, area), clock.today()
    rows = selectors.meetings_of(found)
    last = rows.order_by("-said_at", "-pk").first()
    start = {"called": last.called if last else ""}
    form = MeetingForm(request.POST if request.method == "POST" else None, today=today, initial=start)
    if form.is_bound and form.is_valid():
        try:
            row = services.record_meeting(area=found, by=request.user, **form.cleaned_data)
        except WrongState as refusal:
            told(request, refusal)
            form.add_error("called", refusal.sentence)
        else:
            on = f"{row.on:%-d %B %Y}"
            messages.success(request, f"The meeting on {on} is on record. Enter the next one, or go back to the list.")
            return redirect("deadlines:add_meeting", found.slug)
    coming = rows.filter(off_at=None, on__gte=today)
    return render(request, "deadlines/add_meeting.html", {"area": found, "form": form, "coming": coming})


@require_http_methods(FORM)
def call_off(request: Request, area: str, meeting: int) -> HttpResponse:
    """Say that a meeting does not take place, and why."""
    found = _area(request, area)
    row = get_object_or_404(selectors.meetings_of(found), pk=meeting)
    policies.check_not_called_off(row)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            services.call_off_meeting(meeting=row, by=request.user, **form.cleaned_data)
        except WrongState as refusal:
            told(request, refusal)
            form.add_error("reason", refusal.sentence)
        else:
            messages.success(request, f"The meeting on {row.on:%-d %B %Y} is called off. The plans follow the others.")
            return redirect("deadlines:meetings", found.slug)
    return render(request, "deadlines/call_off.html", {"area": found, "meeting": row, "form": form})


def _area(request: Request, slug: str) -> Area:
    found = loading.area_of(request.user, slug)
    access.require(request.user, Permission.SET_OWN_DATES, found)
    return found
