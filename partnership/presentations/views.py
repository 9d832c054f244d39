"""The log of where a document was presented."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas import loading as areas
from partnership.areas.roles import Permission
from partnership.documents.kinds import address_of
from partnership.documents.models import Document
from partnership.documents.views import loading
from partnership.errors import Conflict, WrongState
from partnership.presentations import selectors, services
from partnership.presentations.forms import CorrectForm, RecordForm
from partnership.web.errors import told

FORM = ["GET", "HEAD", "POST"]


@require_safe
def log(request: Request, area: str, document: str) -> HttpResponse:
    """Every occasion of a document, with what was recorded of it before."""
    found = _document(request, area, document)
    context = {
        **loading.common(found),
        "occasions": selectors.of_document(found),
        "may_record": access.can(request.user, Permission.RECORD_PRESENTATION, found.area),
    }
    return render(request, "presentations/log.html", context)


@require_http_methods(FORM)
def record(request: Request, area: str, document: str) -> HttpResponse:
    """Record an occasion, past or planned."""
    found = _document(request, area, document, Permission.RECORD_PRESENTATION)
    form, status = RecordForm(request.POST if request.method == "POST" else None), 200
    if form.is_bound and form.is_valid():
        try:
            services.record(document=found, said=form.said, once=form.cleaned_data["once"], by=request.user)
        except WrongState as refusal:
            status = told(request, refusal)
            form.add_error("state", refusal.sentence)
        else:
            messages.success(request, f"It is recorded: {form.said.occasion}.")
            return _to(found)
    context = {**loading.common(found), "form": form}
    return render(request, "presentations/record.html", context, status=status)


@require_http_methods(FORM)
def correct(request: Request, area: str, document: str, presentation: int) -> HttpResponse:
    """Say better what is known of an occasion. When somebody else was quicker, both are shown and what was typed stays."""
    found = _document(request, area, document, Permission.RECORD_PRESENTATION)
    occasion = selectors.at(found, presentation)
    if occasion is None:
        raise Http404
    form, status = CorrectForm(request.POST if request.method == "POST" else None, entry=occasion.entry), 200
    context: dict[str, Any] = {**loading.common(found), "occasion": occasion}
    if form.is_bound and form.is_valid():
        said = {"said": form.said, "reason": form.cleaned_data["reason"], "seen": form.cleaned_data["seen"]}
        try:
            services.correct(presentation=occasion.presentation, by=request.user, **said)
        except Conflict as refusal:
            status = told(request, refusal)
            occasion = selectors.at(found, presentation) or occasion
            context |= {"occasion": occasion, "clash": refusal.sentence, "yours": form.said.in_full()}
            form = _again(form, occasion)
        except WrongState as refusal:
            status = told(request, refusal)
            form.add_error("state", refusal.sentence)
        else:
            messages.success(request, "The correction is recorded. What was recorded before stays on record.")
            return _to(found)
    context |= {"form": form, "now": occasion.said.in_full()}
    return render(request, "presentations/correct.html", context, status=status)


def _again(form: CorrectForm, occasion: selectors.Occasion) -> CorrectForm:
    """A form with the same words that knows what the other wrote: to send it again is on purpose."""
    typed = cast(QueryDict, form.data).copy()
    typed["seen"] = str(occasion.entry.number)
    return CorrectForm(typed, entry=occasion.entry)


def _document(request: Request, area: str, document: str, right: Permission = Permission.VIEW_AREA) -> Document:
    """The document, for whoever holds the right in its area; once a text of it is sealed, for named roles alone."""
    areas.area_of(request.user, area, right)
    return loading.document_of(request, area, document)


def _to(document: Document) -> HttpResponse:
    return redirect("presentations:log", document.area.slug, address_of(document))
