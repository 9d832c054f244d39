"""What the public pages show of an area and of a published document."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.models import Area
from partnership.areas.roles import Office
from partnership.clock import london_day
from partnership.companions.models import Companion
from partnership.deadlines import presenting as deadlines
from partnership.documents import canonical, certificate, compare, numbering
from partnership.documents import selectors as documents
from partnership.documents.guidance_rows import guidance_rows, how_met
from partnership.documents.kinds import address_of, kind, kinds
from partnership.documents.models import Document, Review, Version
from partnership.documents.workflow import READABLE, Status
from partnership.guidance.financial_years import FinancialYear
from partnership.living import presenting as living
from partnership.living import selectors as records
from partnership.public import selectors
from partnership.web.templatetags import words


def area(found: Area, today: date) -> dict[str, Any]:
    """One area: who holds the statutory offices, what is published, what is due."""
    running = FinancialYear.containing(today).label
    published = list(documents.publications(found).defer("content").order_by("-document__period", "document__kind"))
    arrangements = next((row for row in published if row.document.kind == "arrangements"), None)
    return {
        "area": found,
        "today": today,
        "seats": _seats(found, today),
        "groups": _groups(published),
        "withdrawn": [(row, address(row)) for row in documents.all_withdrawn(found)],
        "owed": [_owed(duty, today) for duty in selectors.open_duties(found, running)],
        "succession": areas.successions(found),
        "contact_href": address(arrangements) if arrangements else "",
    }


def _seats(area: Area, today: date) -> list[dict[str, Any]]:
    held: dict[int | None, list[Any]] = {}
    for appointment in areas.holders(area, Office.LSP, today):
        held.setdefault(appointment.seat_id, []).append(appointment)
    return [{"agency": seat.agency, "holders": held.get(seat.pk, [])} for seat in areas.statutory_seats(area, today)]


def _groups(published: list[Version]) -> list[dict[str, Any]]:
    """Publications by kind, each with the address and whether it still stands."""
    groups, contradicted = [], records.contradicted(published)
    for what in kinds().values():
        rows = [
            {
                "version": row,
                "href": address(row),
                "superseded": row.status == Status.SUPERSEDED,
                "consolidated": row.status == Status.CONSOLIDATED,
                "is_contradicted": row.pk in contradicted,
            }
            for row in published
            if row.document.kind == what.key
        ]
        groups.append({"title": what.title, "rows": rows})
    return groups


def _owed(duty: Any, today: date) -> dict[str, Any]:
    return {
        "name": deadlines.name(duty),
        "due_on": duty.due_on,
        "is_late": duty.due_on < today,
        "days": deadlines.days_in_words(duty.due_on, today),
        "said": next(iter(duty.late_statements.all()), None),
    }


def address(version: Version, view: str = "document") -> str:
    """The permanent address of a published document, or of its PDF or content."""
    document = version.document
    return reverse(f"public:{view}", args=[document.area.slug, address_of(document)])


def file_name(version: Version) -> str:
    """What a copy of the document is called, without its ending."""
    return f"{version.document.area.slug}-{address_of(version.document).replace('/', '-')}"


def edition_address(version: Version, view: str = "edition", *more: object) -> str:
    """The address of one version that was public, whatever came after it; or of its PDF, content, evidence or a picture."""
    document = version.document
    return reverse(f"public:{view}", args=[document.area.slug, address_of(document), version.number, *more])


def edition(version: Version) -> dict[str, Any]:
    """A version that a newer one of the same document replaced, as it was: at an address of its own, under a banner."""
    shown = record(version)
    document = canonical.load(version.content)
    newer = documents.published(version.document.area, version.document.kind, version.document.period_label)
    links = {view: edition_address(version, f"edition_{view}") for view in ("pdf", "content", "evidence")}
    return {
        **shown,
        "view": numbering.view(document, lambda sha256: edition_address(version, "edition_picture", sha256)),
        "links": links,
        "earlier": [],
        "newer": newer,
        "newer_href": address(newer) if newer else "",
        "is_edition": True,
    }


def record(version: Version) -> dict[str, Any]:
    """A published document from its frozen content: numbered body, signatures, guidance, and what it is worth today."""
    into = version.consolidated_into
    document = canonical.load(version.content)
    rows = guidance_rows(document)
    pdf = selectors.final_pdf(version)
    newer = selectors.newest_of_kind(version) if version.status == Status.SUPERSEDED else None
    where = [version.document.area.slug, address_of(version.document)]
    return {
        "area": version.document.area,
        "document_address": where[1],
        "version": version,
        "living": living.standing(version),
        "document": document,
        "view": numbering.view(document, lambda sha256: reverse("public:picture", args=[*where, sha256])),
        "signatures": certificate.signatures(version),
        "agreed": certificate.agreed_in_words(version),
        "invented": selectors.invented_signatories(version),
        "short": canonical.short(version.sha256 or ""),
        "guidance": rows,
        "met": how_met(rows),
        "pdf": pdf,
        "pdf_size": _size(pdf.file.size) if pdf else "",
        "late_for": _late_for(version),
        "newer": newer,
        "newer_href": address(newer) if newer else "",
        "earlier": selectors.earlier(version),
        "approved_at": version.signed_at or version.settled_at,
        "review": review(version),
        "history": history(version.document),
        "into": into,
        "into_stands": bool(into and into.versions.filter(status__in=READABLE).exists()),
        "into_href": reverse("public:document", args=[into.area.slug, address_of(into)]) if into else "",
        "links": {view: address(version, view) for view in ("changes", "pdf", "docx", "page", "content", "evidence")},
    }


@dataclass(frozen=True)
class Standing:
    """When what stands was last reviewed and will be next; `is_overdue`: that day has passed."""

    last: Review | None
    next_on: date | None
    is_overdue: bool


def review(version: Version) -> Standing | None:
    """The reviews of what stands, of a kind that comes into force; None for any other."""
    if version.status != Status.PUBLISHED or not kind(version.document.kind).comes_into_force:
        return None
    next_on = documents.next_review(version)
    return Standing(version.reviews.first(), next_on, bool(next_on and next_on < clock.today()))


@dataclass(frozen=True)
class Edition:
    """One version that was public: when, what it corrects and why, what became of it."""

    number: int
    published_at: datetime
    note: str
    fate: str
    href: str


def history(document: Document) -> list[Edition]:
    """Every version that was ever public, the newest first. Of what was withdrawn, that it was, and never its words."""
    rows = document.versions.filter(published_at__isnull=False).select_related("correction").defer("content")
    return [
        Edition(row.number, row.published_at, _note(row), _fate(row), _href(row, document))
        for row in rows.order_by("-number")
        if row.published_at
    ]


def _href(version: Version, document: Document) -> str:
    """Where a version that was replaced by a newer one can still be read; what stands is read where everybody looks."""
    if version.status != Status.SUPERSEDED:
        return ""
    return reverse("public:edition", args=[document.area.slug, address_of(document), version.number])


def _note(version: Version) -> str:
    row = None if version.is_sealed else getattr(version, "correction", None)  # its words may be what had to go
    return f"{row.get_nature_display()} correction. {row.reason}" if row else ""


def _fate(version: Version) -> str:
    if version.status == Status.TAKEN_DOWN and version.withdrawn_at:
        return f"Withdrawn on {words.day(version.withdrawn_at)}. {version.reason}"
    if version.superseded_at:
        return f"Superseded on {words.day(version.superseded_at)}."
    if version.consolidated_at:
        return f"Taken in by another document on {words.day(version.consolidated_at)}."
    return ""


def tombstone(version: Version, companion: Companion | None = None) -> dict[str, Any]:
    """What stands at the addresses of something that was withdrawn: what it was, when it went, and why.

    `companion`: what was withdrawn alone; what stands in the place of the rest is its document then.
    """
    document = version.document
    instead = documents.published(document.area, document.kind, document.period_label)
    return {
        "area": version.document.area,
        "document": version.document,
        "version": version,
        "companion": companion,
        "history": history(version.document),
        "instead": instead,
        "instead_href": address(instead) if instead else "",
        "area_href": reverse("public:area", args=[version.document.area.slug]),
    }


def tombstone_as_data(version: Version, absolute: Callable[[str], str]) -> dict[str, str]:
    """The same for machines: when it went, on which ground, and the page that says why."""
    return {
        "withdrawn_on": london_day(version.withdrawn_at).isoformat() if version.withdrawn_at else "",
        "ground": version.get_withdrawn_for_display(),
        "page": absolute(address(version)),
    }


def _both_agreed(before: Version, version: Version) -> str:
    if before.settled_at is None and version.settled_at is None:
        return "Both were signed by every lead safeguarding partner."
    return " ".join(f"Version {row.number}: {certificate.agreed_in_words(row)}" for row in (before, version))


def changes(version: Version, before: Version) -> dict[str, Any]:
    """What differs between two published versions of one document, from their frozen contents alone."""
    differences = compare.compare(canonical.load(before.content), canonical.load(version.content))
    return {
        "area": version.document.area,
        "document": version.document,
        "version": version,
        "agreed": _both_agreed(before, version),
        "before": before,
        "differences": differences,
        "changed": [section for section in differences if section.status != "same"],
        "back": address(version),
    }


def _late_for(version: Version) -> date | None:
    """The day that publication missed: counted by the first published version, since a correction is not late."""
    due_on = selectors.duty_date(version)
    first = selectors.earlier(version).order_by("number").first() or version
    return due_on if due_on and first.published_at and london_day(first.published_at) > due_on else None


def _size(size: int) -> str:
    """A file's size as people read it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} kB"
