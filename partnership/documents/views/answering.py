"""Which passage answers which requirement: marking, the matrix, one requirement, confirming and explaining."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import editing, marking, matrix, selectors, services
from partnership.documents.forms import ExplanationForm, MarksForm
from partnership.documents.kinds import address_of
from partnership.documents.models import Answer, Document, Version
from partnership.documents.views import loading
from partnership.errors import Conflict, Refused
from partnership.web import removing
from partnership.web.errors import told

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def answers(request: Request, area: str, document: str, key: str) -> HttpResponse:
    """Mark the passages of one section that answer what the guidance asks."""
    found = loading.document_of(request, area, document)
    version = selectors.current(found) or selectors.newest(found)
    row = get_object_or_404(version.sections.select_related("version__document__area", "updated_by"), key=key)
    page, refusal = editing.Page(row, request.user), None
    page.require_may_write()
    form = MarksForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            changed = services.mark(section=row, by=request.user, **form.marks(request.POST))
        except Conflict as clash:
            refusal = clash
        else:
            messages.success(request, _said(changed))
            return redirect("documents:answers", found.area.slug, address_of(found), key)
    shown = marking.Marking(page, request.GET.getlist("also"), request.POST.getlist("marks") if form else None)
    context = {**loading.common(found), "section": row, "page": page, "marking": shown, "form": form}
    status = told(request, refusal) if refusal else 200
    return render(request, "documents/answers.html", {**context, "refusal": refusal}, status=status)


def _said(changed: int) -> str:
    if not changed:
        return "Nothing had changed."
    return f"{changed} {'mark is' if changed == 1 else 'marks are'} changed. Somebody else confirms what is new."


@require_safe
def requirements(request: Request, area: str, document: str) -> HttpResponse:
    """Every requirement of the document's edition and how the text answers it; filtered by level, state, section."""
    found = loading.document_of(request, area, document)
    version = selectors.current(found) or selectors.newest(found)
    context = {**loading.common(found), "version": version, "matrix": matrix.Matrix(version, request.GET)}
    return render(request, "documents/requirements.html", context)


@require_http_methods(FORM)
def requirement(request: Request, area: str, document: str, requirement: str) -> HttpResponse:
    """One requirement: the passages that answer it, and the explanation where none does."""
    found = loading.document_of(request, area, document)
    version = selectors.current(found) or selectors.newest(found)
    row = _row(version, requirement)
    form = ExplanationForm(request.POST if request.method == "POST" else None, explanation=row.explanation)
    refusal: Refused | None = None
    if request.method == "POST":
        access.require(request.user, Permission.DRAFT_DOCUMENT, found.area)
        if form.is_valid():
            try:
                services.explain(version=version, requirement=requirement, by=request.user, **form.cleaned_data)
            except Conflict as clash:
                refusal = clash
                row = _row(version, requirement)
                form = ExplanationForm(_as_seen_now(request, row))
            else:
                messages.success(request, f"The explanation of {requirement} is saved.")
                return _to(found, requirement)
    shown = matrix.one(version, row, request.user)
    context = {**loading.common(found), "version": version, "row": row, "shown": shown, "form": form}
    status = told(request, refusal) if refusal else 200
    return render(request, "documents/requirement.html", {**context, "refusal": refusal}, status=status)


def _as_seen_now(request: Request, row: Any) -> QueryDict:
    """What was typed, beside the explanation that somebody else saved: sent once more, it replaces theirs."""
    typed = request.POST.copy()
    typed["seen_revision"] = str(row.explanation.revision if row.explanation else 0)
    return typed


def _row(version: Version, requirement: str) -> Any:
    row = next((row for row in matrix.meeting.rows(version) if row.rule.id == requirement), None)
    if row is None:
        raise Http404
    return row


def _to(document: Document, requirement: str) -> HttpResponse:
    return redirect("documents:requirement", document.area.slug, address_of(document), requirement)


@require_POST
def take_back_explanation(request: Request, area: str, document: str, requirement: str) -> HttpResponse:
    """Remove the explanation of one requirement from the draft."""
    found = loading.document_of(request, area, document)
    version = selectors.current(found) or selectors.newest(found)
    row = _row(version, requirement)
    back = reverse("documents:requirement", args=[found.area.slug, address_of(found), requirement])
    words = [("Requirement", row.rule.text), ("Explanation", row.explanation.text if row.explanation else "")]
    if row.explanation and (
        page := removing.asked(request, what="the explanation", words=words, button="Remove the explanation", back=back)
    ):
        return page
    services.take_back_explanation(version=version, requirement=requirement, by=request.user)
    messages.success(request, f"{requirement} has no explanation now.")
    return _to(found, requirement)


@require_POST
def confirm(request: Request, area: str, document: str, answer: int) -> HttpResponse:
    """Confirm that a passage answers its requirement, as it stood on the page."""
    found = loading.document_of(request, area, document)
    row = _answer(found, answer)
    confirmed = services.confirm(answer=row, seen_mark=request.POST.get("seen_mark", ""), by=request.user)
    if confirmed.confirmed_by == request.user:
        messages.success(request, f"You confirmed a passage as the answer to {row.requirement}.")
    else:
        messages.info(request, f"{confirmed.confirmed_by} has confirmed that passage already.")
    return _to(found, row.requirement)


@require_POST
def unmark(request: Request, area: str, document: str, answer: int) -> HttpResponse:
    """Take back the mark of one passage."""
    found = loading.document_of(request, area, document)
    row = Answer.objects.filter(version__document=found, pk=answer).select_related("version").first()
    if row is None:
        access.require(request.user, Permission.DRAFT_DOCUMENT, found.area)
        messages.info(request, "That mark is not there any more.")
        return redirect("documents:requirements", found.area.slug, address_of(found))
    services.unmark(answer=row, by=request.user)
    messages.success(request, f"The passage is no longer marked as the answer to {row.requirement}.")
    return _to(found, row.requirement)


def _answer(document: Document, pk: int) -> Answer:
    return get_object_or_404(
        Answer.objects.select_related("version__document__area"), version__document=document, pk=pk
    )
