"""What was carried: the whole of it, the passages of one section, and saying that they are still true."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.carrying import policies, presenting, selectors, services
from partnership.carrying.models import Carried, Kind
from partnership.carrying.views import loading
from partnership.documents import editing, marking
from partnership.documents.kinds import address_of
from partnership.documents.models import Document, Version
from partnership.documents.views.loading import common
from partnership.errors import Conflict, Decision, decide
from partnership.web.errors import told


@require_safe
def carried(request: Request, area: str, document: str) -> HttpResponse:
    """From what the document was begun, what was left out, and what of it waits in which section."""
    found = loading.document_of(request, area, document)
    roll, version = loading.rolled_of(found), loading.version_of(found)
    context = {
        **common(found),
        "roll": roll,
        "source_address": address_of(roll.source.document),
        "overview": presenting.overview(found, version),
        "may_confirm": _may_confirm(request, found, version),
    }
    return render(request, "carrying/carried.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: Request, area: str, document: str, key: str) -> HttpResponse:
    """Every passage of a section with how it stands; once all of them are on the screen, all can be confirmed at once."""
    found = loading.document_of(request, area, document)
    if request.method == "POST":
        access.require(request.user, Permission.DRAFT_DOCUMENT, found.area)
    roll, version = loading.rolled_of(found), loading.version_of(found)
    row = loading.section_of(version, key)
    refusal: Conflict | None = None
    if request.method == "POST":
        try:
            number = services.confirm_section(
                document=found, section_key=key, seen=request.POST.getlist("seen"), by=request.user
            )
        except Conflict as clash:
            refusal = clash
        else:
            messages.success(request, _said(number, row.title))
            return redirect("carrying:carried", found.area.slug, address_of(found))
    page = editing.Page(row, request.user)
    pieces = [piece for piece in selectors.waiting(version) if piece.section and piece.section.key == key]
    context = {
        **common(found),
        "roll": roll,
        "section": row,
        "page": page,
        "passages": _passages(page, pieces),
        "pieces": pieces,
        "explained": [piece for piece in pieces if piece.row.kind == Kind.SECTION],
        "may_confirm": _may_confirm(request, found, version),
        "refusal": refusal,
    }
    return render(request, "carrying/section.html", context, status=told(request, refusal) if refusal else 200)


def _passages(page: editing.Page, pieces: list[selectors.Waiting]) -> list[tuple[Any, selectors.Waiting | None]]:
    by_block = {piece.block.pk: piece for piece in pieces if piece.block}
    return [(item, by_block.get(block.pk) if block else None) for item, block in marking.Marking(page).blocks]


def _said(number: int, title: str) -> str:
    if not number:
        return f"Nothing of “{title}” was waiting."
    return f"“{title}” is confirmed to be still true: {number} {'passage' if number == 1 else 'passages'}."


def _may_confirm(request: Request, document: Document, version: Version) -> Decision:
    def check() -> None:
        access.require(request.user, Permission.DRAFT_DOCUMENT, document.area)
        policies.check_is_draft(version)

    return decide(check)


@require_POST
def confirm(request: Request, area: str, document: str, row: int) -> HttpResponse:
    """Say that one passage or explanation is still true."""
    found = loading.document_of(request, area, document)
    piece = get_object_or_404(Carried.objects.select_related("document__area"), document=found, pk=row)
    services.confirm(row=piece, by=request.user)
    messages.success(request, "Confirmed to be still true.")
    where = [found.area.slug, address_of(found)]
    key = request.POST.get("section", "")
    known = loading.version_of(found).sections.filter(key=key).exists()
    if known:
        return redirect(f"{reverse('carrying:section', args=[*where, key])}#passages")
    return redirect("carrying:carried", *where)
