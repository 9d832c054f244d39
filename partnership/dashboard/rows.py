"""The rows of the home page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices

from partnership.areas.models import Area
from partnership.deadlines import presenting

FAR = date.max


class Section(TextChoices):
    """What a row asks for, in the order in which the desk shows it."""

    SIGN = "sign", "To sign"
    ANSWER = "answer", "To answer"
    WRITE = "write", "To write, send, publish and submit"
    GUIDANCE = "guidance", "New guidance"
    ENDING = "ending", "Offices that end"
    OFFICES = "offices", "Offices to see to"
    REVIEWS = "reviews", "Access reviews"
    CONTRIBUTIONS = "contributions", "Contributions not on record"
    LATE = "late", "Late duties"
    WAITING = "waiting", "Waiting for others"


@dataclass(frozen=True)
class Row:
    """One thing that needs somebody: the act, where, by when and why; `who` holds the turn, `since` when."""

    act: str
    href: str
    area: Area
    by: date | None
    why: str
    who: str = ""
    since: date | datetime | None = None
    section: Section = Section.WRITE

    def late_or_left(self, today: date) -> str:
        return presenting.days_in_words(self.by, today) if self.by else ""


def in_order(rows: list[Row]) -> list[Row]:
    """The soonest date first; what has no date comes last."""
    return sorted(rows, key=lambda row: (row.by or FAR, row.area.name, row.act))


def within(title: str) -> str:
    """A title as it stands inside a sentence: “lead safeguarding partner, Oakshire Police”."""
    return f"{title[:1].lower()}{title[1:]}"
