"""The page of one act, on an appointment or on an account: it says what will follow, asks once, and does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from partnership.accounts import confirming
from partnership.accounts.requests import Request
from partnership.areas.models import Area
from partnership.errors import Conflict, WrongState
from partnership.web.forms import Form


@dataclass(frozen=True)
class Act:
    """How the page is worded, its form, the service that does it, what is said then, and which field a refusal is at.

    `form` takes what was typed, the files, and what is acted on; `do` what is acted on, the area, the valid form and who acts;
    a sentence that it gives back is said in the place of `done`. `renew` the form and what is acted on, when somebody
    else changed it meanwhile. `may` takes what is acted on and who acts, and raises NotAllowed; before a weighty act,
    whoever may confirms who they are.
    """

    title: str
    explain: str
    submit: str
    form: Callable[[Any, Any, Any], Form]
    do: Callable[[Any, Area, Any, Any], str | None]
    done: str
    field: str = "reason"
    is_warning: bool = False
    renew: Callable[[Any, Any], None] | None = None
    is_weighty: bool = False
    may: Callable[[Any, Any], None] | None = None


@dataclass(frozen=True)
class Subject:
    """What is acted on, how the page names it, and the page to go back to."""

    it: Any
    caption: str
    back: str
    back_text: str


def show(request: Request, area: Area, acts: Mapping[str, Act], name: str, subject: Subject) -> HttpResponse:
    """The page of an act, or the way back once it is done. Raises Http404 when there is no act of this name."""
    if name not in acts:
        raise Http404
    act, status = acts[name], 200
    if act.may:
        act.may(subject.it, request.user)
    if act.is_weighty:
        confirming.require(request, f"{act.submit[0].lower()}{act.submit[1:]}: {subject.caption}")
    typed, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = act.form(typed, files, subject.it)
    if form.is_bound and form.is_valid():
        try:
            instead = act.do(subject.it, area, form, request.user)
        except (WrongState, Conflict) as refusal:
            form.add_error(act.field, refusal.sentence)
            if act.renew and isinstance(refusal, Conflict):
                act.renew(form, subject.it)
            status = 409
        else:
            messages.info(request, instead) if instead else messages.success(request, act.done)
            return redirect(subject.back)
    return render(
        request, "areas/act.html", {"area": area, "subject": subject, "form": form, "act": act}, status=status
    )
