"""The duties of an area: a list, each by itself, and a calendar file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnership import clock
from partnership.areas import access, loading
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.deadlines import feed, history, presenting, selectors
from partnership.deadlines.models import Duty
from partnership.documents.kinds import address_of
from partnership.guidance import dates, loader
from partnership.guidance.dated import DutyRule


@require_safe
def duties(request: HttpRequest, area: str) -> HttpResponse:
    """Open duties by their date, then those that were met, newest first, then what lapsed."""
    found = _area(request, area)
    rows = list(selectors.of_area(found))
    context = {
        "area": found,
        "open": [_row(duty) for duty in rows if duty.is_open],
        "met": [_row(duty) for duty in reversed(rows) if duty.closed_at],
        "lapsed": [_row(duty) for duty in reversed(rows) if duty.lapsed_at],
    }
    return render(request, "deadlines/duties.html", context)


@require_safe
def duty(request: HttpRequest, area: str, duty: int) -> HttpResponse:
    """One duty: its date, its facts, the plan that leads to it, and everything that happened to it."""
    found = _area(request, area)
    whole = ("reminders__notices__mail", "reminders__notices__digest__mail", "area__lead_meetings")
    shown = get_object_or_404(selectors.of_area(found).prefetch_related(*whole), pk=duty)
    rule = selectors.rule_of(shown)
    context = {
        "area": found,
        "row": _row(shown),
        "rule": rule,
        "edition": loader.edition(shown.edition_key),
        "plan": presenting.plan(shown),
        "about_meetings": presenting.plan_of(shown).about_meetings,
        "slack": presenting.slack(shown, clock.today()),
        "backstop": presenting.backstop(shown),
        "history": history.of(shown),
        "target": selectors.target_of(shown),
        "hold": selectors.hold_of(shown),
        "late_statement": selectors.late_statement(shown),
        **_acts(request, shown, rule),
    }
    return render(request, "deadlines/duty.html", context)


def _acts(request: HttpRequest, duty: Duty, rule: Any) -> dict[str, bool]:
    """What this person may do to it now."""
    may_set = duty.is_open and access.can(request.user, Permission.SET_OWN_DATES, duty.area)
    is_late = duty.is_open and duty.due_on < clock.today()
    may_explain = is_late and duty.rule_key in selectors.rule_keys(public=True)
    return {
        "may_set": may_set,
        "may_record": may_set and isinstance(rule, DutyRule) and "day_agreed" in rule.events,
        "may_explain": may_explain and access.can(request.user, Permission.EXPLAIN_LATENESS, duty.area),
    }


@require_safe
def calendar(request: HttpRequest, area: str) -> HttpResponse:
    """The dates of the area's duties as a calendar file."""
    found = _area(request, area)
    book = feed.calendar_of(selectors.with_plan(selectors.of_area(found)), f"Duties, {found.name}")
    response = HttpResponse(book, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-duties.ics"'
    return response


def _area(request: HttpRequest, slug: str) -> Area:
    return loading.area_of(request.user, slug)


def _row(duty: Duty) -> dict[str, object]:
    today = clock.today()
    document, rule = duty.document, selectors.rule_of(duty)
    return {
        "duty": duty,
        "name": presenting.name(duty),
        "standing": presenting.standing(duty, today),
        "passed_on": presenting.passed_on(duty),
        "is_late": presenting.is_late(duty, today),
        "facts": selectors.fact_rows(duty),
        "takes_document": bool(rule.document),
        "moved_from": duty.first_due_on if duty.due_on != duty.first_due_on else None,
        "document_href": reverse("documents:document", args=[duty.area.slug, address_of(document)]) if document else "",
        "weekend": dates.on_no_working_day(duty.due_on),
    }
