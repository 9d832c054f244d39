"""From an address to a report, and from a form to one act. Whatever a person may not see is not there (404)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from partnership.accounts.models import User
from partnership.areas import access, loading
from partnership.areas.roles import Permission
from partnership.documents import selectors as documents
from partnership.documents.models import Document
from partnership.documents.services import open_document
from partnership.documents.views.loading import common
from partnership.errors import Conflict, WrongState
from partnership.impact import policies, selectors
from partnership.web.errors import told
from partnership.web.forms import Form

FORM = ["GET", "HEAD", "POST"]


def document_of(request: HttpRequest, area: str, address: str) -> Document:
    """The report at an address, for whoever holds an office that sees the area."""
    found = selectors.document_at(request.user, area, address)
    if found is None:
        loading.refuse(request.user, area)
        raise Http404("There is no such report, or it is not open to this person.")
    open_document(found, by=person(request))
    return found


def to_write(
    request: HttpRequest, area: str, address: str, permission: Permission = Permission.DRAFT_DOCUMENT
) -> Document:
    """The report, for whoever has the permission (403); its form opens only while there is a draft (409)."""
    found = document_of(request, area, address)
    access.require(request.user, permission, found.area)
    if request.method in ("GET", "HEAD"):
        policies.check_draft(documents.draft(found))
    return found


def person(request: HttpRequest) -> User:
    """Who is signed in."""
    return cast(User, request.user)


def typed(request: HttpRequest) -> Any:
    """What was sent, even if it is empty; None when the page is opened."""
    return request.POST if request.method == "POST" else None


def home(document: Document, anchor: str = "") -> str:
    """The page of the impact test."""
    where = reverse("impact:impact", args=selectors.where(document))
    return f"{where}#{anchor}" if anchor else where


@dataclass(frozen=True)
class Act:
    """One form with what it does. `field`: where a refusal is said; `now`: the revision that is there, and its words."""

    make: Callable[[Any], Form]
    do: Callable[..., object]
    done: str
    to: str
    field: str | None = None
    now: Callable[[], tuple[int, list[str]]] = lambda: (0, [])


def answered(request: HttpRequest, found: Document, act: Act, template: str, **context: Any) -> HttpResponse:
    """Show a form or act on it. What somebody else wrote meanwhile is shown, and what was typed stays."""
    form, status = act.make(typed(request)), 200
    if form.is_valid():
        try:
            act.do(by=person(request), **form.cleaned_data)
        except Conflict as clash:
            status = told(request, clash)
            revision, theirs = act.now()
            again = request.POST.copy()
            again["seen_revision"] = str(revision)
            form = act.make(again)
            context |= {"refusal": clash, "theirs": theirs}
        except WrongState as refusal:
            status = told(request, refusal)
            form.add_error(act.field, refusal.sentence)
        else:
            messages.success(request, act.done)
            return redirect(act.to)
    return render(request, template, {**common(found), **context, "form": form, "back": act.to}, status=status)
