"""How a ladder of reminders is shown: each step with the day it stands on, whom it tells, and whether it is off here."""

from collections.abc import Iterable
from dataclasses import dataclass

from partnership.deadlines.models import SwitchedOffStep
from partnership.deadlines.presenting import offices_in_words
from partnership.guidance import rungs
from partnership.guidance.dated import Deadline, DutyRule
from partnership.guidance.rungs import Rung


@dataclass(frozen=True)
class Row:
    """One step of a ladder. `off`: since when and by whom it is switched off here; None where it is on."""

    key: str
    when: str
    who: str
    may_be_off: bool
    off: SwitchedOffStep | None = None

    @property
    def is_on(self) -> bool:
        return self.off is None


def of(rule: Deadline | DutyRule, off: Iterable[SwitchedOffStep] = ()) -> list[Row]:
    """The ladder of a rule, with the steps that are off in an area now."""
    by_days = {row.days: row for row in off}
    return [row_of(rule, rung, by_days.get(rung.days) if rung.may_be_off else None) for rung in rungs.rungs(rule)]


def row_of(rule: Deadline | DutyRule, rung: Rung, off: SwitchedOffStep | None = None) -> Row:
    """One step in words. The last one of a rule with late steps comes again and again."""
    when = rungs.in_words(rung.days)
    if rung.days > 0 and rung.followed_by == 0:
        when = f"{when}, and again every {rule.repeat_late_every_days} days"
    return Row(rung.key, when, offices_in_words(rung.who), rung.may_be_off, off)
