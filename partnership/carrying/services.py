"""Rolling a document forward to the next period, and confirming what it brought."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.carrying import policies, selectors
from partnership.carrying.models import Carried, Kind, RollForward
from partnership.documents import rolling
from partnership.documents import selectors as documents
from partnership.documents import services as workflow
from partnership.documents.kinds import DocumentKind, Period
from partnership.documents.models import Document, Version
from partnership.documents.services.rolling import fill
from partnership.errors import Conflict, WrongState


@dataclass(frozen=True)
class Rolled:
    """The document of the new period. `is_new`: it was begun now; otherwise somebody had begun it already."""

    document: Document
    is_new: bool


@transaction.atomic
def roll_forward(*, area: Area, kind: DocumentKind, period: Period, seen_source: int, by: User) -> Rolled:
    """Begin the document of a period from the one of the last: text, pictures, owners, and what else the kind carries.

    The earlier document is only read. What is carried waits to be changed or confirmed. A second click, or a second
    person, is led to what was begun. `seen_source` is the version that was on the screen. Raises NotAllowed,
    WrongState, or Conflict when another version is the last one by now.
    """
    access.require(by, Permission.BEGIN_DOCUMENT, area)
    if existing := _begun(area, kind, period):
        return Rolled(existing, is_new=False)
    source = policies.check_source(documents.last_before(area, kind.key, period.first))
    source = documents.lock(source)
    if source.pk != seen_source or documents.last_before(area, kind.key, period.first) != source:
        raise Conflict("There is a newer text of the last document by now. Look at what it brings, then begin.")
    try:
        document = workflow.begin(area=area, kind=kind, period=period, by=by)
    except WrongState:
        if existing := _begun(area, kind, period):  # in the same moment, by somebody else
            return Rolled(existing, is_new=False)
        raise
    draft = documents.lock(policies.check_is_draft(documents.draft(document)))
    fill(draft, rolling.plan(source, period), by)
    pieces = _note_carried(draft)
    left_out = [sentence for carrier in kind.carriers for sentence in carrier.carry(source, draft, by)]
    RollForward.objects.create(document=document, source=source, left_out=left_out, rolled_by=by)
    earlier = {"source": source.document.title, "version": source.number, "pieces": pieces}
    _note(Event.ROLLED_FORWARD, document, by, **earlier)
    return Rolled(document, is_new=True)


def _begun(area: Area, kind: DocumentKind, period: Period) -> Document | None:
    rows = Document.objects.filter(area=area, kind=kind.key, period_label=period.label)
    return rows.select_related("area").first()


def _note_carried(draft: Version) -> int:
    """A row for every passage and explanation of the draft as it stands now."""
    found = [(Kind.PASSAGE, str(row.key), row.mark) for row in draft.blocks.filter(place__isnull=False)]
    for section in draft.sections.exclude(explanation=""):
        found.append((Kind.SECTION, section.key, selectors.mark_of_explanation("", section.explanation)))
    for row in draft.explanations.all():
        found.append((Kind.REQUIREMENT, row.requirement, selectors.mark_of_explanation(row.reason, row.text)))
    Carried.objects.bulk_create(
        Carried(document=draft.document, kind=kind, key=key, mark=mark) for kind, key, mark in found
    )
    return len(found)


@transaction.atomic
def confirm(*, row: Carried, by: User) -> Carried:
    """Say that one carried piece is still true as it stands. A second click finds it said.

    Raises NotAllowed, WrongState, or Conflict when it no longer stands there as it came.
    """
    draft = _draft(row.document, by)
    row = Carried.objects.select_related("document__area").get(pk=row.pk)
    if row.confirmed_at is not None:
        return row
    pieces = {piece.row.pk: piece for piece in selectors.waiting(draft)}
    if row.pk not in pieces:
        raise Conflict("Somebody has changed or removed this passage meanwhile, so there is nothing to confirm.")
    piece = pieces[row.pk]
    _confirm([row], draft, piece.section.title if piece.section else row.key, by)
    return row


@transaction.atomic
def confirm_section(*, document: Document, section_key: str, seen: Collection[str], by: User) -> int:
    """Say that every carried piece of a section is still true. `seen`: `Waiting.value` of each that was on the screen.

    Returns how many. Raises NotAllowed, WrongState, or Conflict when something waits that was not on the screen.
    """
    draft = _draft(document, by)
    pieces = [row for row in selectors.waiting(draft) if row.section and row.section.key == section_key]
    if any(piece.value not in seen for piece in pieces):
        raise Conflict("This section was changed while you were reading it. Look at its passages again.")
    rows = list({piece.row.pk: piece.row for piece in pieces}.values())
    if rows and pieces[0].section:
        _confirm(rows, draft, pieces[0].section.title, by)
    return len(rows)


def _confirm(rows: list[Carried], draft: Version, section: str, by: User) -> None:
    for row in rows:
        row.confirmed_at, row.confirmed_by = clock.now(), by
    Carried.objects.bulk_update(rows, ["confirmed_at", "confirmed_by"])
    _note(Event.CARRIED_CONFIRMED, draft.document, by, section=section, count=len(rows))


def _draft(document: Document, by: User) -> Version:
    version = policies.check_is_draft(documents.draft(document))
    version = policies.check_is_draft(documents.lock(version))
    access.require(by, Permission.DRAFT_DOCUMENT, version.document.area)
    return version


def _note(event: Event, document: Document, by: User, **data: object) -> None:
    audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=document,
        subject=document.subject,
        data={"title": document.title, **data},
    )
