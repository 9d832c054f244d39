"""Quarters of the calendar year, in which access is reviewed."""

from dataclasses import dataclass
from datetime import date, timedelta

REVIEWED_WITHIN = timedelta(days=27)  # so a review is due on the 28th day of its quarter


@dataclass(frozen=True)
class Quarter:
    """Three calendar months: January to March is the first."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """The quarter in which a day lies."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @property
    def label(self) -> str:
        """Such as 2026-Q4."""
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def review_due_on(self) -> date:
        """Four weeks into the quarter. Our advice: no rule names a day."""
        return self.first + REVIEWED_WITHIN
