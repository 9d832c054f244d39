"""Pages of scrutiny: the challenges on a document, raising one, answering and closing it."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of
from partnership.documents.models import Document
from partnership.errors import WrongState, decide
from partnership.web.errors import told
from scrutiny import forms, policies, presenting, selectors, services
from scrutiny.models import ChallengeNote, Position
from scrutiny.views.loading import document_of

on_a_form = require_http_methods(["GET", "HEAD", "POST"])


def _challenge(document: Document, number: int) -> ChallengeNote:
    challenge = selectors.of_document(document).filter(number=number).first()
    if challenge is None:
        raise Http404("This document has no challenge of this number.")
    return challenge


def _home(document: Document, number: int | None = None) -> str:
    where = reverse("scrutiny:challenges", args=[document.area.slug, address_of(document)])
    return f"{where}#challenge-{number}" if number else where


def _typed(request: HttpRequest) -> Any:
    """What was sent, even if it is empty; None when the page is opened."""
    return request.POST if request.method == "POST" else None


def _context(document: Document, **more: Any) -> dict[str, Any]:
    return {
        "document": document,
        "area": document.area,
        "address": address_of(document),
        "home": _home(document),
        **more,
    }


@require_safe
def challenges(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """Every challenge on a document with its answers, and what this person may do about them."""
    found = document_of(request, area, document)
    rows = presenting.rows(found)
    draft = documents.draft(found)
    duty = selectors.duty_of(found)
    context = _context(
        found,
        rows=rows,
        earlier=[(row, _home(row.document, row.number)) for row in selectors.open_on_earlier(found)],
        trail=_trail(found),
        is_draft=draft is not None,
        unanswered=presenting.counted(rows, presenting.UNANSWERED),
        answered=presenting.counted(rows, presenting.ANSWERED),
        duty=duty,
        is_late=duty is not None and duty.due_on < clock.today(),
        reads_sealed=access.can(request.user, Permission.READ_SEALED, found.area),
        may_raise=access.can(request.user, Permission.RAISE_CHALLENGE, found.area),
        raising=decide(policies.check_can_raise, draft),
        may_answer=access.can(request.user, Permission.ANSWER_CHALLENGE, found.area),
        may_close=access.can(request.user, Permission.CLOSE_CHALLENGE, found.area),
    )
    return render(request, "scrutiny/challenges.html", context)


def _trail(document: Document) -> list[tuple[str, str]]:
    slug = document.area.slug
    return [
        (document.area.name, reverse("areas:area", args=[slug])),
        (document.title, reverse("documents:document", args=[slug, address_of(document)])),
    ]


@on_a_form
def raise_challenge(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """Leave a challenge on the draft."""
    found = document_of(request, area, document)
    access.require(request.user, Permission.RAISE_CHALLENGE, found.area)
    draft = documents.draft(found)
    if request.method != "POST":
        policies.check_can_raise(draft)
    sections = dict(draft.sections.values_list("key", "title")) if draft else selectors.section_titles(found)
    form = forms.RaiseForm(_typed(request), sections=sections)
    status = 200
    if form.is_valid():
        try:
            challenge = services.raise_challenge(document=found, by=cast(User, request.user), **form.cleaned_data)
        except WrongState as refusal:
            form.add_error(None, refusal.sentence)
            status = told(request, refusal)
        else:
            messages.success(request, f"Challenge {challenge.number} is raised. The partners have been told.")
            return redirect(_home(found, challenge.number))
    return render(request, "scrutiny/raise.html", _context(found, form=form), status=status)


@on_a_form
def answer(request: HttpRequest, area: str, document: str, number: int) -> HttpResponse:
    """Answer for one's own agency; a correction is another answer."""
    found = document_of(request, area, document)
    access.require(request.user, Permission.ANSWER_CHALLENGE, found.area)
    challenge = _challenge(found, number)
    if request.method != "POST":
        policies.check_can_answer(challenge)
    form = forms.AnswerForm(_typed(request))
    status = 200
    if form.is_valid():
        try:
            position = Position(form.cleaned_data["position"])
            services.answer(
                challenge=challenge, position=position, text=form.cleaned_data["text"], by=cast(User, request.user)
            )
        except WrongState as refusal:
            form.add_error(None, refusal.sentence)
            status = told(request, refusal)
        else:
            messages.success(request, f"Your answer to challenge {number} is on record. The scrutineer has been told.")
            return redirect(_home(found, number))
    return render(request, "scrutiny/answer.html", _one(found, challenge, form), status=status)


@on_a_form
def close(request: HttpRequest, area: str, document: str, number: int) -> HttpResponse:
    """Close a challenge with the scrutineer's view of the answers."""
    found = document_of(request, area, document)
    access.require(request.user, Permission.CLOSE_CHALLENGE, found.area)
    challenge = _challenge(found, number)
    if request.method != "POST":
        policies.check_can_close(challenge)
    form = forms.CloseForm(_typed(request))
    status = 200
    if form.is_valid():
        try:
            services.close(challenge=challenge, by=cast(User, request.user), **form.cleaned_data)
        except WrongState as refusal:
            form.add_error(None, refusal.sentence)
            status = told(request, refusal)
        else:
            messages.success(request, f"Challenge {number} is closed.")
            return redirect(_home(found, number))
    return render(request, "scrutiny/close.html", _one(found, challenge, form), status=status)


def _one(document: Document, challenge: ChallengeNote, form: forms.Form) -> dict[str, Any]:
    row = presenting.row(challenge, selectors.section_titles(document))
    return _context(document, challenge=challenge, row=row, form=form)
