"""Reading: the contributions to a document, and one of them as far as the person may see it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnership.accounts.requests import Request
from partnership.areas import access as rights
from partnership.areas import loading as areas
from partnership.areas.roles import Permission
from partnership.contributions import presenting, selectors
from partnership.contributions.views import loading
from partnership.documents import selectors as documents


@require_safe
def rooms(request: Request, area: str, document: str) -> HttpResponse:
    """Everything that agencies are asked for, with how it stands and by when. No word of what is not released."""
    found = loading.document_of(request, area, document)
    areas.refuse(request.user, area)
    rows = presenting.rows(list(selectors.of_document(found)), request.user)
    context = {
        **loading.common(request, found),
        "rows": rows,
        "draft": documents.draft(found),
        "gathers": rights.can(request.user, Permission.GATHER_CONTRIBUTIONS, found.area),
    }
    return render(request, "contributions/rooms.html", context)


@require_safe
def room(request: Request, area: str, document: str, room: int) -> HttpResponse:
    """What is asked and how it stands; what was released; and the acts that are open to this person."""
    found = loading.room_of(request, area, document, room)
    loading.require_sight(request, found)
    return render(request, "contributions/room.html", loading.of_room(request, found))
