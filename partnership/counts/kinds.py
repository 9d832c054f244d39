"""What can be counted, and how a count and an attendance are said. Plain tables that models may name."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices

from partnership.areas.models import Agency

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


@dataclass(frozen=True)
class Counted(Figure):
    """A figure with its name and its unit, as an indicator of one's own can be corrected."""

    label: str
    unit: str

    @classmethod
    def of(cls, row: Any) -> "Counted":
        return cls(row.value, row.as_of, row.source, row.label, row.unit)

    def in_full(self, unit: str = "") -> str:
        said = super().in_full(unit or self.unit)
        return said if self.label in STANDARD.values() else f"“{self.label}”, {said}"

    def told(self, other: "Counted") -> str:
        """As a correction tells it: the name is said only where it changed."""
        return super().in_full(self.unit) if self.label == other.label else self.in_full()


@dataclass(frozen=True)
class Came(Meetings):
    """Meetings with the agency that came to them."""

    agency: Agency

    @classmethod
    def of(cls, row: Any) -> "Came":
        return cls(row.held, row.attended, row.by_deputy, row.as_of, row.source, row.agency)

    def in_full(self) -> str:
        return f"{self.agency.name}, {super().in_full()}"

    def told(self, other: "Came") -> str:
        """As a correction tells it: the agency is named only where it changed."""
        return super().in_full() if self.agency == other.agency else self.in_full()


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
