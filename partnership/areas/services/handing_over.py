"""The list that goes with an office from one holder to the next."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.hand_over_lists import items_for
from partnership.areas.models import Appointment, HandOver, HandOverItem, Succession
from partnership.areas.roles import Office, Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import NotAllowed

# A successor who comes later than this does not take over from the leaver any more.
LONGEST_GAP = timedelta(days=365)


def begin_for_leaver(appointment: Appointment, *, by: User | None) -> None:
    """Make the list when an office ends, unless there is one or the office needs none."""
    items = items_for(Office(appointment.office))
    if not items or HandOver.objects.filter(leaving=appointment).exists():
        return
    arriving = _successors(appointment).filter(taken_over=None).first()
    _make(leaving=appointment, arriving=arriving, by=by)


def begin_for_arrival(appointment: Appointment, *, by: User | None) -> None:
    """Join the new holder to the leaver's list, or make one; only for offices recorded by a person."""
    items = items_for(Office(appointment.office))
    if not items or by is None:
        return
    leaver = _predecessors(appointment).first()
    waiting = HandOver.objects.filter(leaving=leaver, arriving=None).first() if leaver else None
    if waiting:
        HandOver.objects.filter(pk=waiting.pk).update(arriving=appointment)
    elif leaver is None or not HandOver.objects.filter(leaving=leaver).exists():
        _make(leaving=leaver, arriving=appointment, by=by)


def _same_office(appointment: Appointment, others: QuerySet[Succession], side: str) -> QuerySet[Appointment]:
    """The office at the same seat, or at the seat of a body that stands on the other `side` of one of these successions."""
    at = Q(seat=appointment.seat)
    if appointment.seat:
        at |= Q(seat__agency__in=others.values(side))
    rows = Appointment.objects.filter(at, area=appointment.area, office=appointment.office, voided_at=None)
    return rows.exclude(pk=appointment.pk).exclude(person=appointment.person)


def _predecessors(appointment: Appointment) -> QuerySet[Appointment]:
    """Who left the same office not long before this one began, the latest first."""
    first = appointment.during.lower
    here = (
        Succession.objects.filter(successor__seats=appointment.seat) if appointment.seat else Succession.objects.none()
    )
    return (
        _same_office(appointment, here, "predecessor")
        .filter(during__endswith__range=(first - LONGEST_GAP, first))
        .order_by("-during__endswith")
    )


def _successors(appointment: Appointment) -> QuerySet[Appointment]:
    """Who begins in the same office on the leaver's last day or not long after, the soonest first."""
    until = appointment.during.upper
    here = (
        Succession.objects.filter(predecessor__seats=appointment.seat)
        if appointment.seat
        else Succession.objects.none()
    )
    return (
        _same_office(appointment, here, "successor")
        .filter(during__startswith__range=(until, until + LONGEST_GAP))
        .order_by("during__startswith")
    )


def _make(*, leaving: Appointment | None, arriving: Appointment | None, by: User | None) -> None:
    hand_over = HandOver.objects.create(leaving=leaving, arriving=arriving)
    of = hand_over.appointment
    HandOverItem.objects.bulk_create(
        HandOverItem(hand_over=hand_over, key=key, text=text) for key, text in items_for(Office(of.office))
    )
    data = {"office": of.title}
    audit.record(Event.HAND_OVER_MADE, by=by, area_slug=of.area.slug, target=hand_over, data=data)


@transaction.atomic
def tick(*, item: HandOverItem, by: User) -> HandOverItem:
    """Note that one thing was handed over: by who leaves, who arrives, or who records appointments. Twice is once."""
    item = HandOverItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    of = item.hand_over.appointment
    check_may_tick(item.hand_over, by)
    if item.done_at:
        return item
    item.done_at, item.done_by = clock.now(), by
    item.save(update_fields=["done_at", "done_by"])
    data = {"office": of.title, "item": item.text}
    audit.record(Event.HAND_OVER_ITEM_DONE, by=by, area_slug=of.area.slug, target=item, data=data)
    return item


def check_may_tick(hand_over: HandOver, by: User) -> None:
    """Whoever leaves or arrives may, while they see the area, and whoever may record appointments."""
    of = hand_over.appointment
    own = {row.person_id for row in (hand_over.leaving, hand_over.arriving) if row}
    if access.can(by, Permission.APPOINT, of.area):
        return
    if not (by.pk in own and access.can(by, Permission.VIEW_PEOPLE, of.area)):
        raise NotAllowed(
            "Only the person who leaves this office, the one who takes it over, or somebody who records appointments may "
            "note that."
        )
