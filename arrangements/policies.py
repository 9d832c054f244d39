"""What the state of the arrangements and of a notice allows. Each check raises with a sentence."""

from datetime import date

from arrangements.models import AgencyNotice, Way
from partnership import clock
from partnership.areas.models import Seat, SeatKind
from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.errors import Conflict, WrongState
from partnership.mail import policies as mail
from partnership.mail.workflow import Status as MailStatus

UNSENT = (MailStatus.FAILED, MailStatus.CANCELLED)


def check_is_in_force(version: Version) -> None:
    """Agencies are told of, and acknowledge, the edition that is published now."""
    if version.status != Status.PUBLISHED:
        raise WrongState("This edition of the arrangements is not the one that is published now.")


def check_address(seat: Seat) -> None:
    """There is an address on record, and the mail relay could use it."""
    if not seat.relevant_agency.contact_email:
        raise WrongState("No address is recorded.")
    mail.check_address("address on record", seat.relevant_agency.contact_email)


def check_can_tell_again(notice: AgencyNotice, seat: Seat, today: date) -> None:
    """Once a day at most; sooner only when the last message did not go. Not where nothing is asked any longer."""
    check_is_in_force(notice.version)
    if notice.acknowledged_at is not None:
        raise WrongState(f"{notice.agency_name} has acknowledged these arrangements already.")
    if seat.kind != SeatKind.RELEVANT or today not in seat.during:
        raise WrongState(f"{notice.agency_name} is no relevant agency today.")
    check_address(seat)
    if (
        notice.told_at
        and notice.mail
        and clock.london_day(notice.told_at) >= today
        and notice.mail.status not in UNSENT
    ):
        raise WrongState(f"{notice.agency_name} was told today already. Tell it again tomorrow at the earliest.")


def check_not_acknowledged(notice: AgencyNotice) -> None:
    """An acknowledgement is given once."""
    if notice.acknowledged_at is not None:
        raise Conflict(f"{notice.agency_name} has acknowledged these arrangements already.")


def check_can_record(version: Version, seat: Seat, *, way: Way, on: date, today: date) -> None:
    """By another way than the link, from a relevant agency of this area, on a day since the publication."""
    if way == Way.LINK:
        raise WrongState("Only the agency itself acknowledges by the link.")
    if seat.kind != SeatKind.RELEVANT or seat.area_id != version.document.area_id or today not in seat.during:
        raise WrongState(f"{seat.agency.name} is no relevant agency of this area today.")
    if version.published_at and not clock.london_day(version.published_at) <= on <= today:
        raise WrongState("The day of the acknowledgement must lie between the publication and today.")
