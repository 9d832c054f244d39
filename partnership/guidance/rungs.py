"""The rungs of a rule's ladder of reminders, and which of them an area may switch off. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from partnership.guidance.dated import Deadline, DutyRule
from partnership.guidance.dates import Step

KEPT = 2  # so many at the end of each ladder are told in every area


@dataclass(frozen=True)
class Rung:
    """One rung: its days from the date (negative before it), whom it tells, and how many rungs come after it."""

    days: int
    who: tuple[str, ...]
    followed_by: int

    @property
    def key(self) -> str:
        """Its name in an address, such as `before-60`."""
        return f"{'late' if self.days > 0 else 'before'}-{abs(self.days)}"

    @property
    def may_be_off(self) -> bool:
        """Whether an area may switch it off. What is owed and not done is always told to somebody."""
        return self.followed_by >= KEPT


def rungs(rule: Deadline | DutyRule) -> tuple[Rung, ...]:
    """The ladder of a rule, from the first rung to the last. The last one comes again and again."""
    ladder = (*rule.reminders, *rule.late)
    return tuple(Rung(row.days, row.who, len(ladder) - place) for place, row in enumerate(ladder, start=1))


def rung_of(rule: Deadline | DutyRule, step: Step) -> int:
    """The days of the rung that a step belongs to.

    The last chance before a date on no working day belongs to the last rung before it, whose readers it has; what comes
    again and again belongs to the last rung of all.
    """
    if step.days in {rung.days for rung in rungs(rule)}:
        return step.days
    return rule.late[-1].days if step.is_late else rule.reminders[-1].days


def switched_off(rule: Deadline | DutyRule, days: Collection[int]) -> frozenset[int]:
    """Of the rungs that an area has switched off, those that may be off in this rule: another edition may end otherwise."""
    return frozenset(rung.days for rung in rungs(rule) if rung.may_be_off and rung.days in days)


def in_words(days: int) -> str:
    """Where a rung stands: “60 days before the date”, “on the date”, “1 day after the date”."""
    if days == 0:
        return "on the date"
    counted = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"{counted} {'after' if days > 0 else 'before'} the date"
