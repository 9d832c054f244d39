"""Pages for everybody, without signing in. Everything on them was published; the rest is a plain 404.

A copy may be kept by whoever carries it, and is asked for anew each time: what is withdrawn is gone at once.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from partnership import clock
from partnership.areas.models import Area
from partnership.companions import presenting as companions_shown
from partnership.companions import selectors as companions
from partnership.companions.models import Companion
from partnership.documents import canonical
from partnership.documents.models import Version
from partnership.files import services as files
from partnership.files.models import StoredFile
from partnership.living import presenting as living
from partnership.public import answers, presenting, selectors
from partnership.public.opening import Gone, open_to_all, published_at
from partnership.web.pagination import page_of
from partnership.word import presenting as word


@open_to_all
def areas(request: HttpRequest) -> HttpResponse:
    """Every area, or those that match ?q=."""
    search = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:80]
    page = page_of(selectors.areas(search), request)
    return render(request, "public/areas.html", {"page": page, "search": search, "today": clock.today()})


@open_to_all
def area(request: HttpRequest, area: str) -> HttpResponse:
    """One partnership: its statutory partners today, its documents, and what is due."""
    found = get_object_or_404(Area, slug=area)
    return render(request, "public/area.html", presenting.area(found, clock.today()))


@open_to_all
def document(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """The record of a published document, from its frozen content alone."""
    version = published_at(area, document)
    beside = [
        (row.get_kind_display(), reverse("public:companion", args=[version.document.area.slug, document, row.kind]))
        for row in companions.published(version.document)
    ]
    return render(request, "public/document.html", {**presenting.record(version), "companions": beside})


@open_to_all
def changes(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """What a correction changed, word by word: from the published version before to the one that stands."""
    version = published_at(area, document)
    before = selectors.earlier(version).order_by("-number").first()
    if before is None:
        raise Http404
    return render(request, "public/changes.html", presenting.changes(version, before))


@open_to_all
@cache_control(public=True, no_cache=True)
def pdf(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """The PDF that was made of the signed content, byte by byte."""
    return answers.pdf(published_at(area, document))


@open_to_all
@cache_control(public=True, no_cache=True)
def content(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """The canonical text exactly as it was hashed, so that anybody can compute the fingerprint."""
    return answers.content(published_at(area, document))


@open_to_all
@cache_control(public=True, no_cache=True)
def evidence(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """Who signed which text, when and how, and who did not: for machines, beside the document."""
    version = published_at(area, document)
    return answers.evidence(version, request.build_absolute_uri(presenting.address(version, "content")))


@open_to_all
@cache_control(public=True, no_cache=True)
def docx(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """The same text as a Word file, for whoever works on from it."""
    version = published_at(area, document)
    return answers.saved(
        word.docx_of(version, living.in_words(version)), word.WORD, f"{presenting.file_name(version)}.docx"
    )


@open_to_all
@cache_control(public=True, no_cache=True)
def page(request: HttpRequest, area: str, document: str) -> HttpResponse:
    """The same text as one page of HTML that needs nothing else."""
    version = published_at(area, document)
    return answers.saved(
        word.html_of(version, living.in_words(version)).encode(), word.HTML, f"{presenting.file_name(version)}.html"
    )


@open_to_all
@cache_control(public=True, no_cache=True)
def picture(request: HttpRequest, area: str, document: str, sha256: str) -> HttpResponse:
    """A picture of the document; one that its frozen content does not show is not found."""
    shown = canonical.load(published_at(area, document).content)["attachments"]
    if sha256 not in {row["sha256"] for row in shown}:
        raise Http404
    file = get_object_or_404(StoredFile, sha256=sha256)
    return HttpResponse(files.read(file), content_type=file.content_type)


@open_to_all
def companion(request: HttpRequest, area: str, document: str, companion: str) -> HttpResponse:
    """The children's or Easy Read version of a published document."""
    version = published_at(area, document)
    row = _companion(version, companion)
    where = [version.document.area.slug, document, companion]
    context = {
        "version": version,
        "companion": row,
        "shown": companions_shown.shown(row),
        "is_outdated": companions_shown.is_outdated(row, version),
        "main_href": presenting.address(version),
        "pdf_href": reverse("public:companion_pdf", args=where),
    }
    return render(request, "public/companion.html", context)


@open_to_all
@cache_control(public=True, no_cache=True)
def companion_pdf(request: HttpRequest, area: str, document: str, companion: str) -> HttpResponse:
    """Its PDF, byte by byte as it was agreed to."""
    row = _companion(published_at(area, document), companion)
    if row.file is None:
        raise Http404
    response = HttpResponse(files.read(row.file), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.kind}.pdf"'
    return response


def _companion(version: Version, kind: str) -> Companion:
    found = next((row for row in companions.published(version.document) if row.kind == kind), None)
    if found is None and (gone := companions.withdrawn(version.document, kind)):
        raise Gone(gone.made_for, gone if gone.withdrawn_at else None)
    if found is None:
        raise Http404
    return found
