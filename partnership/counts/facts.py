"""What the record of counts and attendance says, fact by fact, each with its own source and day."""

from datetime import date
from functools import partial

from partnership.areas import selectors as areas
from partnership.areas.models import Area
from partnership.counts import selectors
from partnership.counts.kinds import STANDARD
from partnership.counts.models import Attendance, Count
from partnership.documents.facts import Facts, Older, word_of
from partnership.documents.kinds import Fact
from partnership.guidance.financial_years import FinancialYear

SOURCE = "The partnership's record of counts and attendance"


def of_year(area: Area, year: FinancialYear, on: date, words: dict[int, str]) -> Facts:
    """The facts of a year. `words`: how tokens name the statutory agencies, by key; others are named by their own name.

    What every partnership is asked for is offered before it is recorded, so that a writer finds the name of its token.
    """
    found: Facts = {token_of(key): partial(_nothing, label, year, on) for key, label in STANDARD.items()}
    found |= {token_of(row.key): partial(_count, row, year) for row in selectors.in_order(area, year)}
    came = list(selectors.attendance(area, year))
    for agency in areas.agencies_in(area, year).filter(pk__in=words).order_by("name"):
        found[f"attendance {words[agency.pk]}"] = partial(_nothing, _attendance_of(agency.name), year, on, "is")
    for row in came:
        read = partial(_came, row, year)
        found[f"attendance {word_of(words, row.agency_id, row.agency.name)}"] = read
        if row.agency_id not in words:  # before funding and counts named it alike
            found.setdefault(f"attendance {row.agency.slug.casefold()}", Older(read))
    return found


def token_of(key: str) -> str:
    """How a text names a count: `count rapid reviews`."""
    return f"count {key.replace('-', ' ')}"


def _attendance_of(agency: str) -> str:
    return f"Attendance of {agency}"


def _count(row: Count, year: FinancialYear) -> Fact:
    return Fact(f"{row.label}, {year.label}", row.said, _source(row), row.as_of)


def _came(row: Attendance, year: FinancialYear) -> Fact:
    return Fact(f"{_attendance_of(row.agency.name)}, {year.label}", row.said, _source(row), row.as_of)


def _source(row: Count | Attendance) -> str:
    return f"{row.source}{' (figure invented for practice)' if row.is_invented else ''}"


def _nothing(title: str, year: FinancialYear, on: date, verb: str = "are") -> Fact:
    return Fact(f"{title}, {year.label}", "", SOURCE, on, missing=f"{verb} not on record")
