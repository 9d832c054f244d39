"""What the clock does with duties: it opens them, reminds of them, and closes them when their facts are there."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction

from partnership import clock
from partnership.areas.models import Area, AreaSuccession
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.deadlines import letters, selectors
from partnership.deadlines.models import Duty, DutyFact, Reminder
from partnership.documents.models import Document
from partnership.guidance import dates, loader

log = logging.getLogger(__name__)

# Duties of a period are opened on its first day, so the date is in sight eighteen months before it.
RULE = "yearly_report"


def open_duties(*, today: date) -> int:
    """Open the yearly duty of the current and the last financial year for every area that has none yet."""
    opened = 0
    this_year = dates.FinancialYear.containing(today)
    for period in (this_year, this_year.previous):
        edition = loader.edition_for(RULE, period.start, period.end)
        rule = edition.deadline(RULE)
        without = Area.objects.exclude(duties__rule_key=RULE, duties__period_label=period.label)
        # An area that was made later, or had ended before, owes nothing for this year.
        without = without.exclude(began_on__gt=period.end).exclude(ended_on__lte=period.start)
        for area in without:
            opened += open_duty(
                area=area,
                rule_key=RULE,
                edition_key=edition.key,
                label=period.label,
                title=f"{rule.title} {period.label}",
                due_on=dates.due_on(rule, period.end),
            )
    return opened


@transaction.atomic
def open_duty(*, area: Area, rule_key: str, edition_key: str, label: str, title: str, due_on: date) -> bool:
    """Open one duty, once. False when it is there already."""
    document = Document.objects.filter(area=area, kind=rule_key, period_label=label).first()
    duty, created = Duty.objects.get_or_create(
        area=area,
        rule_key=rule_key,
        period_label=label,
        defaults={"edition_key": edition_key, "title": title, "due_on": due_on, "document": document},
    )
    if created:
        data = {"duty": title, "due": f"{due_on:%-d %B %Y}"}
        audit.record(Event.DUTY_CREATED, area_slug=area.slug, target=duty, subject=_subject(duty), data=data)
    return created


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
        audit.record(Event.DUTY_PASSED_ON, area_slug=area.slug, target=duty, subject=_subject(duty), data=data)
    return won


def _subject(duty: Duty) -> str:
    return duty.document.subject if duty.document else f"duty:{duty.pk}"


@transaction.atomic
def record_fact(*, duty: Duty, key: str, label: str, happened_at: datetime, evidence: str) -> bool:
    """Note one thing that the duty asks for; the last one closes it. The first day of a fact stands for ever."""
    duty = Duty.objects.select_for_update(of=("self",)).select_related("area", "document").get(pk=duty.pk)
    _, created = DutyFact.objects.get_or_create(
        duty=duty, key=key, defaults={"label": label, "happened_at": happened_at, "evidence": evidence}
    )
    if not created:
        return False
    data = {"duty": duty.title, "fact": label, "on": f"{clock.london_day(happened_at):%-d %B %Y}"}
    audit.record(Event.DUTY_FACT_RECORDED, area_slug=duty.area.slug, target=duty, subject=_subject(duty), data=data)
    if not selectors.missing_facts(duty):
        close(duty)
    return True


def close(duty: Duty) -> None:
    """Close a duty whose facts are all there. The day of the last fact decides whether it was in time."""
    last = duty.facts.latest("happened_at").happened_at
    Duty.objects.filter(pk=duty.pk, closed_at=None).update(closed_at=last)
    in_time = dates.is_in_time(last, duty.due_on)
    timing = "in time" if in_time else f"late: it was due on {duty.due_on:%-d %B %Y}"
    data = {"duty": duty.title, "timing": timing}
    audit.record(Event.DUTY_CLOSED, area_slug=duty.area.slug, target=duty, subject=_subject(duty), data=data)


def remind(*, today: date) -> int:
    """Queue every reminder that is due and not yet queued. Only the latest step is sent, however long nobody looked."""
    sent = 0
    for duty in selectors.open_duties().filter(due_on__lte=today + timedelta(days=200)):
        try:
            sent += _remind(duty, today)
        except Exception:
            # One duty that cannot be told of must not silence the others; it is tried again at the next sweep.
            log.exception("reminder_failed duty=%s", duty.pk)
    return sent


def _remind(duty: Duty, today: date) -> bool:
    rule = loader.edition(duty.edition_key).deadline(duty.rule_key)
    step = dates.reminder_due(rule, duty.due_on, today)
    if step is None:
        return False
    with transaction.atomic():
        reminder, created = Reminder.objects.get_or_create(duty=duty, days=step.days)
        if not created:
            return False
        told = letters.reminder(duty, step, today)
        Reminder.objects.filter(pk=reminder.pk).update(recipients=len(told))
        data = {"duty": duty.title, "recipients": ", ".join(told) or "nobody: no office is filled"}
        audit.record(Event.DUTY_REMINDED, area_slug=duty.area.slug, target=duty, subject=_subject(duty), data=data)
    return True
