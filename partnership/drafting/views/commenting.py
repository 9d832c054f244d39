"""What is said about passages: all of it, one comment, the passages of a section, and saying something new."""

import uuid
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import editing, marking
from partnership.documents.kinds import address_of
from partnership.documents.models import Document
from partnership.documents.views.loading import common
from partnership.drafting import policies, selectors, services
from partnership.drafting.forms import AnswerForm, CommentForm
from partnership.drafting.models import Comment, CommentKind
from partnership.drafting.views import loading
from partnership.errors import decide

FORM = ["GET", "HEAD", "POST"]


@require_safe
def comments(request: Request, area: str, document: str) -> HttpResponse:
    """Everything that was said about the passages of a document: what is open first, then what is resolved."""
    found = loading.document_of(request, area, document)
    rows = list(selectors.comments_of(found))
    context = {
        **common(found),
        "open": [row for row in rows if row.resolved_at is None],
        "resolved": [row for row in rows if row.resolved_at is not None],
        "may_comment": _may_comment(request, found),
    }
    return render(request, "drafting/comments.html", context)


def _may_comment(request: Request, document: Document) -> Any:
    def check() -> None:
        access.require(request.user, Permission.COMMENT_ON_DRAFT, document.area)
        policies.check_is_draft(loading.version_of(document))

    return decide(check)


@require_safe
def passages(request: Request, area: str, document: str, key: str) -> HttpResponse:
    """The passages of a section, what was said about each, and the way to say more."""
    found = loading.document_of(request, area, document)
    section = loading.section_of(found, key)
    page = editing.Page(section, request.user)
    said: dict[uuid.UUID, list[Comment]] = defaultdict(list)
    for row in selectors.comments_of(found).filter(section_key=key):
        said[row.block_key].append(row)
    rows = marking.Marking(page).blocks
    shown = [(item, block, said.pop(block.key, []) if block else []) for item, block in rows]
    context = {
        **common(found),
        "section": section,
        "page": page,
        "rows": shown,
        "gone": [row for left in said.values() for row in left],
        "may_comment": _may_comment(request, found),
    }
    return render(request, "drafting/passages.html", context)


@require_http_methods(FORM)
def raise_comment(request: Request, area: str, document: str, key: str, block: uuid.UUID) -> HttpResponse:
    """Say something about one passage."""
    found = loading.document_of(request, area, document)
    access.require(request.user, Permission.COMMENT_ON_DRAFT, found.area)
    section = loading.section_of(found, key)
    policies.check_is_draft(section.version)
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        row = services.raise_comment(
            section=section, block_key=block, kind=CommentKind(said["kind"]), text=said["words"], once=said["once"],
            by=request.user,
        )  # fmt: skip
        messages.success(request, f"Comment {row.number} is on record.")
        where = reverse("drafting:passages", args=[found.area.slug, address_of(found), key])
        return redirect(f"{where}#comment-{row.number}")
    passage = get_object_or_404(section.blocks, key=block, place__isnull=False)
    return render(
        request, "drafting/raise.html", {**common(found), "section": section, "passage": passage, "form": form}
    )


@require_http_methods(FORM)
def comment(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """One comment with its replies; answering it, or saying what became of it."""
    found = loading.document_of(request, area, document)
    row = get_object_or_404(selectors.comments_of(found), number=number)
    act = request.POST.get("act", "")
    reply, outcome = _form(request, "reply", act), _form(request, "resolve", act)
    if request.method == "POST":
        access.require(request.user, Permission.COMMENT_ON_DRAFT, found.area)
        form = outcome if act == "resolve" else reply
        if form.is_valid():
            _act(form, row, request)
            messages.success(request, f"Comment {number} is {'resolved' if act == 'resolve' else 'answered'}.")
            return redirect("drafting:comment", found.area.slug, address_of(found), number)
    context = {**common(found), "comment": row, "reply": reply, "outcome": outcome}
    context["may_comment"] = _may_comment(request, found)
    context["shown"] = outcome if act == "resolve" else reply
    return render(request, "drafting/comment.html", context)


def _act(form: AnswerForm, row: Comment, request: Request) -> None:
    words = form.cleaned_data["words"]
    if form.prefix == "resolve":
        services.resolve(comment=row, resolution=words, by=request.user)
    else:
        services.reply(comment=row, text=words, once=form.cleaned_data["once"], by=request.user)


def _form(request: Request, name: str, act: str) -> AnswerForm:
    is_sent = request.method == "POST" and (act == "resolve") == (name == "resolve")
    label = "What became of it?" if name == "resolve" else "Your reply"
    missing = "Say what became of it." if name == "resolve" else "Write your reply."
    hint = "It closes the comment and stays with it." if name == "resolve" else ""
    return AnswerForm(request.POST if is_sent else None, prefix=name, label=label, hint=hint, missing=missing)
