"""Sending for sign-off, signing, returning. Lock order everywhere: the version first, then whatever hangs on it."""

from typing import Any

from django.db import transaction

from partnership import clock
from partnership.accounts.confirming import Proof
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas import selectors as areas
from partnership.areas.models import Appointment, Seat
from partnership.areas.roles import Office, Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import canonical, content, corrections, fonts, letters, policies, selectors, tasks, workflow
from partnership.documents.models import PaperSignature, Position, RequiredSeat, SignOff, Version
from partnership.documents.services import drafting, refusing
from partnership.errors import Conflict, Incomplete, NotAllowed, WrongState
from partnership.notices import services as notices


@transaction.atomic
def send_for_sign_off(*, version: Version, by: User) -> Version:
    """Freeze the text, name the seats that must sign it, and ask their lead partners.

    Raises NotAllowed, WrongState, or Incomplete with every problem that is still open.
    """
    version = selectors.lock(version)
    access.require(by, Permission.SEND_FOR_SIGN_OFF, version.document.area)
    policies.check_can_send(version)
    found = content.problems(version)
    if found:
        raise Incomplete("Mend what is listed before you send this for sign-off.", tuple(found))
    seats = _require_seats(version)
    text = canonical.canonical(content.compose(version, seats))
    if strange := fonts.unknown(text):
        raise WrongState(f"These characters cannot be printed: {' '.join(strange)}. Replace them with words.")
    fingerprint = canonical.fingerprint(text)
    workflow.make(
        version,
        "send_for_sign_off",
        by=by,
        data={"fingerprint": canonical.short(fingerprint)},
        content=text,
        sha256=fingerprint,
        frozen_at=clock.now(),
        frozen_by=by,
    )
    for seat in seats:
        for holder in areas.signers(version.document.area, clock.today()).filter(seat_id=seat.seat_id):
            letters.please_sign(version, seat, holder)
    tasks.render_soon()
    return version


def _require_seats(version: Version) -> list[RequiredSeat]:
    seats = areas.statutory_seats(version.document.area, clock.today())
    if not seats:
        raise WrongState("This area has no statutory seat today, so nobody could sign. Record its partners first.")
    return [
        RequiredSeat.objects.create(version=version, seat=seat, agency_name=seat.agency.name)
        for seat in sorted(seats, key=lambda seat: seat.agency.name)
    ]


@transaction.atomic
def sign(
    *, version: Version, seat: Seat, seen_sha256: str, by: User, proof: Proof, reservation: str | None = None
) -> SignOff:
    """Record one lead partner's signature under exactly the text they saw; the last one completes the sign-off.

    `reservation`: the words with which they approve it, published under the signature; None without one. `proof`: how
    they have just shown that it is them. A second click gives back the first signature. Raises NotAllowed, WrongState,
    or Conflict for another text.
    """
    version = selectors.lock(version)
    access.require(by, Permission.SIGN_DOCUMENT, version.document.area)
    signed = version.sign_offs.filter(seat=seat).first()
    if signed and signed.signed_by_id == by.pk and signed.sha256 == seen_sha256:
        return signed
    policies.check_can_sign(version, seen_sha256=seen_sha256)
    now = (
        clock.now()
    )  # the moment that is checked is the one that is kept, or a trigger might find it a breath too late
    policies.check_proof(proof, now=now)
    words = policies.reservation_of(reservation)
    required = version.required_seats.filter(seat=seat).first()
    appointment = selectors.appointment_to_sign(by, seat)
    if required is None or appointment is None:
        sentence = "Only the lead safeguarding partner who holds this seat today may sign for it."
        raise NotAllowed(sentence, rule=Permission.SIGN_DOCUMENT.value)
    if signed:
        raise Conflict(f"{signed.person_name} has already signed for {required.agency_name}.")
    proved = {"proved_by": proof.by, "proved_at": proof.at, "signed_at": now}
    sign_off = _signature(required, appointment, words, by, signed_by=by, **proved)
    _note_signature(sign_off, by)
    _follow(sign_off, by)
    return sign_off


def sign_on_paper(paper: PaperSignature, by: User) -> SignOff:
    """Take a signature on paper as given. Called inside the transaction in which a second person agrees, with the lock."""
    proposal = paper.proposal
    version, held = proposal.version, paper.appointment
    required = version.required_seats.get(seat=proposal.seat)
    sign_off = _signature(required, held, paper.reservation, by, signed_by=held.person, paper=paper)
    _note_signature(sign_off, by, Event.VERSION_SIGNED_ON_PAPER, proposed_by=proposal.proposed_by.name)
    _follow(sign_off, by)
    return sign_off


def _follow(sign_off: SignOff, by: User) -> None:
    """What comes of a signature: everybody is told of a reservation, and the last one completes the sign-off."""
    version = sign_off.version
    notices.settle(about=letters.about_signing(version, sign_off.seat_id))
    if sign_off.reservation:
        letters.reserved(sign_off)
    if not selectors.missing_seats(version).exists():
        workflow.make(version, "complete_sign_off", by=by, signed_at=clock.now())
        letters.sign_off_complete(version)
        tasks.render_soon()


def _signature(required: RequiredSeat, held: Appointment, reservation: str, by: User, **how: Any) -> SignOff:
    """`how`: whose signature it is, and how they were known; or the paper that it stands on."""
    version = required.version
    refusing.end_for(version, required.seat, by)
    statement, wording = corrections.statement_under(version)
    return SignOff.objects.create(
        version=version,
        seat=required.seat,
        sha256=version.sha256 or "",
        appointment=held,
        agency_name=required.agency_name,
        office_name=Office(held.office).label,
        person_name=held.person.name,
        job_title=held.job_title,
        capacity=held.basis,
        statement=statement,
        wording=wording,
        position=Position.RESERVE if reservation else Position.APPROVE,
        reservation=reservation,
        **how,
    )


def _note_signature(sign_off: SignOff, by: User, event: Event = Event.VERSION_SIGNED, **more: object) -> None:
    version = sign_off.version
    audit.record(
        event,
        by=by,
        area_slug=version.document.area.slug,
        target=version,
        subject=version.document.subject,
        data={
            "title": version.document.title,
            "version": version.number,
            "person": sign_off.person_name,
            "agency": sign_off.agency_name,
            "office": f"{sign_off.office_name[0].lower()}{sign_off.office_name[1:]}",
            "sha256": sign_off.sha256,
            **more,
        },
    )


@transaction.atomic
def return_for_changes(*, version: Version, seat: Seat, reason: str, by: User) -> Version:
    """Send a version back with a reason, for one seat. Everybody is told; a new draft continues from the text.

    The signatures that were given stay with the version that was returned. Returns the new draft.
    """
    version = selectors.lock(version)
    policies.check_can_return(version, reason=reason)
    required = version.required_seats.filter(seat=seat).first()
    if required is None or selectors.appointment_to_sign(by, seat) is None:
        sentence = "Only a lead safeguarding partner who is asked to sign this may return it."
        raise NotAllowed(sentence, rule=Permission.RETURN_DOCUMENT.value)
    reason = reason.strip()
    workflow.make(
        version,
        "return_for_changes",
        by=by,
        data={"agency": required.agency_name, "reason": reason},
        reason=reason,
        returned_at=clock.now(),
        returned_by=by,
    )
    draft = drafting.continue_from(version=version, by=by)
    letters.returned(version, required, by)
    return draft
