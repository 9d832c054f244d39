"""Versions that a newer one replaced, each at an address of its own for ever; and the way to the newest of a kind."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control

from partnership.areas.models import Area
from partnership.documents import canonical
from partnership.documents import selectors as documents
from partnership.documents.kinds import kind_at
from partnership.documents.workflow import Status
from partnership.files import services as files
from partnership.files.models import StoredFile
from partnership.public import answers, presenting
from partnership.public.opening import edition_at, open_to_all


@open_to_all
def latest(request: HttpRequest, area: str, kind: str) -> HttpResponse:
    """To what stands of a kind in an area, or else to what stood last: an address that others can link to for ever."""
    place, found = get_object_or_404(Area, slug=area), kind_at(kind)
    if found is None:
        raise Http404
    rows = documents.publications(place).filter(document__kind=found.key)
    standing = rows.filter(status=Status.PUBLISHED).order_by("-document__period").first()
    gone = documents.all_withdrawn(place).filter(document__kind=found.key)
    version = standing or rows.order_by("-document__period").first() or gone.order_by("-document__period").first()
    if version is None:
        raise Http404
    return redirect(presenting.address(version))


@open_to_all
def edition(request: HttpRequest, area: str, document: str, number: int) -> HttpResponse:
    """One version as it was published. What stands is led to where everybody reads it."""
    version = edition_at(area, document, number)
    if version.status != Status.SUPERSEDED:
        return redirect(presenting.address(version))
    return render(request, "public/document.html", presenting.edition(version))


@open_to_all
@cache_control(public=True, no_cache=True)
def pdf(request: HttpRequest, area: str, document: str, number: int) -> HttpResponse:
    """Its PDF, byte by byte as it was published."""
    return answers.pdf(edition_at(area, document, number))


@open_to_all
@cache_control(public=True, no_cache=True)
def content(request: HttpRequest, area: str, document: str, number: int) -> HttpResponse:
    """Its canonical text exactly as it was hashed."""
    return answers.content(edition_at(area, document, number))


@open_to_all
@cache_control(public=True, no_cache=True)
def evidence(request: HttpRequest, area: str, document: str, number: int) -> HttpResponse:
    """Who signed it, when and how, and who did not."""
    version = edition_at(area, document, number)
    where = request.build_absolute_uri(presenting.edition_address(version, "edition_content"))
    return answers.evidence(version, where)


@open_to_all
@cache_control(public=True, no_cache=True)
def picture(request: HttpRequest, area: str, document: str, number: int, sha256: str) -> HttpResponse:
    """A picture that it shows."""
    shown = canonical.load(edition_at(area, document, number).content)["attachments"]
    if sha256 not in {row["sha256"] for row in shown}:
        raise Http404
    file = get_object_or_404(StoredFile, sha256=sha256)
    return HttpResponse(files.read(file), content_type=file.content_type)
