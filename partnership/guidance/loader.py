"""The editions of this product, read and checked once. The first use loads all of them, so one bad file stops it."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from partnership.guidance.checks import check_edition, check_editions
from partnership.guidance.duty_rules import read_duties
from partnership.guidance.reading import read_edition, read_sources
from partnership.guidance.schema import Edition
from partnership.guidance.statements import read_statements
from partnership.guidance.vocabulary import DOCUMENTS, WORKING_TOGETHER, EditionError

EDITIONS = Path(__file__).parent / "editions"
SOURCES, STATEMENTS, DUTIES = "sources.toml", "statements.toml", "duties.toml"
# What lies beside the editions, and is none.
SHARED = {SOURCES, STATEMENTS, DUTIES, "timeline.toml", "what_changed.toml"}


def load(folder: Path) -> tuple[Edition, ...]:
    """Every edition in a folder, the oldest first. Raises EditionError with file and row."""
    sources = read_sources(folder / SOURCES)
    editions = [read_edition(path, sources) for path in sorted(folder.glob("*.toml")) if path.name not in SHARED]
    keys = tuple(edition.key for edition in editions)
    statements = read_statements(folder / STATEMENTS, sources, keys)
    duties = read_duties(folder / DUTIES, sources, keys)
    editions = [replace(row, statements=statements[row.key], duties=duties[row.key]) for row in editions]
    for edition in editions:
        check_edition(edition)
    check_editions(editions)
    return tuple(sorted(editions, key=lambda edition: (edition.in_force_from, edition.key)))


@cache
def editions() -> tuple[Edition, ...]:
    """Every edition that this product holds, the oldest first."""
    return load(EDITIONS)


def edition(key: str) -> Edition:
    """The edition that a document was begun under. Raises EditionError for a key that no file has."""
    for candidate in editions():
        if candidate.key == key:
            return candidate
    raise EditionError(f"There is no edition of guidance called “{key}”.")


def edition_before(newer: Edition) -> Edition | None:
    """The edition of the same guidance that this one followed, or None for the first."""
    earlier = [row for row in editions() if row.series == newer.series and row.in_force_from < newer.in_force_from]
    return earlier[-1] if earlier else None


def edition_in_force(on: date, series: str = WORKING_TOGETHER) -> Edition:
    """The edition of a series in force on a day. Raises EditionError for a day before the first."""
    for candidate in editions():
        begun = candidate.in_force_from <= on
        if candidate.series == series and begun and (candidate.replaced_on is None or on < candidate.replaced_on):
            return candidate
    raise EditionError(f"No edition of guidance held here was in force on {_in_full(on)}.")


def edition_for(document: str, period_start: date, period_end: date | None = None) -> Edition:
    """The edition that a document is assessed against: by the end of its period, or by the day it takes effect.

    `period_end` may be left out for documents without a period, such as the arrangements. Raises EditionError.
    """
    if document not in DOCUMENTS:
        raise EditionError(f"No guidance is held for a document called “{document}”.")
    for candidate in editions():
        for row in candidate.applications:
            if row.document == document and row.covers(period_start, period_end or period_start):
                return candidate
    raise EditionError(
        f"No edition of guidance held here covers a {DOCUMENTS[document].lower()} from {_in_full(period_start)}."
    )


def newer_edition_note(edition: Edition, period_end: date, on: date) -> str:
    """The sentence for a document whose guidance has been replaced by the day `on`; empty when it has not."""
    newer = [
        row for row in editions() if row.series == edition.series and edition.in_force_from < row.in_force_from <= on
    ]
    if not newer:
        return ""
    latest = newer[-1]
    return (
        f"{latest.short_title} was published on {_in_full(latest.in_force_from)}. "
        f"This document is assessed against {edition.short_title}, "
        f"the edition that applies to a period ending on {_in_full(period_end)}."
    )


def _in_full(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
