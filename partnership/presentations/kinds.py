"""Before whom a report is presented, how that stands, and what is said of it as one. Plain tables that models may name."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import TextChoices

from partnership.areas.roles import Office


class Forum(TextChoices):
    HEALTH_AND_WELLBEING = "health_and_wellbeing", "Health and wellbeing board"
    SCRUTINY_COMMITTEE = "scrutiny_committee", "Scrutiny committee"
    CABINET = "cabinet", "Cabinet"
    COUNCIL = "council", "Full council"
    POLICE_AND_CRIME_PANEL = "police_and_crime_panel", "Police and crime panel"
    ICB_BOARD = "icb_board", "Board of the integrated care board"
    OTHER = "other", "Another body"


class State(TextChoices):
    PLANNED = "planned", "Planned"
    PRESENTED = "presented", "Presented"
    NOT_PRESENTED = "not_presented", "Did not take place"


# Who presents for the partnership; whoever reads along or contributes does not.
PRESENTERS = (
    Office.LSP,
    Office.DSP,
    Office.CHAIR,
    Office.SCRUTINEER,
    Office.BUSINESS_MANAGER,
    Office.BUSINESS_SUPPORT,
    Office.EDUCATION,
    Office.SUB_GROUP_CHAIR,
)


@dataclass(frozen=True)
class Said:
    """Everything that is recorded of one occasion. `forum_name`: what the body calls itself, or which other body it is."""

    forum: str
    forum_name: str
    day: date
    state: str
    office: str
    asked: str = ""
    answered: str = ""
    minutes: str = ""

    @classmethod
    def of(cls, row: Any) -> "Said":
        """As it stands in a row."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    @property
    def before_whom(self) -> str:
        """The body in words: its own name where that is given."""
        return self.forum_name or str(Forum(self.forum).label)

    @property
    def occasion(self) -> str:
        """Before whom, when, and how it stands: Scrutiny committee, 3 October 2026, planned."""
        state = str(State(self.state).label)
        return f"{self.before_whom}, {self.day.day} {self.day:%B %Y}, {state[:1].lower()}{state[1:]}"

    def in_full(self) -> str:
        """All of it in words, a line each, to show beside what somebody else wrote."""
        words = [f"{self.occasion}.", f"Presented by: {Office(self.office).label}."]
        words += [f"Asked: {self.asked}"] if self.asked else []
        words += [f"Answered: {self.answered}"] if self.answered else []
        words += [f"Minutes: {self.minutes}"] if self.minutes else []
        return "\n".join(words)
