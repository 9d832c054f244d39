"""What happens to the arrangements beside their workflow: the agencies that are told of them, and what these acknowledge."""

import secrets
import uuid
from datetime import date
from typing import Any

from django.db import transaction

from arrangements import letters, policies, selectors
from arrangements.models import AgencyNotice, Way
from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Seat
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import selectors as documents
from partnership.documents.models import Version
from partnership.errors import Refused, WrongState, decide
from partnership.mail import services as outbox
from partnership.mail.models import OutgoingMail
from partnership.mail.workflow import Status as Sending

TOKEN_BYTES = 32


def tell_agencies(version: Version, *, by: User) -> None:
    """Queue a message to every relevant agency with an address that can be used. Called in the publication's transaction."""
    _tell_who_was_not(version, by)


@transaction.atomic
def tell_named_since(*, version: Version, by: User) -> list[AgencyNotice]:
    """Tell the agencies that were named, or whose address was recorded, after the publication. Gives their notices.

    Raises NotAllowed, or WrongState for an edition that is not published now. Twice, it finds nobody to tell.
    """
    version = documents.lock(version)
    access.require(by, Permission.NAME_RELEVANT_AGENCIES, version.document.area)
    policies.check_is_in_force(version)
    return _tell_who_was_not(version, by)


def tell_withdrawn(version: Version, *, by: User) -> None:
    """Tell each agency that was told of an edition that it is withdrawn. Called in the transaction that withdraws it."""
    for notice in selectors.notices_of(version):
        if notice.mail is None:
            continue
        is_stopped = decide(outbox.cancel, mail=notice.mail, by=by, reason="The edition was withdrawn.")
        if not is_stopped and notice.mail.status != Sending.FAILED:
            letters.withdrawn(notice)


def _tell_who_was_not(version: Version, by: User) -> list[AgencyNotice]:
    told = []
    for seat in selectors.never_told(version):
        if decide(policies.check_address, seat):
            reference = uuid.uuid4()
            message = _message(version, seat, reference, by)
            notice = AgencyNotice.objects.create(
                version=version, seat=seat, agency_name=seat.agency.name, reference=reference, **message
            )
            _note(Event.ARRANGEMENTS_TOLD, notice, by)
            told.append(notice)
    return told


@transaction.atomic
def tell_again(*, notice: AgencyNotice, by: User) -> AgencyNotice:
    """Send a new message with a new link to the address on record now; the earlier link stops working.

    Raises NotAllowed, or WrongState: acknowledged, told today already, not published now, no address.
    """
    notice = _lock(notice)
    access.require(by, Permission.NAME_RELEVANT_AGENCIES, notice.version.document.area)
    seat = Seat.objects.select_related("agency", "area", "relevant_agency").get(pk=notice.seat_id)
    policies.check_can_tell_again(notice, seat, clock.today())
    _withdraw(notice.mail, by)
    message = _message(notice.version, seat, notice.reference, by)
    AgencyNotice.objects.filter(pk=notice.pk).update(**message)
    notice.refresh_from_db()
    _note(Event.ARRANGEMENTS_TOLD_AGAIN, notice, by)
    return notice


def _message(version: Version, seat: Seat, reference: uuid.UUID, by: User) -> dict[str, Any]:
    """Queue the message with a fresh link, and give what a notice keeps of it."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return {
        "mail": letters.told(version, seat, token, reference),
        "token_sha256": selectors.digest(token),
        "contact_name": seat.relevant_agency.contact_name,
        "address": seat.relevant_agency.contact_email,
        "told_at": clock.now(),
        "told_by": by,
    }


def _withdraw(mail: OutgoingMail | None, by: User) -> None:
    """A message that has not left would bring a link that no longer works. One that has left is left alone."""
    if mail is not None:
        try:
            outbox.cancel(mail=mail, by=by, reason="A newer message replaces it.")
        except Refused:
            return


@transaction.atomic
def acknowledge(*, token: str, name: str, office: str, note: str = "") -> AgencyNotice:
    """Record that the agency which holds this link acknowledges the arrangements. Nobody signs in: the link is the right.

    Asked again, it gives the first record back unchanged. Raises WrongState for a link that is not good, and for an
    edition that was replaced.
    """
    found = selectors.notice_for(token)
    if found is None:
        raise WrongState("This link is not good, or a newer message has replaced it.")
    notice = _lock(found)
    if notice.token_sha256 != selectors.digest(token):
        raise WrongState("This link is not good, or a newer message has replaced it.")
    if notice.acknowledged_at is not None:
        return notice
    policies.check_is_in_force(notice.version)
    return _record(notice, name=name, office=office, note=note, way=Way.LINK, on=clock.today(), by=None)


@transaction.atomic
def record_acknowledgement(
    *, version: Version, seat: Seat, name: str, office: str, way: Way, on: date, note: str = "", by: User
) -> AgencyNotice:
    """Record an acknowledgement that came in another way than by the link: who gave it, on which day and how.

    Raises NotAllowed, Conflict when there is one already, or WrongState with what must be different.
    """
    version = documents.lock(version)
    access.require(by, Permission.NAME_RELEVANT_AGENCIES, version.document.area)
    policies.check_is_in_force(version)
    policies.check_can_record(version, seat, way=way, on=on, today=clock.today())
    notice = AgencyNotice.objects.filter(version=version, seat=seat).first()
    if notice is None:
        notice = AgencyNotice(version=version, seat=seat, agency_name=seat.agency.name)
    else:
        notice = _lock(notice)
        policies.check_not_acknowledged(notice)
    return _record(notice, name=name, office=office, note=note, way=way, on=on, by=by)


def _record(
    notice: AgencyNotice, *, name: str, office: str, note: str, way: Way, on: date, by: User | None
) -> AgencyNotice:
    if not name.strip() or not office.strip():
        raise WrongState("Say who acknowledges, with their office at the agency.")
    notice.acknowledged_at, notice.acknowledged_on = clock.now(), on
    notice.acknowledged_by_name, notice.acknowledged_office = name.strip(), office.strip()
    notice.way, notice.note, notice.recorded_by = way, note.strip(), by
    notice.save()
    how = f"by {Way(way).label}" + (f"; recorded by {by}" if by else "")
    _note(Event.ARRANGEMENTS_ACKNOWLEDGED, notice, by, person=notice.acknowledged_by_name, way=how)
    return notice


def _lock(notice: AgencyNotice) -> AgencyNotice:
    # Without joins: after waiting for the lock, a joined message would still be the one of before.
    return AgencyNotice.objects.select_for_update().get(pk=notice.pk)


def _note(event: Event, notice: AgencyNotice, by: User | None, **data: str) -> None:
    document = notice.version.document
    audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=notice,
        subject=document.subject,
        data={"title": document.title, "agency": notice.agency_name, **data},
    )
