"""One appointment: what is recorded of it, and what may be done to it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access, loading, marks, presenting, selectors, services
from partnership.areas.forms.appointing import CorrectForm, EndForm, ReasonForm
from partnership.areas.models import Appointment, Area
from partnership.areas.roles import Permission
from partnership.areas.views.acts import Act, Subject, show
from partnership.audit import presenters
from partnership.audit import selectors as audit
from partnership.files import answers
from partnership.web.forms import Form

ONE_DAY = timedelta(days=1)


@require_safe
def appointment(request: Request, area: str, appointment: int) -> HttpResponse:
    """Who holds the office, since when, on what authority, what limits it, and its story."""
    place = loading.area_of(request.user, area, Permission.VIEW_PEOPLE)
    held = _held(place, appointment)
    today = clock.today()
    sees_area = access.can(request.user, Permission.VIEW_AREA, place)
    may_appoint = access.can(request.user, Permission.APPOINT, place) and held.person_id != request.user.pk
    context = {
        "area": place,
        "held": held,
        "shown": presenting.Holder.of(held),
        "is_over": held.during.upper is not None and held.during.upper <= today,
        "is_coming": held.during.lower > today,
        "may_appoint": may_appoint and not held.voided_at,
        "is_own": held.person_id == request.user.pk,
        "sees_instrument": sees_area,
        "story": presenters.timeline(audit.of_target(held)) if sees_area else [],
    }
    return render(request, "areas/appointment.html", context)


@require_safe
def instrument(request: Request, area: str, appointment: int) -> HttpResponse:
    """The decision or letter on file. Whoever sees the area may read it; it opens as a download, never in the page."""
    place = loading.area_of(request.user, area)
    held = _held(place, appointment)
    if held.instrument is None:
        raise Http404
    return answers.download(held.instrument, f"appointment-{held.pk}")


def _end(held: Appointment, area: Area, form: Any, by: Any) -> None:
    found = form.cleaned_data
    services.end_appointment(appointment=held, until=found["last"] + ONE_DAY, because=found["because"], by=by)


def _correct(held: Appointment, area: Area, form: Any, by: Any) -> str | None:
    found = form.cleaned_data
    corrected = services.correct(
        appointment=held,
        job_title=found["job_title"],
        authority=found["authority"],
        instrument=form.stored,
        instrument_name=form.stored_name,
        seen=found["seen"],
        by=by,
    )
    is_same = marks.of_appointment(corrected) == marks.of_appointment(held)
    return "This is what is written already. Nothing was changed." if is_same else None


def _suspend(held: Appointment, area: Area, form: Any, by: Any) -> None:
    services.suspend(appointment=held, reason=form.cleaned_data["reason"], by=by)


def _void(held: Appointment, area: Area, form: Any, by: Any) -> None:
    services.void(appointment=held, reason=form.cleaned_data["reason"], by=by)


def _correct_form(typed: Any, files: Any, held: Appointment) -> Form:
    return CorrectForm(typed, files, initial={**_written(held), "seen": marks.of_appointment(held)})


def _written(held: Appointment) -> dict[str, str]:
    return {"job_title": held.job_title, "authority": held.authority}


def _renew(form: Any, held: Appointment) -> None:
    held.refresh_from_db()
    form.renew(marks.of_appointment(held), _written(held))


def _reason(typed: Any, files: Any, held: Appointment) -> Form:
    return ReasonForm(typed)


ACTS = {
    "end": Act(
        "End this office",
        "Access ends with the last day. A hand-over list is made, and a vacancy is noted if nobody follows.",
        "End the office",
        lambda typed, files, held: EndForm(typed, appointment=held),
        _end,
        "The end of the office is recorded.",
        "last",
    ),
    "correct": Act(
        "Correct what is written",
        "Person, office and days stay as they are. If one of these is wrong, strike the appointment out and record it anew.",
        "Save the correction",
        _correct_form,
        _correct,
        "The correction is saved.",
        "authority",
        renew=_renew,
    ),
    "suspend": Act(
        "Suspend this office",
        "The person loses every right of this office at once, and holds it still. You can lift the suspension.",
        "Suspend the office",
        _reason,
        _suspend,
        "The office is suspended.",
        is_warning=True,
    ),
    "void": Act(
        "Strike out this appointment",
        "For what was recorded in error and never was so. It will count on no day; the record and your reason stay.",
        "Strike it out",
        _reason,
        _void,
        "The appointment is struck out.",
        is_warning=True,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: Request, area: str, appointment: int, act: str) -> HttpResponse:
    """The page of one act on an appointment: end, correct, suspend or strike out."""
    place = loading.area_of(request.user, area, Permission.APPOINT)
    held = _held(place, appointment)
    back = reverse("areas:appointment", args=[place.slug, held.pk])
    subject = Subject(held, f"{held.person.name}, {held.title}", back, "Back to the appointment")
    return show(request, place, ACTS, act, subject)


@require_POST
def lift(request: Request, area: str, appointment: int) -> HttpResponse:
    """Give a suspended office its rights back."""
    place = loading.area_of(request.user, area, Permission.APPOINT)
    held = services.lift_suspension(appointment=_held(place, appointment), by=request.user)
    messages.success(request, f"The suspension of {held.person.name} is lifted.")
    return redirect("areas:appointment", place.slug, held.pk)


def _held(area: Area, pk: int) -> Appointment:
    rows = Appointment.objects.filter(area=area).select_related("person", "area", "seat__agency", "instrument")
    return get_object_or_404(rows.select_related("recorded_by", "suspended_by", "voided_by"), pk=pk)


@require_safe
def changes(request: Request, area: str) -> HttpResponse:
    """Offices that end or begin in the next months, and that ended lately."""
    place = loading.area_of(request.user, area, Permission.VIEW_PEOPLE)
    today = clock.today()
    context = {
        "area": place,
        "ending": [presenting.Holder.of(row) for row in selectors.ending_in(place, today, today + timedelta(days=190))],
        "ended": [
            presenting.Holder.of(row)
            for row in selectors.ending_in(place, today - timedelta(days=190), today - ONE_DAY)
        ],
        "beginning": [presenting.Holder.of(row) for row in selectors.beginning_after(place, today)],
    }
    return render(request, "areas/changes.html", context)
