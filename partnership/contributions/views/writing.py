"""Within the agency: write, look at earlier texts, release, take back. Nobody else gets past the first line."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.requests import Request
from partnership.contributions import access, policies, selectors, services
from partnership.contributions.forms import ReleaseForm, WriteForm
from partnership.contributions.models import Room, Writing
from partnership.contributions.views import loading
from partnership.documents import compare, plain
from partnership.errors import Refused
from partnership.web.errors import told

MOST_TEXTS = 20
on_a_form = require_http_methods(["GET", "HEAD", "POST"])


@on_a_form
def write(request: Request, area: str, document: str, room: int) -> HttpResponse:
    """Write for one's own agency. Two people at once lose nothing: the second sees both texts."""
    found = loading.own_room(request, area, document, room)
    refusal = None
    if request.method == "POST":
        form = WriteForm(request.POST)
        try:
            if form.is_valid():
                return _save(request, found, form)
        except Refused as refused:
            refusal = refused
    else:
        form = WriteForm(initial=_start(found, request))
    context = {**_writing(request, found, form), "refusal": refusal, "typed": request.POST.get("body", "")}
    return render(request, "contributions/write.html", context, status=told(request, refusal) if refusal else 200)


def _start(room: Room, request: Request) -> dict[str, Any]:
    """The text to go on from: the room's, an earlier one, or what this person typed and did not save.

    What was not saved goes with the revision that it was typed over: if a colleague has saved since, both texts are kept.
    """
    if request.GET.get("from") == "unsaved" and (typed := selectors.unsaved(room, request.user)):
        return {"body": typed.body, "seen_revision": typed.seen_revision}
    start = _named(room, request, "from")
    return {"body": start.body if start else selectors.text_of(room), "seen_revision": room.revision}


def _named(room: Room, request: Request, key: str) -> Writing | None:
    """The text that an address names by its number, or None."""
    asked = request.GET.get(key, "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 19
    return selectors.writings(room, request.user).filter(pk=int(asked)).first() if known else None


def _writing(request: Request, room: Room, form: WriteForm) -> dict[str, Any]:
    kept, text = _named(room, request, "kept"), selectors.text_of(room)
    history = list(selectors.writings(room, request.user)[:MOST_TEXTS])
    problems = [(problem.message, "#id_body") for problem in plain.read(text).problems]
    context = loading.of_room(request, room)
    return {
        **context,
        "form": form,
        "text": text,
        "kept": kept,
        "unsaved": None if form.is_bound else selectors.unsaved(room, request.user),
        "differences": [compare.texts("From the text now to yours", text, kept.body)] if kept else [],
        "history": history,
        "newest": next((row for row in history if row.outcome == "saved"), None),
        "shown": plain.shown(("preview", text))[0] if "preview" in request.GET else None,
        "problems": form if form.is_bound else (problems if context["page"].may_write else []),
    }


def _save(request: Request, room: Room, form: WriteForm) -> HttpResponse:
    written = services.write(room=room, by=request.user, **form.cleaned_data)
    address = selectors.address(room, "write")
    if written.kept_aside:
        return redirect(f"{address}?kept={written.kept_aside.pk}")
    messages.success(
        request, "Saved. Only people of your agency can read it." if written.changed else "Nothing had changed."
    )
    act = request.POST.get("act", "")
    if act == "preview":
        return redirect(f"{address}?preview=yes#preview")
    return redirect(selectors.address(room, "release") if act == "release" else address)


@require_safe
def text(request: Request, area: str, document: str, room: int, text: int) -> HttpResponse:
    """A text of the room as a colleague saved it at a moment, and how the room's text differs from it now."""
    found = loading.own_room(request, area, document, room)
    row = get_object_or_404(selectors.writings(found, request.user), pk=text)
    difference = compare.texts("From this text to the one now", row.body, selectors.text_of(found))
    context = {**loading.of_room(request, found), "text": row, "differences": [difference]}
    return render(request, "contributions/text.html", context)


@on_a_form
def release(request: Request, area: str, document: str, room: int) -> HttpResponse:
    """Confirm, then let exactly the text that is on the screen go."""
    found = loading.own_room(request, area, document, room)
    access.require_release(request.user, found)
    live, body = selectors.live_release(found), selectors.text_of(found)
    if request.method != "POST":
        policies.check_can_release(found, live, body=body, seen_revision=found.revision)
    form = ReleaseForm(request.POST if request.method == "POST" else None, initial={"seen_revision": found.revision})
    context, status = loading.of_room(request, found), 200
    if form.is_valid():
        try:
            services.release(room=found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form = ReleaseForm(None, initial={"seen_revision": found.revision})
            messages.warning(request, refusal.sentence)
            status = told(request, refusal)
        else:
            messages.success(request, f"Released. The text is frozen, and {context['page'].readers} can read it.")
            return redirect(selectors.address(found))
    context |= {
        "form": form,
        "text": plain.shown(("release", body))[0],
        "problems": [problem.message for problem in plain.read(body).problems],
    }
    return render(request, "contributions/release.html", context, status=status)


@on_a_form
def take_back(request: Request, area: str, document: str, room: int) -> HttpResponse:
    """Confirm, then take a released text back, as long as it is not in the draft."""
    found = loading.own_room(request, area, document, room)
    access.require_release(request.user, found)
    if request.method == "POST":
        services.take_back(room=found, by=request.user)
        messages.success(request, "Taken back. Only people of your agency can read the text now.")
        return redirect(selectors.address(found))
    policies.check_can_take_back(found, selectors.live_release(found))
    return render(request, "contributions/take_back.html", loading.of_room(request, found))
