"""Reading: the list, the record page of a document, any version, what changed, the PDFs."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from partnership.accounts.models import User
from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Office, Permission
from partnership.audit import presenters
from partnership.audit import selectors as audit
from partnership.documents import (
    canonical,
    certificate,
    content,
    corrections,
    numbering,
    presenting,
    selectors,
    shut,
    steps,
)
from partnership.documents import compare as comparing
from partnership.documents.kinds import DocumentKind, address_of, kinds
from partnership.documents.models import Document, RenditionKind, Version, Why
from partnership.documents.views import loading
from partnership.documents.workflow import CAME_BACK, FROZEN, GONE, READABLE, TURN, Status
from partnership.files import services as files

NEWEST_ENTRIES = 20
SHOWN_ENTRIES = 5  # the others are there when somebody asks for them


@dataclass(frozen=True)
class Row:
    """One document in the list."""

    document: Document
    address: str
    status: str
    turn: str
    due_on: object
    due_words: str


@require_safe
def documents(request: Request, area: str) -> HttpResponse:
    """An area's documents by kind and period, each with how it stands."""
    found, visible = loading.area_of(request, area)
    versions = Prefetch("versions", queryset=Version.objects.defer("content").order_by("-number"))
    rows = [_row(document) for document in visible.prefetch_related(versions, "duties")]
    groups = [(kind, [row for row in rows if row.document.kind == kind.key]) for kind in kinds().values()]
    context = {
        "area": found,
        "groups": groups,
        "may_begin": access.can(request.user, Permission.BEGIN_DOCUMENT, found),
        "may_view_area": access.can(request.user, Permission.VIEW_AREA, found),
    }
    return render(request, "documents/documents.html", context)


def _row(document: Document) -> Row:
    versions = list(document.versions.all())
    shown = next((version for version in versions if version.status not in GONE), versions[0])
    is_public = shown.status in selectors.READABLE
    holder = TURN[Status(shown.status)]
    is_owed = any(duty.closed_at is None for duty in document.duties.all())  # type: ignore[attr-defined]
    if shown.status in (Status.WITHDRAWN, Status.TAKEN_DOWN) and is_owed:
        holder = TURN[Status.DRAFT]  # nothing is left of it, so whoever drafts begins a new version
    words = holder if holder != "nobody" else ""
    return Row(
        document,
        address_of(document),
        shown.get_status_display(),
        words,
        *presenting.due(document, is_published=is_public),
    )


@require_safe
def document(request: Request, area: str, document: str) -> HttpResponse:
    """The record page: every step as a task list, how it stands, its versions and its story."""
    found = loading.document_of(request, area, document, shows_text=False)
    version = selectors.current(found) or selectors.newest(found)
    standing = presenting.standing(version)
    is_shut = shut.is_shut(found, request.user)
    tasks = steps.Steps(version, request.user, standing.seats, is_shut=is_shut)
    history = presenting.history(found)
    happened = presenters.timeline(audit.of_subject(found.subject)[:NEWEST_ENTRIES])
    public = next((row.version for row in history if row.version.status in selectors.READABLE), None)
    context = {
        **loading.common(found),
        "version": version,
        "standing": replace(standing, turn=_said_to(request.user, found, standing.turn)),
        "tasks": tasks,
        "groups": tasks.groups(),
        "acts": [] if is_shut else steps.acts(version, request.user),
        "may_read": not is_shut or version.status in READABLE,
        "is_shut": is_shut,
        "reads_scrutiny": not is_shut or access.can(request.user, Permission.RAISE_CHALLENGE, found.area),
        "is_guest": tasks.is_guest,
        "history": history,
        "returned": _returned(version, history),
        "public": public,
        "stale": _stale(public),
        "clerical": _is_clerical(version),
        "correction": corrections.of(version),
        "latest": happened[:SHOWN_ENTRIES],
        "earlier": happened[SHOWN_ENTRIES:],
    }
    return render(request, "documents/document.html", context)


def _said_to(user: User, document: Document, turn: str) -> str:
    """Whose turn it is, as it is said to this person: whoever holds the office is not told of it as of somebody else."""
    theirs = "the business manager's turn"
    held = access.offices_of(user, document.area).filter(office=Office.BUSINESS_MANAGER)
    return turn.replace(theirs, "your turn") if theirs in turn and held.exists() else turn


def _stale(public: Version | None) -> list[Any]:
    """What the records contradict in the published text."""
    if public is None or public.status != Status.PUBLISHED:
        return []
    return list(public.stale_flags.filter(closed_at=None))  # type: ignore[attr-defined]  # of the app above


def _is_clerical(version: Version) -> bool:
    """Whether a version is a clerical edition, or continues from one that came back."""
    base = version.base if version.base and version.base.status in CAME_BACK else None
    return hasattr(version, "clerical_edition") or bool(base and _is_clerical(base))  # of the app above


def _returned(version: Version, history: list[presenting.HistoryRow]) -> presenting.HistoryRow | None:
    """The version that came back and that this draft continues."""
    if version.status != Status.DRAFT:
        return None
    base = [row for row in history if row.version.pk == version.base_id]
    return base[0] if base and base[0].version.status in CAME_BACK else None


@require_safe
def version(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """One version as its reader sees it, with its status above it, its fingerprint and its signatures."""
    found = loading.opened(request, area, document, number)
    others = _to_compare(request, found)
    view = numbering.view(content.of(found), presenting.picture_address(found.document))
    title, sentence = presenting.banner(found)
    context = {
        **loading.common(found.document),
        "version": found,
        "banner": title,
        "sentence": sentence,
        "short": canonical.short(found.sha256) if found.sha256 else "",
        "signatures": certificate.signatures(found),
        "renditions": steps.renditions(found),
        "to_sign": selectors.seats_to_sign(found, request.user),
        "to_return": _to_return(found, request),
        **_not_signing(found, request),
        "others": others,
        "previous": next((row for row in reversed(others) if row.number < number), None),
        "view": view,
        "has_evidence": found.published_at is not None
        and access.can(request.user, Permission.VIEW_AREA, found.document.area),
        "may_take_down": found.status in READABLE
        and access.can(request.user, Permission.TAKE_DOWN, found.document.area),
    }
    return render(request, "documents/version.html", context)


def _to_compare(request: Request, version: Version) -> list[Version]:
    """The other versions that this person may open, in their order."""
    rows = version.document.versions.exclude(pk=version.pk).only("number", "document_id").order_by("number")
    return list(rows.filter(status__in=READABLE) if shut.is_shut(version.document, request.user) else rows)


def _to_return(version: Version, request: Request) -> list[object]:
    if version.status not in FROZEN:
        return []
    held = access.seats_signed_for_by(request.user, version.document.area).values("pk")
    return list(version.required_seats.filter(seat_id__in=held))


def _not_signing(version: Version, request: Request) -> dict[str, Any]:
    """The refusals that this person may take back, and the seats of which they may record a paper or that there is none."""
    if version.status != Status.IN_SIGN_OFF:
        return {}
    held = set(access.seats_signed_for_by(request.user, version.document.area).values_list("pk", flat=True))
    records = access.can(request.user, Permission.RECORD_NOT_SIGNED, version.document.area)
    standing = list(selectors.standing_unsigned(version))
    known = {row.seat_id for row in standing}
    papers = access.can(request.user, Permission.RECORD_ON_PAPER, version.document.area)
    missing = list(selectors.missing_seats(version)) if records or papers else []
    return {
        "on_paper": missing if papers else [],
        "unsigned": [row for row in standing if (row.seat_id in held if row.why == Why.REFUSED else records)],
        "to_record": [row for row in missing if records and row.seat_id not in known],
    }


@require_safe
def compare(request: Request, area: str, document: str, number: int, other: int) -> HttpResponse:
    """What changed from version `other` to version `number`, section by section."""
    if other == number:
        raise Http404
    new = loading.opened(request, area, document, number)
    old = loading.opened(request, area, document, other)
    differences = comparing.compare(content.of(old), content.of(new))
    context = {
        **loading.common(new.document),
        "version": new,
        "other": old,
        "differences": differences,
        "changed": [section for section in differences if section.status != "same"],
    }
    return render(request, "documents/compare.html", context)


@require_safe
def pdf(request: Request, area: str, document: str, number: int, kind: str) -> HttpResponse:
    """The bytes of the proof or of the final PDF. The file's name says how the version stands."""
    found = loading.opened(request, area, document, number)
    rendition = get_object_or_404(found.renditions.select_related("file"), kind=kind)
    response = HttpResponse(files.read(rendition.file), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{_file_name(found, rendition.kind)}"'
    return response


def _file_name(version: Version, rendition: str) -> str:
    document = version.document
    place: DocumentKind = loading.kind_of(document.kind)
    status = "proof-not-signed" if rendition == RenditionKind.PROOF else slugify(version.get_status_display())
    return f"{document.area.slug}-{place.address}-{document.period_label}-version-{version.number}-{status}.pdf"
