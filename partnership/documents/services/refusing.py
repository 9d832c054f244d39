"""A seat that does not sign: refused by its lead partner, or recorded by the chair. Said to everybody, published with the text."""

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Appointment, Seat
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import letters, policies, selectors
from partnership.documents.models import RequiredSeat, Unsigned, Version, Why
from partnership.errors import Conflict, NotAllowed, WrongState


@transaction.atomic
def refuse(*, version: Version, seat: Seat, seen_sha256: str, reason: str, by: User) -> Unsigned:
    """A lead partner refuses to sign the text they saw, with a reason. Everybody concerned is told at once.

    It takes the place of what the chair recorded. A second click gives back the first refusal. Raises NotAllowed,
    WrongState, or Conflict for another text, a signature, or a refusal in other words.
    """
    version = selectors.lock(version)
    access.require(by, Permission.SIGN_DOCUMENT, version.document.area)
    held = selectors.appointment_to_sign(by, seat)
    required = version.required_seats.filter(seat=seat).first()
    if required is None or held is None:
        sentence = "Only the lead safeguarding partner who holds this seat today may refuse to sign for it."
        raise NotAllowed(sentence, rule=Permission.SIGN_DOCUMENT.value)
    words = policies.reason_not_to_sign(reason)
    standing = selectors.standing_unsigned(version).filter(seat=seat).first()
    if standing and standing.why == Why.REFUSED:
        return _the_same(standing, words)
    policies.check_can_sign(version, seen_sha256=seen_sha256)
    policies.check_has_not_signed(required)
    if standing:
        _end(standing, by)
    refusal = _record(required, Why.REFUSED, words, by, held)
    _note(Event.SIGNATURE_REFUSED, refusal, by, reason=words)
    letters.unsigned(refusal)
    return refusal


@transaction.atomic
def record_not_given(*, version: Version, seat: Seat, reason: str, by: User) -> Unsigned:
    """The chair records that no signature is to be had for a seat, and why. The partner may still sign, or refuse.

    A second click gives back the first. Raises NotAllowed, WrongState, or Conflict as for a refusal.
    """
    version = selectors.lock(version)
    access.require(by, Permission.RECORD_NOT_SIGNED, version.document.area)
    required = version.required_seats.filter(seat=seat).first()
    if required is None:
        raise WrongState("This seat is not one of those that are asked to sign this version.")
    words = policies.reason_not_to_sign(reason)
    if standing := selectors.standing_unsigned(version).filter(seat=seat).first():
        return _the_same(standing, words)
    policies.check_can_sign(version, seen_sha256=version.sha256 or "")
    policies.check_has_not_signed(required)
    found = _record(required, Why.NOT_GIVEN, words, by, None)
    _note(Event.SIGNATURE_NOT_GIVEN, found, by, reason=words)
    letters.unsigned(found)
    return found


@transaction.atomic
def take_back(*, unsigned: Unsigned, by: User) -> Unsigned:
    """Take back that a seat does not sign: its lead partner their own refusal, the chair what the chair recorded.

    Signing does the same by itself. A second click finds it taken back. Raises NotAllowed, or WrongState once settled.
    """
    version = selectors.lock(unsigned.version)
    unsigned = Unsigned.objects.select_for_update(of=("self",)).select_related("seat").get(pk=unsigned.pk)
    if unsigned.why == Why.NOT_GIVEN:
        access.require(by, Permission.RECORD_NOT_SIGNED, version.document.area)
    elif selectors.appointment_to_sign(by, unsigned.seat) is None:
        sentence = f"Only the lead safeguarding partner of {unsigned.agency_name} may take this back."
        raise NotAllowed(sentence, rule=Permission.SIGN_DOCUMENT.value)
    if unsigned.taken_back_at is None:
        policies.check_can_sign(version, seen_sha256=unsigned.sha256)
        _end(unsigned, by)
    return unsigned


def end_for(version: Version, seat: Seat, by: User) -> None:
    """What a signature does to a refusal of the same seat. Called inside the transaction that signs."""
    for standing in selectors.standing_unsigned(version).filter(seat=seat):
        _end(standing, by)


def _the_same(standing: Unsigned, words: str) -> Unsigned:
    """What is on record already, if it was said in these words. Other words are refused, and not lost in silence."""
    if standing.reason != words:
        raise Conflict(
            f"It is on record already that {standing.agency_name} does not sign, in other words. Take that back first."
        )
    return standing


def _record(required: RequiredSeat, why: Why, reason: str, by: User, held: Appointment | None) -> Unsigned:
    version = required.version
    title = held.title if held else access.title_for(by, version.document.area, Permission.RECORD_NOT_SIGNED)
    return Unsigned.objects.create(
        version=version,
        seat=required.seat,
        sha256=version.sha256 or "",
        why=why,
        reason=reason,
        appointment=held,
        agency_name=required.agency_name,
        said_as=f"{by.name}, {title}",
        said_by=by,
    )


def _end(unsigned: Unsigned, by: User) -> None:
    unsigned.taken_back_at, unsigned.taken_back_by = clock.now(), by
    unsigned.save(update_fields=["taken_back_at", "taken_back_by"])
    _note(Event.UNSIGNED_TAKEN_BACK, unsigned, by)


def _note(event: Event, unsigned: Unsigned, by: User, **more: object) -> None:
    version = unsigned.version
    document = version.document
    data = {"title": document.title, "version": version.number, "agency": unsigned.agency_name, **more}
    audit.record(event, by=by, area_slug=document.area.slug, target=version, subject=document.subject, data=data)
