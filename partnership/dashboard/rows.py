"""The rows of the home page."""

from dataclasses import dataclass
from datetime import date, datetime

from partnership.deadlines import presenting

FAR = date.max


@dataclass(frozen=True)
class Row:
    """One thing that needs somebody: the act, where, by when and why; `who` holds the turn, `since` when."""

    act: str
    href: str
    area: str
    by: date | None
    why: str
    who: str = ""
    since: datetime | None = None

    def late_or_left(self, today: date) -> str:
        return presenting.days_in_words(self.by, today) if self.by else ""


def in_order(rows: list[Row]) -> list[Row]:
    """The soonest date first; what has no date comes last."""
    return sorted(rows, key=lambda row: (row.by or FAR, row.area, row.act))
