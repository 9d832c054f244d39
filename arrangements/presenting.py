"""What the page of notices shows: each relevant agency, what is known of its message, and what can be done."""

from dataclasses import dataclass

from django.urls import reverse

from arrangements import policies, selectors
from arrangements.models import AgencyNotice, Way
from partnership import clock
from partnership.areas.models import Seat
from partnership.documents.kinds import address_of
from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.errors import decide
from partnership.submissions.selectors import STATES


@dataclass(frozen=True)
class Row:
    """One relevant agency. `told` and `acknowledged` are sentences; `notice` is None for one that has no row yet."""

    seat: Seat
    agency: str
    notice: AgencyNotice | None
    told: str
    acknowledged: str
    is_named: bool
    can_tell_again: bool
    can_record: bool


def rows(version: Version) -> list[Row]:
    """The relevant agencies of today, and those that were told and are none any longer."""
    notices = {notice.seat_id: notice for notice in selectors.notices_of(version)}
    today = list(selectors.agencies(version))
    named = {seat.pk for seat in today}
    gone = [notice.seat for notice in notices.values() if notice.seat_id not in named]
    return [_row(version, seat, notices.get(seat.pk), is_named=seat.pk in named) for seat in [*today, *gone]]


def _row(version: Version, seat: Seat, notice: AgencyNotice | None, *, is_named: bool) -> Row:
    in_force = version.status == Status.PUBLISHED
    waits = in_force and is_named and (notice is None or notice.acknowledged_at is None)
    again = notice and is_named and decide(policies.check_can_tell_again, notice, seat, clock.today())
    return Row(
        seat=seat,
        agency=notice.agency_name if notice else seat.agency.name,
        notice=notice,
        told=_told(seat, notice),
        acknowledged=_acknowledged(notice),
        is_named=is_named,
        can_tell_again=bool(again),
        can_record=waits,
    )


def _told(seat: Seat, notice: AgencyNotice | None) -> str:
    """What is known of the message, and no more."""
    if notice and notice.mail:
        return STATES[notice.mail.status]
    usable = decide(policies.check_address, seat)
    if usable:
        return "Not told yet. Its name or its address was recorded after the publication."
    return usable.reason


def _acknowledged(notice: AgencyNotice | None) -> str:
    if notice is None or notice.acknowledged_on is None:
        return ""
    by = f"{notice.acknowledged_by_name}, {notice.acknowledged_office}, by {Way(notice.way).label}"
    return f"{by}; recorded by {notice.recorded_by}" if notice.recorded_by else by


def published_at(version: Version) -> str:
    """The permanent address of published arrangements."""
    return reverse("public:document", args=[version.document.area.slug, address_of(version.document)])
