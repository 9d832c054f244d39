"""The record of the scrutineers' independence."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access, loading, marks, presenting, selectors, services
from partnership.areas.forms.following import ContractForm, DeclarationForm
from partnership.areas.models import Appointment, Area
from partnership.areas.roles import Office, Permission
from partnership.errors import Conflict

FORM = ["GET", "HEAD", "POST"]


@require_safe
def independence(request: Request, area: str) -> HttpResponse:
    """Term, contract, days and fee, interests, earlier work and review of everybody who scrutinises the area."""
    place = loading.area_of(request.user, area)
    rows = [
        {
            "held": held,
            "shown": presenting.Holder.of(held),
            "record": next(iter(held.independence.all()), None),
            "story": presenting.independence_story(list(held.independence.all())),
            "is_own": held.person_id == request.user.pk,
        }
        for held in selectors.ever(place, Office.SCRUTINEER)
    ]
    context = {"area": place, "rows": rows, "may_record": access.can(request.user, Permission.APPOINT, place)}
    return render(request, "areas/independence.html", context)


@require_http_methods(FORM)
def contract(request: Request, area: str, appointment: int) -> HttpResponse:
    """Record the contract of a scrutineer."""
    place, status = loading.area_of(request.user, area, Permission.APPOINT), 200
    held = _scrutineer(place, appointment)
    start = {**_contract(held), "seen": marks.of_contract(held)}
    form = ContractForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        try:
            services.record_contract(appointment=held, by=request.user, **form.cleaned_data)
        except Conflict as refusal:
            form.add_error("contract", refusal.sentence)
            form.renew(marks.of_contract(held), _contract(held))
            status = 409
        else:
            messages.success(request, f"The contract of {held.person.name} is recorded.")
            return redirect("areas:independence", place.slug)
    return render(request, "areas/contract.html", {"area": place, "held": held, "form": form}, status=status)


def _contract(held: Appointment) -> dict[str, Any]:
    last = held.independence.order_by("-recorded_at", "-pk").first()
    return {name: getattr(last, name, None) for name in marks.CONTRACT}


@require_http_methods(FORM)
def declare(request: Request, area: str, appointment: int) -> HttpResponse:
    """The scrutineer's own declaration of interests."""
    place = loading.area_of(request.user, area, Permission.DECLARE_INTERESTS)
    held = _scrutineer(place, appointment)
    last = held.independence.first()
    start = {"interests": last.interests, "earlier_work": last.earlier_work} if last else {}
    form = DeclarationForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        services.declare_interests(appointment=held, by=request.user, **form.cleaned_data)
        messages.success(request, "Your declaration is recorded with today's date.")
        return redirect("areas:independence", place.slug)
    return render(request, "areas/declare.html", {"area": place, "held": held, "form": form})


def _scrutineer(place: Area, pk: int) -> Appointment:
    return get_object_or_404(selectors.ever(place, Office.SCRUTINEER), pk=pk)
