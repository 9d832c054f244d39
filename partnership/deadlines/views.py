"""The duties of an area: a list, each by itself, and a calendar file."""

from datetime import timedelta

import icalendar
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnership import clock
from partnership.areas import loading
from partnership.areas.models import Area
from partnership.deadlines import presenting, selectors
from partnership.deadlines.models import Duty
from partnership.documents.kinds import address_of
from partnership.guidance import loader


@require_safe
def duties(request: HttpRequest, area: str) -> HttpResponse:
    """Open duties by their date, then those that were met, newest first."""
    found = _area(request, area)
    found_duties = list(selectors.of_area(found))
    context = {
        "area": found,
        "open": [_row(duty) for duty in found_duties if duty.closed_at is None],
        "met": [_row(duty) for duty in reversed(found_duties) if duty.closed_at],
    }
    return render(request, "deadlines/duties.html", context)


@require_safe
def duty(request: HttpRequest, area: str, duty: int) -> HttpResponse:
    """One duty: its date, its facts, the plan that leads to it, and the reminders that went out."""
    found = _area(request, area)
    shown = get_object_or_404(selectors.of_area(found).prefetch_related("reminders"), pk=duty)
    rule = loader.edition(shown.edition_key).deadline(shown.rule_key)
    context = {
        "area": found,
        "row": _row(shown),
        "rule": rule,
        "edition": loader.edition(shown.edition_key),
        "plan": presenting.plan(shown),
        "today": clock.today(),
        "reminders": [(reminder, shown.due_on + timedelta(days=reminder.days)) for reminder in shown.reminders.all()],
    }
    return render(request, "deadlines/duty.html", context)


@require_safe
def calendar(request: HttpRequest, area: str) -> HttpResponse:
    """The dates of the area's duties as a calendar file."""
    found = _area(request, area)
    book = icalendar.Calendar()
    book.add("prodid", f"-//{settings.SERVICE_NAME}//Duties//EN")
    book.add("version", "2.0")
    book.add("x-wr-calname", f"Duties, {found.name}")
    for shown in selectors.of_area(found):
        book.add_component(_event(shown))
    response = HttpResponse(book.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-duties.ics"'
    return response


def _area(request: HttpRequest, slug: str) -> Area:
    return loading.area_of(request.user, slug)


def _row(duty: Duty) -> dict[str, object]:
    today = clock.today()
    document = duty.document
    return {
        "duty": duty,
        "name": presenting.name(duty),
        "standing": presenting.standing(duty, today),
        "passed_on": presenting.passed_on(duty),
        "is_late": presenting.is_late(duty, today),
        "facts": selectors.fact_rows(duty),
        "document_href": reverse("documents:document", args=[duty.area.slug, address_of(document)]) if document else "",
    }


def _event(duty: Duty) -> icalendar.Event:
    where = settings.PUBLIC_ADDRESS + reverse("deadlines:duty", args=[duty.area.slug, duty.pk])
    facts = "; ".join(str(row["label"]) for row in selectors.fact_rows(duty))
    event = icalendar.Event()
    event.add("uid", f"duty-{duty.pk}@{duty.area.slug}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", duty.due_on)
    event.add("dtend", duty.due_on + timedelta(days=1))
    event.add("summary", f"{duty.area.name}: {duty.title}")
    event.add("description", f"Met when all of these are recorded: {facts}. {where}")
    event.add("url", where)
    event.add("transp", "TRANSPARENT")
    return event
