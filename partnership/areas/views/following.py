"""What follows when an office changes: a vacancy to fill, a list to hand over, a chair to plan."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access, loading, presenting, selectors, services
from partnership.areas.forms.following import PlanForm, TurnForm
from partnership.areas.models import ChairTurn, HandOverItem
from partnership.areas.roles import Office, Permission
from partnership.areas.services.handing_over import check_may_tick
from partnership.errors import WrongState, decide

ONE_DAY = timedelta(days=1)
FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def vacancy(request: Request, area: str, vacancy: int) -> HttpResponse:
    """Fill a vacant office, or note what is done about it."""
    place = loading.area_of(request.user, area, Permission.APPOINT)
    found = get_object_or_404(selectors.open_vacancies(place), pk=vacancy)
    typed = request.POST if request.method == "POST" else None
    form = PlanForm(typed, initial={"plan": found.plan, "expected_on": found.expected_on})
    if form.is_bound and form.is_valid():
        services.plan_vacancy(vacancy=found, by=request.user, **form.cleaned_data)
        messages.success(request, f"What is done about the vacant office is noted: {found.title}.")
        return redirect("areas:people", place.slug)
    return render(request, "areas/vacancy.html", {"area": place, "vacancy": found, "form": form})


@require_safe
def hand_overs(request: Request, area: str) -> HttpResponse:
    """The lists that go with offices from one holder to the next, open ones first."""
    place = loading.area_of(request.user, area)
    lists = [
        {
            "list": row,
            "last": presenting.last_day(row.leaving) if row.leaving else None,
            "follows": presenting.who_follows(row, clock.today()),
            "may_tick": decide(check_may_tick, row, request.user).allowed,
        }
        for row in selectors.hand_overs(place)
    ]
    return render(request, "areas/hand_overs.html", {"area": place, "lists": lists})


@require_POST
def tick(request: Request, area: str, item: int) -> HttpResponse:
    """Note that one thing was handed over."""
    place = loading.area_of(request.user, area)
    rows = HandOverItem.objects.filter(hand_over__in=selectors.hand_overs(place).values("pk"))
    done = services.tick(item=get_object_or_404(rows, pk=item), by=request.user)
    messages.success(request, f"Noted as handed over: {done.text}")
    return redirect(f"{request.path.rsplit('/items/', 1)[0]}/#list-{done.hand_over_id}")


@require_http_methods(FORM)
def chair(request: Request, area: str) -> HttpResponse:
    """Who chairs, who chaired, and the plan by which the chair rotates."""
    place = loading.area_of(request.user, area)
    may_plan = access.can(request.user, Permission.PLAN_CHAIR, place)
    if request.method == "POST":
        access.require(request.user, Permission.PLAN_CHAIR, place)
    today, status = clock.today(), 200
    form = TurnForm(request.POST if request.method == "POST" else None, area=place, today=today)
    if form.is_bound and form.is_valid():
        found = form.cleaned_data
        until = found["last"] + ONE_DAY if found["last"] else None
        try:
            services.plan_turn(
                area=place,
                seat=found["seat"],
                since=found["since"],
                until=until,
                note=found["note"],
                once=found["once"],
                by=request.user,
            )
        except WrongState as refusal:
            form.add_error("since", refusal.sentence)
            status = 409
        else:
            messages.success(request, f"It is planned that {found['seat'].agency.name} chairs.")
            return redirect("areas:chair", place.slug)
    context = {
        "area": place,
        "form": form,
        "may_plan": may_plan,
        "turns": [selectors.turn_row(turn, today) for turn in selectors.chair_turns(place)],
        "held": [presenting.Holder.of(row) for row in selectors.ever(place, Office.CHAIR)],
        "today": today,
    }
    return render(request, "areas/chair.html", context, status=status)


@require_POST
def remove_turn(request: Request, area: str, turn: int) -> HttpResponse:
    """Take a turn out of the plan. Asked again, it is gone already."""
    place = loading.area_of(request.user, area, Permission.PLAN_CHAIR)
    found = ChairTurn.objects.filter(area=place, pk=turn).select_related("area", "seat__agency").first()
    if found is not None:
        services.remove_turn(turn=found, by=request.user)
    messages.success(request, "The turn is taken out of the plan.")
    return redirect("areas:chair", place.slug)
