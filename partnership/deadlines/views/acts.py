"""What may be done to a duty: a day of the area's own, a hold, words for the public, a turn that was done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access, loading
from partnership.areas.roles import Permission
from partnership.deadlines import policies, presenting, selectors, services
from partnership.deadlines.forms import HoldForm, LateForm, TargetForm, TurnForm
from partnership.deadlines.models import Duty
from partnership.errors import WrongState
from partnership.web.errors import told
from partnership.web.forms import Form

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def target(request: Request, area: str, duty: int) -> HttpResponse:
    """Set a day of the area's own before the date, or take it back."""
    found = _find(request, area, duty, Permission.SET_OWN_DATES)
    policies.check_open(found)
    own = selectors.target_of(found)
    form = TargetForm(_sent(request), today=clock.today(), due_on=found.due_on, initial={"on": own.on if own else None})
    context = {"own": own, "earlier": found.targets.select_related("said_by")}
    return _form(
        request,
        found,
        "target",
        form,
        act=lambda said: services.set_target(**said),
        done="The day is set.",
        context=context,
    )


@require_http_methods(FORM)
def hold(request: Request, area: str, duty: int) -> HttpResponse:
    """Stop the reminders of a duty."""
    found = _find(request, area, duty, Permission.SET_OWN_DATES)
    policies.check_open(found)
    done = "The reminders have stopped. The date stands."
    return _form(request, found, "hold", HoldForm(_sent(request)), act=lambda said: services.hold(**said), done=done)


@require_POST
def resume(request: Request, area: str, duty: int) -> HttpResponse:
    """Let the reminders go on."""
    found = _find(request, area, duty, Permission.SET_OWN_DATES)
    services.resume(duty=found, by=request.user)
    messages.success(request, "The reminders go on.")
    return redirect("deadlines:duty", area, found.pk)


@require_http_methods(FORM)
def late(request: Request, area: str, duty: int) -> HttpResponse:
    """Tell the public why it is late."""
    found = _find(request, area, duty, Permission.EXPLAIN_LATENESS)
    policies.check_late(found, clock.today())
    last = selectors.late_statement(found)
    form = LateForm(_sent(request), initial={"text": last.text if last else ""})
    done = "The public reads it now."
    context = {"earlier": found.late_statements.all()}
    return _form(
        request, found, "late", form, act=lambda said: services.explain_lateness(**said), done=done, context=context
    )


@require_http_methods(FORM)
def done(request: Request, area: str, duty: int) -> HttpResponse:
    """Record that a turn of what was agreed locally was done."""
    found = _find(request, area, duty, Permission.SET_OWN_DATES)
    policies.check_turn(found, selectors.rule_of(found), clock.today(), clock.today())
    form = TurnForm(_sent(request), today=clock.today())
    return _form(request, found, "done", form, act=lambda said: services.record_turn(**said), done="It is on record.")


def _form(
    request: Request,
    duty: Duty,
    page: str,
    form: Form,
    *,
    act: Callable[[dict[str, Any]], object],
    done: str,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """One form about a duty: shown, or done; what a rule refuses is said at its first field."""
    if form.is_bound and form.is_valid():
        try:
            act({**form.cleaned_data, "duty": duty, "by": request.user})
        except WrongState as refusal:
            told(request, refusal)
            form.add_error(next(iter(form.fields)), refusal.sentence)
        else:
            messages.success(request, done)
            return redirect("deadlines:duty", duty.area.slug, duty.pk)
    shown = {"area": duty.area, "duty": duty, "form": form, "standing": presenting.standing(duty, clock.today())}
    return render(request, f"deadlines/{page}.html", {**shown, **(context or {})})


def _find(request: Request, area: str, pk: int, right: Permission) -> Duty:
    found = loading.area_of(request.user, area)
    access.require(request.user, right, found)
    return get_object_or_404(selectors.of_area(found), pk=pk)


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None
