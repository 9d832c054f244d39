"""Gathering: ask an agency, take what it released into the draft, hand it back, or do without."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access as rights
from partnership.areas.roles import Permission
from partnership.contributions import policies, presenting, selectors, services
from partnership.contributions.forms import AskForm, HandBackForm, TakeForm, WithoutForm
from partnership.contributions.models import Release, Room
from partnership.contributions.views import loading
from partnership.documents import content, plain
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of
from partnership.errors import WrongState
from partnership.web.errors import told

on_a_form = require_http_methods(["GET", "HEAD", "POST"])


def _typed(request: Request) -> Any:
    """What was sent, even if it is empty; None when the page is opened."""
    return request.POST if request.method == "POST" else None


def _room(request: Request, area: str, document: str, number: int) -> Room:
    found = loading.room_of(request, area, document, number)
    rights.require(request.user, Permission.GATHER_CONTRIBUTIONS, found.document.area)
    return found


@on_a_form
def ask(request: Request, area: str, document: str) -> HttpResponse:
    """Ask an agency for a contribution to a section; the day is suggested from the plan of the guidance."""
    found = loading.document_of(request, area, document)
    rights.require(request.user, Permission.GATHER_CONTRIBUTIONS, found.area)
    draft = documents.draft(found)
    if request.method != "POST":
        policies.check_is_drafted(draft)
    sections = dict(draft.sections.order_by("position").values_list("key", "title")) if draft else {}
    agencies = selectors.agencies_to_ask(found.area, clock.today())
    start = {"due_on": selectors.suggested_due(found, clock.today()), "section_key": request.GET.get("section", "")}
    form = AskForm(_typed(request), sections=sections, agencies=agencies, initial=start)
    status = 200
    if form.is_valid():
        try:
            room = services.ask(document=found, by=request.user, **form.cleaned_data)
        except WrongState as refusal:
            form.add_error(None, refusal.sentence)
            status = told(request, refusal)
        else:
            messages.success(request, f"{room.agency_name} is asked. Everybody who writes for it has been told.")
            return redirect(selectors.address(room))
    context = {**loading.common(request, found), "form": form, "agencies": agencies}
    return render(request, "contributions/ask.html", context, status=status)


@on_a_form
def take(request: Request, area: str, document: str, room: int) -> HttpResponse:
    """The section and the released text side by side, and a field in which the one is put into the other."""
    found = _room(request, area, document, room)
    live = selectors.live_release(found)
    if request.method == "POST" and live and live.taken_at:
        messages.info(request, "This contribution is in the draft already.")
        return redirect(selectors.address(found))
    try:
        return _take(request, found, live)
    except WrongState as refusal:
        if request.method != "POST":
            raise
        context = {**loading.of_room(request, found), "refusal": refusal, "typed": request.POST.get("body", "")}
        return render(request, "contributions/not_taken.html", context, status=told(request, refusal))


def _take(request: Request, found: Room, live: Release | None) -> HttpResponse:
    """The page, or what became of its form. Raises WrongState when nothing can be taken now."""
    live = policies.check_can_settle(found, live)
    draft = policies.check_is_drafted(documents.draft(found.document))
    section = get_object_or_404(draft.sections, key=found.section_key)
    rule = content.rules(found.document).get(section.key)
    body = presenting.appended(section.body, live)
    form = TakeForm(_typed(request), initial={"body": body, "seen_revision": section.revision}, rule=rule)
    if form.is_valid():
        saved = services.take(room=found, by=request.user, **form.cleaned_data)
        where = [found.document.area.slug, address_of(found.document), section.key]
        if saved.kept_aside:
            messages.warning(
                request, "Somebody saved the section in between. Nothing was taken; your text is kept aside, as below."
            )
            return redirect(f"{reverse('documents:section', args=where)}?kept={saved.kept_aside.pk}")
        messages.success(request, f"The contribution of {found.agency_name} is in the draft.")
        return redirect(reverse("documents:section", args=where))
    (released,) = plain.shown(("released", live.body))
    context = {
        **loading.of_room(request, found),
        "form": form,
        "release": live,
        "released": released,
        "section": section,
        "length": presenting.length(body, rule),
    }
    return render(request, "contributions/take.html", context)


@on_a_form
def hand_back(request: Request, area: str, document: str, room: int) -> HttpResponse:
    """Hand a released text back with a comment and a new day."""
    found = _room(request, area, document, room)
    if request.method != "POST":
        policies.check_can_settle(found, selectors.live_release(found))
    later = max(found.due_on, selectors.suggested_due(found.document, clock.today()))
    form = HandBackForm(_typed(request), initial={"due_on": later})
    status = 200
    if form.is_valid():
        try:
            services.hand_back(room=found, by=request.user, **form.cleaned_data)
        except WrongState as refusal:
            form.add_error(None, refusal.sentence)
            status = told(request, refusal)
        else:
            messages.success(request, f"Handed back. {found.agency_name} has been told, and goes on from its text.")
            return redirect(selectors.address(found))
    return render(
        request, "contributions/hand_back.html", {**loading.of_room(request, found), "form": form}, status=status
    )


@on_a_form
def do_without(request: Request, area: str, document: str, room: int) -> HttpResponse:
    """Let the document go without a contribution, with the reason if there is one."""
    found = _room(request, area, document, room)
    if request.method != "POST":
        policies.check_is_open(found, selectors.live_release(found))
    form = WithoutForm(_typed(request))
    status = 200
    if form.is_valid():
        try:
            services.do_without(room=found, by=request.user, **form.cleaned_data)
        except WrongState as refusal:
            form.add_error(None, refusal.sentence)
            status = told(request, refusal)
        else:
            messages.success(request, "Noted. What was written stays with the agency.")
            return redirect(selectors.address(found))
    return render(
        request, "contributions/without.html", {**loading.of_room(request, found), "form": form}, status=status
    )
