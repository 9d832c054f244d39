"""Giving and ending the grant by which somebody operates the service. Operators act by commands, so `by` is a name."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from partnership import clock
from partnership.accounts.models import Operator, User
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import Conflict, WrongState

LONGEST_NAME, LONGEST_REASON = 150, 300


@transaction.atomic
def grant_operator(*, person: User, since: date, reason: str, by: str, until: date | None = None) -> Operator:
    """Let somebody operate the service from a day on; `until` is the first day without it. No right in any area comes with it.

    Raises WrongState for a closed account, for days before today and for missing words; Conflict when the person operates
    it in these days already.
    """
    reason, by = _said(reason, by)
    if not person.is_active:
        raise WrongState(f"The account of {person.name} is closed. Open it again first.")
    if since < clock.today():
        raise WrongState("A grant begins today or later: nobody operated the service before it was recorded.")
    if until is not None and until <= since:
        raise WrongState("The first day without the grant must be later than its first day.")
    try:
        with transaction.atomic():
            row = Operator.objects.create(person=person, since=since, until=until, reason=reason, granted_by=by)
    except IntegrityError as error:
        raise Conflict(f"{person.name} operates the service in these days already. See: operator list") from error
    _note(Event.OPERATOR_GRANTED, row, operator=by, since=_day(since), reason=reason)
    return row


@transaction.atomic
def end_operator(*, operator: Operator, because: str, by: str, on: date | None = None) -> Operator:
    """End a grant: from the day `on` (today without it) it opens nothing. One that has not begun never does.

    Raises WrongState for a day before today, one after which it is over anyway, and missing words; Conflict when it was
    ended.
    """
    because, by = _said(because, by)
    row = Operator.objects.select_for_update(of=("self",)).select_related("person").get(pk=operator.pk)
    if row.ended_at is not None:
        raise Conflict(f"The grant of {row.person.name} was ended already, by {row.ended_by}.")
    on = on or clock.today()
    if on < clock.today():
        raise WrongState("A grant ends today or later: until it was ended, it was in force.")
    until = max(on, row.since)
    if row.until is not None and row.until <= until:
        raise WrongState(f"The grant of {row.person.name} is over on {_day(row.until)} anyway.")
    ending: dict[str, Any] = {"until": until, "ended_by": by, "ended_at": clock.now(), "ended_because": because}
    Operator.objects.filter(pk=row.pk).update(**ending)
    row.refresh_from_db()
    _note(Event.OPERATOR_ENDED, row, operator=by, until=_day(until), because=because)
    return row


def _said(reason: str, by: str) -> tuple[str, str]:
    reason, by = " ".join(reason.split()), " ".join(by.split())
    if not by or not reason:
        raise WrongState("Say who you are and why: both stay on record.")
    if len(by) > LONGEST_NAME or len(reason) > LONGEST_REASON:
        raise WrongState(f"A name has at most {LONGEST_NAME} characters, a reason {LONGEST_REASON}.")
    return reason, by


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _note(event: Event, row: Operator, **said: str) -> None:
    audit.record(event, target=row, data={"person": row.person.name, **said})
