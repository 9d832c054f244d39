"""The scrutineer's statement: what was given, for everybody in the area; writing and giving, for its author alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import plain
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of
from partnership.documents.models import Document
from partnership.errors import Incomplete, Refused, decide
from partnership.web.errors import told
from scrutiny import policies, selectors, services
from scrutiny.forms import GiveForm, StatementForm
from scrutiny.views.loading import document_of

on_a_form = require_http_methods(["GET", "HEAD", "POST"])


def _context(document: Document, **more: Any) -> dict[str, Any]:
    where = [document.area.slug, address_of(document)]
    return {
        "area": document.area,
        "document": document,
        "address": where[1],
        "home": reverse("scrutiny:statement", args=where),
        **more,
    }


@require_safe
def statement(request: Request, area: str, document: str) -> HttpResponse:
    """The statement of each scrutineer as it stands with the version of today, unedited, and what it replaced."""
    found = document_of(request, area, document)
    version = documents.current(found) or documents.newest(found)
    standing = selectors.statements_on(version)
    replaced = [row for row in selectors.statements(found) if row not in standing]
    mine = access.can(request.user, Permission.GIVE_STATEMENT, found.area)
    own = selectors.statement_draft(found, request.user) if mine else None
    written = [(f"statement-{row.pk}", row.body) for row in [*standing, *replaced]]
    texts = plain.shown(*written, ("unfinished", own.body if own else ""))
    context = _context(
        found,
        version=version,
        standing=list(zip(standing, texts, strict=False)),
        replaced=list(zip(replaced, texts[len(standing) : -1], strict=True)),
        no_statement=selectors.NO_STATEMENT,
        is_mine=mine,
        own=own,
        unfinished=texts[-1] if own and own.body else None,
        may_state=decide(policies.check_can_state, documents.draft(found)),
    )
    return render(request, "scrutiny/statement.html", context)


@on_a_form
def write(request: Request, area: str, document: str) -> HttpResponse:
    """Write one's own statement. Nobody else reads it until it is given."""
    found = document_of(request, area, document)
    access.require(request.user, Permission.GIVE_STATEMENT, found.area)
    if request.method != "POST":
        policies.check_can_state(documents.draft(found))
    draft = selectors.statement_draft(found, request.user)
    saved, refusal = draft.body if draft else "", None
    form = StatementForm(
        request.POST if request.method == "POST" else None,
        initial={"body": saved, "seen_revision": draft.revision if draft else 0},
    )
    if form.is_valid():
        try:
            services.save_statement(document=found, by=request.user, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
            # What was typed stays in its field, and the next save is on top of the text that is shown beside it.
            again = {**request.POST.dict(), "seen_revision": draft.revision if draft else 0}
            form = StatementForm(again)
        else:
            messages.success(request, "Saved. Nobody but you can read it.")
            return _on(request, found)
    context = _context(
        found,
        form=form,
        refusal=refusal,
        saved=saved,
        shown=plain.shown(("preview", saved))[0] if "preview" in request.GET else None,
        problems=form if form.is_bound else [(row.message, "#id_body") for row in plain.read(saved).problems],
    )
    return render(request, "scrutiny/write.html", context, status=told(request, refusal) if refusal else 200)


def _on(request: Request, document: Document) -> HttpResponse:
    act = request.POST.get("act", "")
    page = "scrutiny:give" if act == "give" else "scrutiny:write"
    where = reverse(page, args=[document.area.slug, address_of(document)])
    return redirect(f"{where}?preview=yes#preview" if act == "preview" else where)


@on_a_form
def give(request: Request, area: str, document: str) -> HttpResponse:
    """Confirm, then give exactly the text that is on the screen."""
    found = document_of(request, area, document)
    access.require(request.user, Permission.GIVE_STATEMENT, found.area)
    draft = selectors.statement_draft(found, request.user)
    body, revision = (draft.body, draft.revision) if draft else ("", 0)
    if request.method != "POST":
        policies.check_can_state(documents.draft(found))
    form = GiveForm(request.POST if request.method == "POST" else None, initial={"seen_revision": revision})
    status, problems = 200, [f"Line {row.line}: {row.message}" for row in plain.read(body).problems]
    if form.is_valid():
        seen = form.cleaned_data["seen_revision"]
        try:
            services.give_statement(document=found, seen_revision=seen, by=request.user)
        except Refused as refusal:
            problems = list(refusal.problems) if isinstance(refusal, Incomplete) else [refusal.sentence]
            form, status = GiveForm(None, initial={"seen_revision": revision}), told(request, refusal)
        else:
            messages.success(request, "Your statement is given. It is printed as you wrote it.")
            return redirect(_context(found)["home"])
    context = _context(
        found,
        form=form,
        problems=problems,
        has_text=bool(body.strip()),
        text=plain.shown(("statement", body))[0],
    )
    return render(request, "scrutiny/give.html", context, status=status)
