"""Duties with another date than the calendar's, made by the services that may."""

from datetime import date

from partnership.areas.models import Area
from partnership.deadlines import jobs, relaxing
from partnership.deadlines.models import Duty
from partnership.deadlines.opening import Owed


def late_report(area: Area, due_on: date) -> None:
    """An older report that is owed since a day."""
    jobs.open_duty(area=area, owed=Owed("yearly_report", "wt2023", "2023-24", "Yearly report 2023-24", due_on))


def moved_nationally(duty: Duty, to: date) -> None:
    """This duty alone, as if the others had come later: two operators move it, and the others are not of its first day."""
    others = Duty.objects.filter(rule_key=duty.rule_key, due_on=duty.due_on).exclude(pk=duty.pk)
    keep = {other.pk: other.due_on for other in others}
    row = relaxing.propose(
        rule_key=duty.rule_key, first_due=duty.due_on, last_due=duty.due_on, moved_to=to, source="A letter", by="Pat"
    )
    relaxing.confirm(row=row, by="Sam")
    Duty.objects.filter(pk__in=keep).update(due_on=duty.due_on, relaxation=None)
