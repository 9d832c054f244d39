"""The door to every public page: open to everybody for reading alone, and honest about what was withdrawn."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from partnership.areas.models import Area
from partnership.companions.models import Companion
from partnership.documents import selectors as documents
from partnership.documents.kinds import DocumentKind, kind_at
from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.public import presenting
from partnership.public.conditional import tagged

View = Callable[..., HttpResponse]


class Gone(Exception):
    """What was at this address was withdrawn after publication: a version, or a companion of it alone."""

    def __init__(self, version: Version, companion: Companion | None = None) -> None:
        super().__init__(version)
        self.version, self.companion = version, companion


def open_to_all(view: View) -> View:
    """Open to everybody, for reading alone. What was withdrawn answers with its tombstone, at each of its addresses."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Gone as gone:
            response = _tombstone(request, gone)
            add_never_cache_headers(response)
            return response

    return login_not_required(require_safe(tagged(opened)))


def _tombstone(request: HttpRequest, gone: Gone) -> HttpResponse:
    """What stands at an address of something that was withdrawn: a page; at that of a file of data, data."""
    if request.path.endswith(".json"):
        told = presenting.tombstone_as_data(gone.version, request.build_absolute_uri)
        return JsonResponse(told, status=HTTPStatus.GONE)
    shown = presenting.tombstone(gone.version, gone.companion)
    page = "public/withdrawn_companion.html" if gone.companion else "public/withdrawn.html"
    return render(request, page, shown, status=HTTPStatus.GONE)


def edition_at(area: str, address: str, number: int) -> Version:
    """One version that was public and can still be read. Raises Gone for one that was withdrawn, otherwise 404 alone."""
    kind, label = _named(address)
    rows = Version.objects.filter(document__area__slug=area, document__kind=kind.key, document__period_label=label)
    version = rows.select_related("document__area", "consolidated_into__area").filter(number=number).first()
    if version is None or version.published_at is None:
        raise Http404
    if version.status == Status.TAKEN_DOWN:
        raise Gone(version)
    return version


def published_at(area: str, address: str) -> Version:
    """What the public reads at an address. Raises Gone for what was withdrawn, and otherwise 404 alone."""
    kind, label = _named(address)
    place = get_object_or_404(Area, slug=area)
    version = documents.published(place, kind.key, label)
    if version is None:
        if gone := documents.withdrawn(place, kind.key, label):
            raise Gone(gone)
        raise Http404
    return version


def _named(address: str) -> tuple[DocumentKind, str]:
    path, _, label = address.rpartition("/")
    kind = kind_at(path)
    if kind is None:
        raise Http404
    return kind, label
