"""A national body moves a date: an operator proposes it with its source, sees what would move, and a second one confirms.

The first date stays beside the new one, and nothing else of a duty changes.
"""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from partnership import clock
from partnership.audit.events import Event
from partnership.deadlines import facts, selectors
from partnership.deadlines.models import Duty, Relaxation
from partnership.errors import Conflict, WrongState


def would_move(row: Relaxation) -> QuerySet[Duty]:
    """The open duties of all areas that a relaxation moves, by area. Each shows its date of now."""
    open_ones = selectors.open_duties().filter(rule_key=row.rule_key, due_on__lt=row.moved_to)
    return open_ones.filter(first_due_on__range=(row.first_due, row.last_due)).order_by("area__name", "due_on")


@transaction.atomic
def propose(*, rule_key: str, first_due: date, last_due: date, moved_to: date, source: str, by: str) -> Relaxation:
    """Propose that what was first due in these days is due on another. Nothing moves yet. Raises WrongState."""
    if rule_key not in selectors.rule_keys():
        raise WrongState(f"There is no rule called “{rule_key}”.")
    if last_due < first_due or moved_to <= last_due:
        raise WrongState("The first day must not be after the last, and the new date must be later than both.")
    source, by = source.strip(), by.strip()
    if not source or not by:
        raise WrongState("Say who moved the date, where that is written, and who you are.")
    told = {"rule_key": rule_key, "first_due": first_due, "last_due": last_due, "moved_to": moved_to}
    same = Relaxation.objects.filter(**told, confirmed_at=None, declined_by="").first()
    return same or Relaxation.objects.create(**told, source=source, proposed_by=by)


@transaction.atomic
def confirm(*, row: Relaxation, by: str) -> list[Duty]:
    """Move the dates, as a second person. Returns the duties that moved. Raises WrongState or Conflict."""
    row, by = _locked(row), by.strip()
    if not by or by.casefold() == row.proposed_by.casefold():
        raise WrongState("A second person has to confirm it.")
    Relaxation.objects.filter(pk=row.pk).update(confirmed_by=by, confirmed_at=clock.now())
    moved = list(would_move(row).select_for_update(of=("self",)))
    for duty in moved:
        was = f"{duty.due_on:%-d %B %Y}"
        Duty.objects.filter(pk=duty.pk).update(due_on=row.moved_to, relaxation=row)
        facts.note(Event.DUTY_MOVED, duty, was=was, to=f"{row.moved_to:%-d %B %Y}", source=row.source)
    return moved


@transaction.atomic
def decline(*, row: Relaxation, by: str) -> None:
    """Put a proposal away. Raises WrongState or Conflict."""
    row, by = _locked(row), by.strip()
    if not by:
        raise WrongState("Say who you are.")
    Relaxation.objects.filter(pk=row.pk).update(declined_by=by)


def _locked(row: Relaxation) -> Relaxation:
    row = Relaxation.objects.select_for_update().get(pk=row.pk)
    if row.confirmed_at or row.declined_by:
        raise Conflict("Somebody has decided on it already.")
    return row
