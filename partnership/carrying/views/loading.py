"""From an address to what the person may see of it. A document shared by name opens its text alone, and none of this."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas import loading as areas
from partnership.carrying import selectors
from partnership.carrying.models import RollForward
from partnership.documents import selectors as documents
from partnership.documents.models import Document, Section, Version
from partnership.documents.views import loading


def document_of(request: Request, area: str, document: str) -> Document:
    """The document at an address, for whoever holds an office that sees its area."""
    found = loading.document_of(request, area, document)
    if not access.visible_to(Document.objects.filter(pk=found.pk), request.user).exists():
        areas.refuse(request.user, area)
        raise Http404
    return found


def rolled_of(document: Document) -> RollForward:
    """From what the document was rolled forward; one that was not has none of these pages."""
    found = selectors.rolled(document)
    if found is None:
        raise Http404
    return found


def version_of(document: Document) -> Version:
    """The version that people work on, or the newest where none is alive."""
    return documents.current(document) or documents.newest(document)


def section_of(version: Version, key: str) -> Section:
    """A section of that version."""
    return get_object_or_404(version.sections.select_related("version__document__area", "updated_by"), key=key)
