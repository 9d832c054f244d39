"""The plan by which the chair rotates between the delegated partners' agencies."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Area, ChairTurn, Seat
from partnership.areas.roles import Permission
from partnership.areas.services.words import in_full, lock, refusal_of
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import WrongState


@transaction.atomic
def plan_turn(
    *, area: Area, seat: Seat, since: date, until: date | None, note: str, by: User, once: UUID | None = None
) -> ChairTurn:
    """Plan that the delegated partner of a seat chairs from a day on; `until` is the first day after.

    `once`, the key of the page, makes a second click give back the first turn.
    Source: the chair may rotate between delegated partners where the lead partners see fit (statute CHAIR, S0 and S2).
    """
    access.require(by, Permission.PLAN_CHAIR, area)
    lock(area.pk)
    if once and (known := ChairTurn.objects.filter(once=once, area=area, planned_by=by).first()):
        return known
    if seat.area_id != area.pk:
        raise WrongState(f"That agency has no seat in {area.name}.")
    if until is not None and until <= since:
        raise WrongState("The last day cannot be before the first. Give a later day.")
    if until is not None and until <= clock.today():
        raise WrongState("This turn is over already. Plan one that ends today or later.")
    try:
        with transaction.atomic():
            turn = ChairTurn.objects.create(
                area=area, seat=seat, during=DateRange(since, until), note=note.strip(), planned_by=by, once=once
            )
    except IntegrityError as error:
        raise refusal_of(error) from error
    data = {"agency": seat.agency.name, "since": in_full(since)}
    audit.record(Event.CHAIR_TURN_PLANNED, by=by, area_slug=area.slug, target=turn, data=data)
    return turn


@transaction.atomic
def remove_turn(*, turn: ChairTurn, by: User) -> None:
    """Take a turn out of the plan. It is a plan and no record of who chaired, so the row goes; the event stays."""
    access.require(by, Permission.PLAN_CHAIR, turn.area)
    data = {"agency": turn.seat.agency.name, "since": in_full(turn.during.lower)}
    removed, _ = ChairTurn.objects.filter(pk=turn.pk).delete()
    if removed:
        audit.record(Event.CHAIR_TURN_REMOVED, by=by, area_slug=turn.area.slug, target=turn.area, data=data)
