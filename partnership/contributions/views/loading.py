"""From an address to what the person may see of it. Whatever lies outside their areas is not there (404)."""

from typing import Any

from django.http import Http404

from partnership.accounts.requests import Request
from partnership.areas import access as rights
from partnership.areas import loading as areas
from partnership.areas.roles import Permission
from partnership.contributions import access, selectors
from partnership.contributions.models import Room
from partnership.contributions.presenting import Page
from partnership.documents.kinds import address_of
from partnership.documents.models import Document
from partnership.documents.services import open_document


def document_of(request: Request, area: str, document: str) -> Document:
    """The document at an address, for whoever holds an office in its area."""
    found = selectors.document_at(request.user, area, document)
    if found is None:
        raise Http404("There is no such document, or it is not open to this person.")
    open_document(found, by=request.user)
    return found


def room_of(request: Request, area: str, document: str, number: int) -> Room:
    """A room by its number, for whoever holds an office in the area. What is in it is another question."""
    found = selectors.of_document(document_of(request, area, document)).filter(number=number).first()
    if found is None:
        raise Http404("This document has no contribution of this number.")
    return found


def own_room(request: Request, area: str, document: str, number: int) -> Room:
    """A room of the person's own agency. Raises NotAllowed, with the sentence, for everybody else in the area."""
    found = room_of(request, area, document, number)
    access.require_agency(request.user, found)
    return found


def require_sight(request: Request, room: Room) -> None:
    """Raise NotAllowed for whoever neither sees the area nor writes for the agency."""
    if not access.is_of_agency(request.user, room):
        areas.refuse(request.user, room.document.area.slug)


def common(request: Request, document: Document) -> dict[str, Any]:
    """What every page about a document's contributions needs."""
    return {
        "area": document.area,
        "document": document,
        "address": address_of(document),
        "sees_area": rights.can(request.user, Permission.VIEW_AREA, document.area),
    }


def of_room(request: Request, room: Room) -> dict[str, Any]:
    """What every page about one room needs."""
    return {
        **common(request, room.document),
        "room": room,
        "page": Page(room, request.user),
        "home": selectors.address(room),
    }
