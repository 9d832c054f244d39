"""What becomes of each row of a list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from django.db.backends.postgresql.psycopg_any import DateRange

from partnership.accounts.models import User
from partnership.areas.departures import DepartureRule
from partnership.areas.importing.columns import BY_KEY
from partnership.areas.importing.rows import Problem, Row
from partnership.areas.models import Seat
from partnership.areas.roles import Office

ONE_DAY = timedelta(days=1)
ALWAYS = date(1, 1, 1), date(9999, 12, 31)


class Outcome(StrEnum):
    NEW = "new"
    SAME = "same"
    ERROR = "error"


@dataclass
class Verdict:
    """What becomes of one row."""

    row: Row
    outcome: Outcome = Outcome.NEW
    seat: Seat | None = None
    person: User | None = None
    departures: list[DepartureRule] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def during(self) -> DateRange:
        last = self.row.last
        return DateRange(self.row.since, last + ONE_DAY if last else None)

    def refuse(self, key: str, sentence: str) -> None:
        self.outcome = Outcome.ERROR
        self.problems.append(Problem(BY_KEY[key].title, sentence))

    def skip(self, sentence: str) -> None:
        self.outcome = Outcome.SAME
        self.notes.append(sentence)


def in_order(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """What will be recorded, in the order in which it can be: a chair is a delegated partner first."""
    new = [verdict for verdict in verdicts if verdict.outcome == Outcome.NEW]
    return sorted(new, key=lambda verdict: (verdict.row.office == Office.CHAIR, verdict.row.number))


def overlap(one: DateRange, other: DateRange) -> bool:
    """Whether two half-open spans of days have a day in common."""
    first, end = ALWAYS
    return (one.lower or first) < (other.upper or end) and (other.lower or first) < (one.upper or end)
