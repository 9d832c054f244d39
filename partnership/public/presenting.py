"""What the public pages show of an area and of a published document."""

from datetime import date
from typing import Any

from django.urls import reverse

from partnership.areas import selectors as areas
from partnership.areas.models import Area
from partnership.areas.roles import Office
from partnership.clock import london_day
from partnership.deadlines import presenting as deadlines
from partnership.documents import canonical, certificate, compare, numbering
from partnership.documents import selectors as documents
from partnership.documents.guidance_rows import guidance_rows, how_met
from partnership.documents.kinds import address_of, kinds
from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.guidance.financial_years import FinancialYear
from partnership.living import presenting as living
from partnership.living import selectors as records
from partnership.public import selectors


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
    for kind in kinds().values():
        rows = [
            {
                "version": row,
                "href": address(row),
                "superseded": row.status == Status.SUPERSEDED,
                "is_contradicted": row.pk in contradicted,
            }
            for row in published
            if row.document.kind == kind.key
        ]
        groups.append({"title": kind.title, "rows": rows})
    return groups


def _owed(duty: Any, today: date) -> dict[str, Any]:
    return {
        "name": deadlines.name(duty),
        "due_on": duty.due_on,
        "is_late": duty.due_on < today,
        "days": deadlines.days_in_words(duty.due_on, today),
    }


def address(version: Version, view: str = "document") -> str:
    """The permanent address of a published document, or of its PDF or content."""
    document = version.document
    return reverse(f"public:{view}", args=[document.area.slug, address_of(document)])


def file_name(version: Version) -> str:
    """What a copy of the document is called, without its ending."""
    return f"{version.document.area.slug}-{address_of(version.document).replace('/', '-')}"


def record(version: Version) -> dict[str, Any]:
    """A published document from its frozen content: numbered body, signatures, guidance, and what it is worth today."""
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
        "links": {view: address(version, view) for view in ("changes", "pdf", "docx", "page", "content", "evidence")},
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
