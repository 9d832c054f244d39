"""Recording an appointment: first the office, then the questions that belong to it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import loading, services
from partnership.areas.forms.appointing import AppointForm, OfficeForm, described
from partnership.areas.roles import APPOINTABLE, OFFICES, Office, Permission
from partnership.errors import Conflict, WrongState


@require_safe
def appoint(request: Request, area: str) -> HttpResponse:
    """Choose the office."""
    place = loading.area_of(request.user, area, Permission.APPOINT)
    form = OfficeForm(request.GET if "office" in request.GET else None)
    if form.is_valid():
        return redirect("areas:appoint_to", place.slug, form.cleaned_data["office"])
    return render(request, "areas/appoint.html", {"area": place, "form": form, "offices": described()})


@require_http_methods(["GET", "HEAD", "POST"])
def appoint_to(request: Request, area: str, office: str) -> HttpResponse:
    """Record who holds the office, from when, on whose decision."""
    place = loading.area_of(request.user, area, Permission.APPOINT)
    if office not in APPOINTABLE:
        raise Http404
    chosen, status = Office(office), 200
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    start = {"seat": request.GET.get("seat")} if request.method != "POST" else {}
    form = AppointForm(*typed, area=place, office=chosen, today=clock.today(), initial=start)
    if form.is_bound and form.is_valid():
        try:
            made = services.appoint_by_address(area=place, by=request.user, **form.details())
        except (WrongState, Conflict) as refusal:
            form.add_error("since", refusal.sentence)
            status = 409
        else:
            messages.success(request, f"{made.person.name} is recorded as {made.title}.")
            return redirect("areas:appointment", place.slug, made.pk)
    context = {"area": place, "form": form, "office": chosen, "sentence": OFFICES[chosen].sentence}
    return render(request, "areas/appoint_to.html", context, status=status)
