"""From an address to the document under scrutiny."""

from typing import Any

from django.http import Http404

from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import services as documents
from partnership.documents.models import Document
from scrutiny import selectors


def document_of(request: Any, area: str, address: str) -> Document:
    """The document, or 404. What is sealed of it stays open to its scrutineer, whose own words these are."""
    document = selectors.document_at(request.user, area, address)
    if document is None:
        raise Http404("There is no such document, or it is not open to this person.")
    if not access.can(request.user, Permission.RAISE_CHALLENGE, document.area):
        documents.open_document(document, by=request.user)
    return document
