"""The record of the scrutineer's independence: the contract is the partners' to record, interests the scrutineer's own."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access, marks
from partnership.areas.models import Appointment, IndependenceRecord
from partnership.areas.roles import Office, Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import NotAllowed, WrongState

KEPT = ("contract", "days", "fee", "paid_by", "interests", "earlier_work", "declared_on", "review_on")


@transaction.atomic
def record_contract(
    *,
    appointment: Appointment,
    contract: str,
    days: Decimal | None,
    fee: Decimal | None,
    paid_by: str,
    review_on: date | None,
    by: User,
    seen: str | None = None,
) -> IndependenceRecord:
    """Record term, contract, days a year, fee in pounds a year, who pays, and when it is reviewed.

    What says the same as before makes no new state. `seen` is the mark of what was shown (areas.marks); raises Conflict
    where somebody else recorded another contract meanwhile.
    """
    access.require(by, Permission.APPOINT, appointment.area)
    changes = {
        "contract": contract.strip(),
        "days": days,
        "fee": fee,
        "paid_by": paid_by.strip(),
        "review_on": review_on,
    }
    appointment = _locked(appointment)
    last = appointment.independence.first()
    if last and all(getattr(last, name) == value for name, value in changes.items()):
        return last
    marks.check(seen, marks.of_contract(appointment))
    return _add(Event.INDEPENDENCE_RECORDED, appointment, by, changes)


@transaction.atomic
def declare_interests(*, appointment: Appointment, interests: str, earlier_work: str, by: User) -> IndependenceRecord:
    """The scrutineer's own declaration. Nobody can write it for them."""
    access.require(by, Permission.DECLARE_INTERESTS, appointment.area)
    if appointment.person_id != by.pk:
        raise NotAllowed("Only the scrutineer whose declaration it is may make it.")
    changes = {
        "interests": interests.strip(),
        "earlier_work": earlier_work.strip(),
        "declared_on": clock.today(),
    }
    return _add(Event.INTERESTS_DECLARED, appointment, by, changes)


def _add(event: Event, appointment: Appointment, by: User, changes: dict[str, Any]) -> IndependenceRecord:
    appointment = _locked(appointment)
    if appointment.office != Office.SCRUTINEER:
        raise WrongState("Only an independent scrutineer has such a record.")
    last = appointment.independence.first()
    kept = {name: getattr(last, name) for name in KEPT} if last else {}
    record = IndependenceRecord.objects.create(appointment=appointment, recorded_by=by, **{**kept, **changes})
    data = {"person": appointment.person.name}
    audit.record(event, by=by, area_slug=appointment.area.slug, target=record, data=data)
    return record


def _locked(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("area", "person")
    return rows.get(pk=appointment.pk)
