"""What search engines are told: every public page with the day of its last change, and nothing of what is not public."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partnership.areas.models import Area
from partnership.companions.models import Companion
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of
from partnership.documents.workflow import Status
from partnership.public import presenting
from partnership.public.conditional import tagged

MOST = 50_000  # addresses that one file may hold (sitemaps.org)
FRESH = 3600
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
Entry = tuple[str, datetime | None]


@login_not_required
@require_safe
@tagged
@cache_control(public=True, max_age=FRESH)
def robots(request: HttpRequest) -> HttpResponse:
    """Where the sitemap is. A practice area, whose people are invented, is to be found by nobody."""
    if settings.PRACTICE:
        return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
    where = _absolute(reverse("sitemap"))
    return HttpResponse(f"User-agent: *\nAllow: /\n\nSitemap: {where}\n", content_type="text/plain")


@login_not_required
@require_safe
@tagged
@cache_control(public=True, max_age=FRESH)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page; where there are too many for one file, the files that hold them."""
    found = list(entries())
    if len(found) <= MOST:
        return _xml(_pages(found))
    count = -(-len(found) // MOST)
    files = "".join(_line("sitemap", reverse("sitemap_part", args=[part]), None) for part in range(1, count + 1))
    return _xml(f"<sitemapindex {SCHEMA}>\n{files}</sitemapindex>\n")


@login_not_required
@require_safe
@tagged
@cache_control(public=True, max_age=FRESH)
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """One of several files."""
    found = list(entries())
    some = found[(number - 1) * MOST : number * MOST] if number else []
    if not some:
        raise Http404
    return _xml(_pages(some))


def entries() -> Iterator[Entry]:
    """The path of every public page, and when it last changed if that is known; in three queries, however many there are."""
    published = list(documents.publications().defer("content").order_by("document__area__slug", "-published_at", "pk"))
    changed = {version.document_id: version.superseded_at or version.published_at for version in published}
    newest: dict[int, datetime | None] = {}
    for version in published:
        last = newest.get(version.document.area_id)
        at = changed[version.document_id]
        newest[version.document.area_id] = max(last, at) if last and at else at
    yield reverse("public:areas"), None
    yield reverse("public:check"), None
    yield reverse("public:days"), None
    yield reverse("web:accessibility"), None
    for area in Area.objects.order_by("slug"):
        yield reverse("public:area", args=[area.slug]), newest.get(area.pk)
    for version in published:
        yield presenting.address(version), changed[version.document_id]
    yield from _companions(changed)


def _companions(changed: dict[int, datetime | None]) -> Iterator[Entry]:
    """The children's and Easy Read versions beside what is public: of each the newest that was published."""
    rows = Companion.objects.filter(published_at__isnull=False, withdrawn_at=None, document__in=changed)
    rows = rows.exclude(made_for__status=Status.TAKEN_DOWN).select_related("document__area")
    for row in rows.order_by("document_id", "kind", "-number").distinct("document_id", "kind"):
        document = row.document
        where = [document.area.slug, address_of(document), row.kind]
        yield reverse("public:companion", args=where), row.published_at


def _pages(found: list[Entry]) -> str:
    lines = "".join(_line("url", path, at) for path, at in found)
    return f"<urlset {SCHEMA}>\n{lines}</urlset>\n"


def _line(what: str, path: str, at: datetime | None) -> str:
    changed = f"<lastmod>{at.isoformat(timespec='seconds')}</lastmod>" if at else ""
    return f"<{what}><loc>{escape(_absolute(path))}</loc>{changed}</{what}>\n"


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{path}"


def _xml(body: str) -> HttpResponse:
    return HttpResponse(HEAD + body, content_type="application/xml")
