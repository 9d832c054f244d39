"""A children's or an Easy Read version: put in, agreed to, published, withdrawn. The document's version is locked first."""

import hashlib
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.companions import letters, pdf, policies, selectors
from partnership.companions.models import Agreement, Companion, Kind
from partnership.companions.text import check
from partnership.documents import policies as words
from partnership.documents import selectors as documents
from partnership.documents.models import Document, Ground, Version
from partnership.documents.services import open_sealed, require_may_open
from partnership.errors import Incomplete, NotAllowed, WrongState
from partnership.files import services as files


@transaction.atomic
def put_in(*, document: Document, kind: Kind, data: bytes | None, text: str, by: User) -> Companion:
    """A new edition of a companion, made for the newest frozen text. The same content again is the same edition.

    Raises NotAllowed, WrongState, or Incomplete for a file or a text that cannot be kept.
    """
    access.require(by, Permission.DRAFT_DOCUMENT, document.area)
    version = documents.lock(policies.check_version(selectors.frozen(document)))
    text = text.replace("\r\n", "\n").strip()
    if not data and not text:
        raise Incomplete("Choose a PDF, write a short text, or both.")
    check(text)
    found = pdf.doubts(data) if data else []
    file = files.put(data, "application/pdf") if data else None
    sha256 = hashlib.sha256(f"{file.sha256 if file else ''}\n{text}".encode()).hexdigest()
    policies.check_was_not_withdrawn(document, kind, sha256)
    newest = selectors.companions_of(document).filter(kind=kind).first()
    if newest and (newest.sha256, newest.made_for_id) == (sha256, version.pk):
        return newest
    number = Companion.objects.filter(document=document, kind=kind).aggregate(last=Max("number"))["last"] or 0
    companion = Companion.objects.create(
        document=document, kind=kind, number=number + 1, made_for=version, file=file, text=text, sha256=sha256,
        doubts=found, made_by=by,
    )  # fmt: skip
    _note(Event.COMPANION_PUT_IN, companion, by)
    letters.ask_to_agree(companion)
    return companion


@transaction.atomic
def agree(*, companion: Companion, seen_sha256: str, by: User) -> Agreement:
    """A delegated partner agrees for their statutory seat to what was on the screen. A second click finds it said.

    Raises NotAllowed, WrongState for an older edition, or Conflict for other content.
    """
    companion = _lock(companion)
    access.require(by, Permission.AGREE_COMPANION, companion.document.area)
    seat = selectors.seat_of(by, companion)
    if seat is None:
        sentence = "Only the delegated partner of a statutory seat may agree to this."
        raise NotAllowed(sentence, rule=Permission.AGREE_COMPANION.value)
    policies.check_seen(companion, seen_sha256)
    if said := companion.agreements.filter(seat=seat).first():
        return said
    policies.check_stands(companion)
    policies.check_is_newest(companion, _newest(companion))
    agreement = Agreement.objects.create(
        companion=companion, seat=seat, agency_name=seat.agency.name, sha256=companion.sha256, agreed_by=by
    )
    _note(Event.COMPANION_AGREED, companion, by, agency=seat.agency.name)
    return agreement


@transaction.atomic
def publish(*, companion: Companion, by: User) -> Companion:
    """Make a companion public beside its document. A second click finds it published. Raises NotAllowed or WrongState."""
    companion = _lock(companion)
    access.require(by, Permission.PUBLISH_DOCUMENT, companion.document.area)
    return _publish(companion, by)


@transaction.atomic
def withdraw(*, companion: Companion, ground: Ground, note: str, by: User) -> Companion:
    """Withdraw a companion from the public at once, with every earlier edition of its kind; its document stays.

    One person is enough, as for a document, and everybody concerned is told in the same transaction. `note`: what the
    public reads at its address. A redaction seals the original. A new edition can be put in, agreed to and published
    afterwards. A second click finds it done. Raises NotAllowed or WrongState.
    """
    companion = _lock(companion)
    access.require(by, Permission.TAKE_DOWN, companion.document.area)
    if companion.withdrawn_at is not None:
        return companion
    policies.check_can_withdraw(companion, ground=ground, note=note)
    reason = words.printable(note, "Say why, in words that the public can read.")
    said = {"withdrawn_at": clock.now(), "withdrawn_by": by, "withdrawn_for": ground, "reason": reason}
    for row in selectors.public_until(companion).select_for_update(of=("self",)).order_by("-number"):
        Companion.objects.filter(pk=row.pk, withdrawn_at=None).update(**said)
        _note(Event.COMPANION_WITHDRAWN, row, by, ground=ground.label, reason=reason)
    letters.withdrawn(companion)
    return _lock(companion)


@transaction.atomic
def open_companion(companion: Companion, *, by: User) -> None:
    """Let somebody read an edition; what is sealed of it or of its document opens for named roles alone, on record.

    Raises NotAllowed, with the offices that may.
    """
    open_sealed(companion.made_for, by=by)  # what points at somebody in a text points at them in its short version
    if companion.is_sealed:
        require_may_open(companion.document, by)
        _note(Event.COMPANION_SEALED_READ, companion, by)


def publish_along(version: Version, keys: Collection[str], *, by: User) -> None:
    """Make companions public together with the document, in the transaction that publishes it.

    Raises WrongState when one of them cannot go out by now; then nothing does.
    """
    for key in keys:
        kind, _, number = key.partition(":")
        row = selectors.companions_of(version.document).filter(kind=kind, number=number).first()
        if row is None:
            raise WrongState("What was to be published together with the document is not there any more.")
        _publish(_lock(row), by)


def _publish(companion: Companion, by: User) -> Companion:
    policies.check_stands(companion)
    if companion.published_at is not None:
        return companion
    policies.check_is_newest(companion, _newest(companion))
    policies.check_can_publish(companion, [seat.agency.name for seat in selectors.lacking(companion)])
    companion.published_at, companion.published_by = clock.now(), by
    companion.save(update_fields=["published_at", "published_by"])
    _note(Event.COMPANION_PUBLISHED, companion, by)
    return companion


def _newest(companion: Companion) -> Companion | None:
    return selectors.companions_of(companion.document).filter(kind=companion.kind).first()


def _lock(companion: Companion) -> Companion:
    documents.lock(companion.made_for)
    rows = Companion.objects.select_for_update(of=("self",)).select_related("document__area", "made_for")
    return rows.get(pk=companion.pk)


def _note(event: Event, companion: Companion, by: User, **data: object) -> None:
    document = companion.document
    said = {"title": document.title, "companion": companion.get_kind_display(), "number": companion.number}
    audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=companion,
        subject=document.subject,
        data={**said, **data},
    )
