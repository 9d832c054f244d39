"""What happened to a duty: a fact came true or fell, it closed, it was opened again, its ground is gone."""

from datetime import datetime

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.deadlines import letters, selectors
from partnership.deadlines.models import Duty, DutyFact
from partnership.guidance import dates
from partnership.notices import services as notices


@transaction.atomic
def record_fact(*, duty: Duty, key: str, label: str, happened_at: datetime, evidence: str) -> bool:
    """Note one thing that the duty asks for; the last one closes it. The first day of a fact that stands does not change.

    False when it is on record already, or the duty has lapsed.
    """
    duty = _locked(duty)
    if duty.lapsed_at or duty.facts.filter(key=key, fallen_at=None).exists():
        return False
    DutyFact.objects.create(duty=duty, key=key, label=label, happened_at=happened_at, evidence=evidence)
    note(Event.DUTY_FACT_RECORDED, duty, fact=label, on=f"{clock.london_day(happened_at):%-d %B %Y}")
    if duty.closed_at is None and not selectors.missing_facts(duty):
        _close(duty)
    return True


def _close(duty: Duty) -> None:
    """The day of the last fact decides whether it was in time."""
    last = duty.facts.filter(fallen_at=None).latest("happened_at").happened_at
    Duty.objects.filter(pk=duty.pk, closed_at=None).update(closed_at=last)
    in_time = dates.is_in_time(last, duty.due_on)
    notices.settle(about=letters.about(duty))
    note(
        Event.DUTY_CLOSED, duty, timing="in time" if in_time else f"late: it was due on {duty.due_on:%-d %B %Y}"
    )  # fmt: skip


@transaction.atomic
def fall(*, duty: Duty, evidence: str, because: str) -> bool:
    """A record turned out not to show what it was taken for. What was met by it alone is owed again.

    `because`: a clause that ends the sentence “…, because”. False when no fact rests on that record.
    """
    duty = _locked(duty)
    fallen = list(duty.facts.filter(evidence=evidence, fallen_at=None))
    for fact in fallen:
        DutyFact.objects.filter(pk=fact.pk).update(fallen_at=clock.now(), fallen_because=because)
        note(Event.DUTY_FACT_FELL, duty, fact=fact.label, because=because)
    if fallen and duty.closed_at is not None:
        Duty.objects.filter(pk=duty.pk).update(closed_at=None)
        note(Event.DUTY_REOPENED, duty)
        if not evidence.startswith("submission:"):
            letters.reopened(duty, fallen[0])
    return bool(fallen)


@transaction.atomic
def lapse(*, duty: Duty, because: str) -> bool:
    """Nothing is owed any more, since what it was owed for is gone. `because` is a sentence. False when it was closed."""
    duty = _locked(duty)
    if not duty.is_open:
        return False
    Duty.objects.filter(pk=duty.pk).update(lapsed_at=clock.now(), lapsed_because=because)
    notices.settle(about=letters.about(duty))
    note(Event.DUTY_LAPSED, duty, because=because)
    return True


def note(event: Event, duty: Duty, by: User | None = None, **data: str) -> None:
    """Put on the area's record what became of a duty, and by whom where a person did it."""
    subject, told = selectors.subject(duty), {"duty": duty.title, **data}
    audit.record(event, by=by, area_slug=duty.area.slug, target=duty, subject=subject, data=told)


def _locked(duty: Duty) -> Duty:
    rows = Duty.objects.select_for_update(of=("self",)).select_related("area", "document")
    return rows.get(pk=duty.pk)
