"""The page of the impact test, the priorities, little or no progress, and what the chair accepts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import content, numbering
from partnership.documents import selectors as documents
from partnership.documents.models import Document
from partnership.documents.views.loading import common
from partnership.impact import forms, policies, presenting, selectors, services, standing
from partnership.impact.models import LittleProgress, Priority
from partnership.impact.views.loading import FORM, Act, answered, document_of, home, person, to_write
from partnership.web import removing

_P = Permission


@require_safe
def impact(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """What a report claims and what is to be mended; of a frozen one, what is printed in it."""
    found = document_of(request, area, document)
    version = documents.current(found) or documents.newest(found)
    context = {**common(found), "version": version}
    if version.frozen_at:
        return render(request, "impact/frozen.html", {**context, "view": numbering.view(content.of(version), str)})
    who = person(request)
    context |= {
        "impact": standing.of(version),
        "sections": version.sections.exclude(body="").order_by("position"),
        "may_write": presenting.may(who, found),
        "may_name": presenting.may(who, found, _P.NAME_PRIORITIES),
        "may_accept": presenting.may(who, found, _P.ACCEPT_WITHOUT_EFFECT),
        "left": selectors.left_from_before(found),
        "again": [(row, selectors.where(row.document)) for row in selectors.to_look_at_again(found)],
    }
    return render(request, "impact/impact.html", context)


@require_http_methods(FORM)
def add_priority(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """Name a priority of the period."""
    found = to_write(request, area, document, _P.NAME_PRIORITIES)

    def do(**said: Any) -> object:
        return services.name_priority(document=found, **said)

    act = Act(forms.PriorityForm, do, "The priority is named.", home(found, "priorities"), "words")
    context = {"heading": "Name a priority", "submit": "Name the priority"}
    return answered(request, found, act, "impact/priority.html", **context)


def _priority(document: Document, pk: int) -> Priority:
    rows = Priority.objects.select_related("document__area", "little_progress")
    return get_object_or_404(rows, document=document, pk=pk)


@require_http_methods(FORM)
def priority(request: HttpRequest, area: str, document: str, priority: int) -> HttpResponse:
    """Change the words of a priority, or its place in the list."""
    found = to_write(request, area, document, _P.NAME_PRIORITIES)
    row = _priority(found, priority)
    number = Priority.objects.filter(document=found).count()

    def do(**said: Any) -> object:
        return services.change_priority(priority=row, **said)

    act = Act(
        lambda data: forms.ChangePriorityForm(data, priority=row, number=number),
        do,
        "The priority is changed.",
        home(found, "priorities"),
        "words",
    )
    context = {"heading": "Change a priority", "submit": "Save the priority", "priority": row}
    return answered(request, found, act, "impact/priority.html", **context)


@require_POST
def remove_priority(request: HttpRequest, area: str, document: str, priority: int) -> HttpResponse:
    """Take a priority out of the list."""
    found = to_write(request, area, document, _P.NAME_PRIORITIES)
    row = Priority.objects.filter(document=found, pk=priority).select_related("document__area").first()
    where = home(found, "priorities")
    if row:
        policies.check_can_remove_priority(row)
    if row and (page := _asked(request, "this priority", [("Priority", row.words)], "Remove the priority", where)):
        return page
    if row:
        services.remove_priority(priority=row, by=person(request))
    messages.success(request, "The priority is removed.")
    return redirect(home(found, "priorities"))


def _asked(
    request: HttpRequest, what: str, words: list[tuple[str, str]], button: str, back: str
) -> HttpResponse | None:
    return removing.asked(request, what=what, words=words, button=button, back=back)


@require_http_methods(FORM)
def little_progress(request: HttpRequest, area: str, document: str, priority: int) -> HttpResponse:
    """Say that there was little or no progress on a priority."""
    found = to_write(request, area, document)
    row = _priority(found, priority)

    def told() -> LittleProgress | None:
        return LittleProgress.objects.filter(priority=row).first()

    def now() -> tuple[int, list[str]]:
        newest = told()
        return (newest.revision, [newest.why, newest.what_next]) if newest else (0, [])

    def do(**said: Any) -> object:
        return services.tell_little_progress(priority=row, **said)

    act = Act(
        lambda data: forms.LittleProgressForm(data, little=told()),
        do,
        "It is written that there was little or no progress.",
        home(found, f"priority-{row.pk}"),
        "why",
        now,
    )
    return answered(request, found, act, "impact/little_progress.html", priority=row)


@require_POST
def remove_little_progress(request: HttpRequest, area: str, document: str, priority: int) -> HttpResponse:
    """Take an entry of little or no progress back."""
    found = to_write(request, area, document)
    row = _priority(found, priority)
    told = getattr(row, "little_progress", None)
    words = [("Priority", row.words), ("Why", told.why), ("What comes next", told.what_next)] if told else []
    where = home(found, f"priority-{row.pk}")
    if told and (page := _asked(request, "the entry of little or no progress", words, "Remove the entry", where)):
        return page
    services.take_back_little_progress(priority=row, by=person(request))
    messages.success(request, "The entry is taken back.")
    return redirect(home(found, f"priority-{row.pk}"))


@require_http_methods(FORM)
def accept(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """The chair accepts, with a reason, that the draft shows no effect."""
    found = to_write(request, area, document, _P.ACCEPT_WITHOUT_EFFECT)

    def do(**said: Any) -> object:
        return services.accept(document=found, **said)

    done = "You accepted that this version shows no effect. The reason is printed in it."
    act = Act(forms.AcceptForm, do, done, home(found, "effects"), "reason")
    return answered(request, found, act, "impact/accept.html")


@require_POST
def take_back_acceptance(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """Take the acceptance of the draft back."""
    found = document_of(request, area, document)
    access.require(request.user, _P.ACCEPT_WITHOUT_EFFECT, found.area)
    services.take_back_acceptance(document=found, by=person(request))
    messages.success(request, "The acceptance is taken back.")
    return redirect(home(found, "effects"))
