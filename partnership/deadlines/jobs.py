"""What the clock does with duties: it opens them, reminds of them, and passes them on."""

import logging
from datetime import date

from django.db import transaction

from partnership.areas.models import AreaSuccession
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.deadlines import cycles, facts, letters, selectors
from partnership.deadlines.facts import record_fact
from partnership.deadlines.models import Duty, Reminder
from partnership.deadlines.opening import missing, open_duties, open_duty
from partnership.guidance import dates, rungs

__all__ = ["alarm", "follow", "missing", "open_duties", "open_duty", "pass_on", "record_fact", "remind"]

log = logging.getLogger(__name__)


def follow(*, today: date) -> int:
    """Open what documents, appointments and local cycles bring, and note what they say of what is open."""
    return cycles.follow(today=today)


def alarm(*, today: date) -> int:
    """Log each area whose duty of the next six months is missing, and return how many: the sweep opens them long before."""
    found = missing(today=today)
    for rule_key, area in found:
        log.error("duty_missing rule=%s area=%s", rule_key, area.slug)
    return len(found)


def pass_on(*, today: date) -> int:
    """Note of every open duty of an area that was split or merged which area answers for it now. Returns how many."""
    taken = AreaSuccession.objects.filter(takes_over_duties=True, on__lte=today, predecessor__duties__closed_at=None)
    heirs = {row.predecessor_id: row for row in taken.select_related("predecessor", "successor").distinct()}
    count = 0
    for duty in selectors.open_duties().filter(area__in=heirs):
        heir = heirs[duty.area_id]
        if duty.passed_to_id != heir.successor_id:
            count += _pass(duty, heir)
    return count


@transaction.atomic
def _pass(duty: Duty, heir: AreaSuccession) -> int:
    won = Duty.objects.filter(pk=duty.pk, passed_to=duty.passed_to_id, closed_at=None).update(passed_to=heir.successor)
    data = {
        "duty": duty.title,
        "predecessor": heir.predecessor.name,
        "successor": heir.successor.name,
        "on": f"{heir.on:%-d %B %Y}",
    }
    for area in (heir.predecessor, heir.successor) if won else ():
        subject = selectors.subject(duty)
        audit.record(Event.DUTY_PASSED_ON, area_slug=area.slug, target=duty, subject=subject, data=data)
    return won


def remind(*, today: date) -> int:
    """Queue every reminder that is due and not yet queued. Only the latest step is sent, however long nobody looked."""
    sent, off = 0, selectors.switched_off()
    for duty in selectors.to_remind(today):
        try:
            sent += _remind(duty, today, off.get((duty.area_id, duty.rule_key), set()))
        except Exception:
            # One duty that cannot be told of must not silence the others; it is tried again at the next sweep.
            log.exception("reminder_failed duty=%s", duty.pk)
    return sent


def _remind(duty: Duty, today: date, off: set[int]) -> bool:
    """Only the latest step that was reached counts: where that one is switched off, the one before is not sent instead."""
    rule = selectors.rule_of(duty)
    step = dates.reminder_due(rule, duty.due_on, today)
    if step is None or rungs.rung_of(rule, step) in rungs.switched_off(rule, off):
        return False
    if (duty.due_on, step.days) in {(row.due_on, row.days) for row in duty.reminders.all()}:
        return False
    with transaction.atomic():
        reminder, created = Reminder.objects.get_or_create(duty=duty, due_on=duty.due_on, days=step.days)
        if not created:
            return False
        told = letters.reminder(duty, step, today)
        Reminder.objects.filter(pk=reminder.pk).update(recipients=len(told.notices))
        reminder.notices.set(told.notices)
        facts.note(Event.DUTY_REMINDED, duty, recipients=", ".join(told.names) or "nobody: no office is filled")
    return True
