"""From an address to what the person may see of it. Whatever they may not see is not there (404)."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas import loading as areas
from partnership.areas.models import Area
from partnership.documents import selectors, services
from partnership.documents.kinds import DocumentKind, address_of, kind, kind_at, kinds
from partnership.documents.models import Document, Proposal, Version
from partnership.documents.workflow import READABLE


def area_of(request: Request, slug: str) -> tuple[Area, QuerySet[Document]]:
    """The area and its documents that the person sees: by an office in it, or by a document shared by name."""
    documents = selectors.documents_visible_to(request.user).filter(area__slug=slug)
    area = access.areas_for(request.user).filter(slug=slug).first()
    if area is None and (shared := documents.first()):
        area = shared.area
    if area is None:
        areas.refuse(request.user, slug)
        raise Http404
    return area, documents


def kind_of(key: str) -> DocumentKind:
    """The kind that an address names by its key or its public address."""
    found = kinds().get(key) or kind_at(key)
    if found is None:
        raise Http404
    return found


def document_of(request: Request, area: str, document: str, *, shows_text: bool = True) -> Document:
    """The document at an address inside an area.

    Once a version of it was withdrawn for redaction, pages that show its texts open for named roles alone.
    """
    found = selectors.at(document, selectors.documents_visible_to(request.user).filter(area__slug=area))
    if found is None:
        areas.refuse(request.user, area)
        raise Http404
    if shows_text:
        services.open_document(found, by=request.user)
    return found


def version_of(request: Request, area: str, document: str, number: int) -> Version:
    """One version of the document at an address, to act on."""
    found = document_of(request, area, document, shows_text=False)
    return get_object_or_404(found.versions.select_related("document__area"), number=number)


def opened(request: Request, area: str, document: str, number: int) -> Version:
    """One version, to be read: what is sealed by named roles alone, each time on record.

    Beside the sealed original that is each text of its document that the public cannot read, since it may say the same.
    """
    found = document_of(request, area, document, shows_text=False)
    version = get_object_or_404(found.versions.select_related("document__area"), number=number)
    if version.is_sealed:
        services.open_sealed(version, by=request.user)
    elif getattr(found, "is_sealed", False) and version.status not in READABLE:
        services.require_may_open(found, request.user)
    return version


def proposal_of(version: Version, key: int) -> Proposal:
    """One proposal of an act on a version, with who proposed and decided, and what it lays down."""
    related = ("proposed_by", "decided_by", "paper__appointment__person", "seat__agency", "release", "into__area")
    rows = Proposal.objects.select_related("version__document__area", *related)
    return get_object_or_404(rows, version=version, pk=key)


def common(document: Document) -> dict[str, Any]:
    """What every page about a document needs."""
    return {
        "area": document.area,
        "document": document,
        "name": f"{document.title[0].lower()}{document.title[1:]}",
        "address": address_of(document),
        "kind": kind(document.kind),
    }
