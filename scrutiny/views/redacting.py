"""Words that were taken out of challenges and answers, and taking some out of what one's own side said.

These pages open although the document is sealed: each shows whoever may take words out their own side's words alone.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents.kinds import address_of
from partnership.documents.models import Document
from partnership.errors import Conflict, WrongState, decide
from partnership.web.errors import told
from scrutiny import forms, policies, selectors, services
from scrutiny.passages import Passage

on_a_form = require_http_methods(["GET", "HEAD", "POST"])


def _document(request: Request, area: str, address: str) -> Document:
    found = selectors.document_at(request.user, area, address)
    if found is None:
        raise Http404("There is no such document, or it is not open to this person.")
    return found


def _context(document: Document, **more: Any) -> dict[str, Any]:
    where = [document.area.slug, address_of(document)]
    home = reverse("scrutiny:redactions", args=where)
    return {"area": document.area, "document": document, "address": where[1], "home": home, **more}


@require_safe
def redactions(request: Request, area: str, document: str) -> HttpResponse:
    """What was taken out of, when, by which office and why, for everybody in the area; and what this person may take out of."""
    found = _document(request, area, document)
    may = decide(policies.check_can_redact, found)
    own = [row for row in selectors.passages(found) if selectors.its_own_side(request.user, row)] if may else []
    context = _context(
        found,
        may=may,
        own=[(row, _address(found, row)) for row in own],
        taken_out=selectors.redactions(found),
        may_read=access.can(request.user, Permission.READ_SEALED, found.area),
    )
    return render(request, "scrutiny/redactions.html", context)


def _address(document: Document, passage: Passage) -> str:
    where = [document.area.slug, address_of(document), passage.challenge.number]
    if passage.answer:
        return reverse("scrutiny:redact_answer", args=[*where, passage.answer.pk])
    return reverse("scrutiny:redact_view" if passage.view else "scrutiny:redact_challenge", args=where)


@on_a_form
def redact_challenge(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """Take words out of a challenge, as its scrutineer's successor or as themselves."""
    found = _document(request, area, document)
    access.require(request.user, Permission.REDACT_CHALLENGE, found.area)
    return _redact(request, found, selectors.passage_at(found, number))


@on_a_form
def redact_view(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """Take words out of the view on closing a challenge."""
    found = _document(request, area, document)
    access.require(request.user, Permission.REDACT_CHALLENGE, found.area)
    return _redact(request, found, selectors.passage_at(found, number, view=True))


@on_a_form
def redact_answer(request: Request, area: str, document: str, number: int, answer: int) -> HttpResponse:
    """Take words out of an answer of one's own agency."""
    found = _document(request, area, document)
    access.require(request.user, Permission.REDACT_ANSWER, found.area)
    return _redact(request, found, selectors.passage_at(found, number, answer=answer))


def _redact(request: Request, document: Document, passage: Passage | None) -> HttpResponse:
    """The form with the words as they are read today; what was typed is kept when it is refused."""
    if passage is None:
        raise Http404("There is no such challenge or answer.")
    services.require_own_side(passage, request.user)
    policies.check_can_redact(document)
    policies.check_was_said(passage)
    seen = passage.redaction.pk if passage.redaction else 0
    given = {"words": passage.as_read, "seen": seen}
    form = forms.RedactForm(request.POST if request.method == "POST" else None, initial=given)
    status = 200
    if form.is_valid():
        try:
            services.redact(passage=passage, by=request.user, **form.cleaned_data)
        except Conflict as clash:
            # What was typed stays in its field, and the next sending is on top of the words that are shown above it.
            form = forms.RedactForm({**request.POST.dict(), "seen": seen})
            form.add_error(None, clash.sentence)
            status = told(request, clash)
        except WrongState as refusal:
            form.add_error("reason" if "reason" in refusal.sentence else "words", refusal.sentence)
            status = told(request, refusal)
        else:
            messages.success(
                request,
                f"Words were taken out of {passage.name}. From now on everybody reads yours, and everybody concerned is told.",
            )
            return redirect(_context(document)["home"])
    return render(request, "scrutiny/redact.html", _context(document, passage=passage, form=form), status=status)
