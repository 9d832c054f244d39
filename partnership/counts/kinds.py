"""What can be counted, and how a count and an attendance are said. Plain tables that models may name."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices

# Counts that every partnership is asked for, each by its key; all of them are whole numbers.
STANDARD = {
    "rapid-reviews": "Rapid reviews completed",
    "practice-reviews-started": "Local child safeguarding practice reviews started",
    "practice-reviews-published": "Local child safeguarding practice reviews published",
    "actions-agreed": "Actions agreed",
    "actions-finished": "Actions finished",
}
SMALL = 5  # a count below it may point to a child or a family


class Unit(TextChoices):
    NUMBER = "number", "A number"
    PER_CENT = "per_cent", "Per cent"


@dataclass(frozen=True)
class Figure:
    """A number with its day and its source: what a person records, sees and corrects as one."""

    value: Decimal
    as_of: date
    source: str

    def said(self, unit: str) -> str:
        """1,204 or 2.5, or 87% for a share."""
        return f"{self.value.normalize():,f}{'%' if unit == Unit.PER_CENT else ''}"

    def in_full(self, unit: str) -> str:
        return f"{self.said(unit)} as of {_day(self.as_of)}, from “{self.source}”"


@dataclass(frozen=True)
class Meetings:
    """How many meetings were held while an agency was a member, and how many it came to, itself or by a deputy."""

    held: int
    attended: int
    by_deputy: int
    as_of: date
    source: str

    def said(self) -> str:
        """4 of 5 meetings, 1 more by a deputy."""
        deputy = f", {self.by_deputy} more by a deputy" if self.by_deputy else ""
        return f"{self.attended} of {self.held} meeting{'' if self.held == 1 else 's'}{deputy}"

    def in_full(self) -> str:
        return f"{self.said()}, as of {_day(self.as_of)}, from “{self.source}”"


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
