"""What the rows of one list say to each other: the same twice, or two things that cannot both be."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from partnership.areas.importing.values import plain_words
from partnership.areas.importing.verdicts import Outcome, Verdict, overlap
from partnership.areas.models import Basis
from partnership.areas.roles import SINGLE, Office


def compare(verdicts: Sequence[Verdict]) -> None:
    """Skip a row that another says already; refuse rows that contradict each other. Only rows without fault count."""
    for theirs in _by(verdicts, lambda verdict: verdict.row.email):
        _names(theirs)
    for same in _by(verdicts, _office_and_person):
        _repeats(same)
    for rivals in _by(verdicts, _single_office):
        _rivals(rivals)


def _by(verdicts: Sequence[Verdict], key: object) -> list[list[Verdict]]:
    """Those that would be recorded, gathered by what they share; where they share nothing (None), left out."""
    found: dict[object, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        shared = key(verdict) if callable(key) else None
        if verdict.outcome == Outcome.NEW and shared is not None:
            found[shared].append(verdict)
    return [group for group in found.values() if len(group) > 1]


def _office_and_person(verdict: Verdict) -> object:
    row = verdict.row
    return row.email, row.office, verdict.seat.pk if verdict.seat else None, plain_words(row.sub_group)


def _single_office(verdict: Verdict) -> object:
    """What only one person can hold at a time: a seat's lead or delegated office, and the chair."""
    row = verdict.row
    if row.office == Office.CHAIR:
        return row.office
    is_single = row.office in SINGLE and row.basis == Basis.SUBSTANTIVE and verdict.seat is not None
    return (row.office, verdict.seat.pk) if is_single and verdict.seat else None


def _names(theirs: list[Verdict]) -> None:
    """One address belongs to one person."""
    first = theirs[0]
    for other in theirs[1:]:
        if plain_words(other.row.name) != plain_words(first.row.name):
            name = first.row.name[:60]
            other.refuse("name", f"Row {first.row.number} gives this address to {name}. One address is one person's.")
            first.refuse(
                "name", f"Row {other.row.number} gives this address to {other.row.name[:60]}. Mend one of them."
            )


def _repeats(same: list[Verdict]) -> None:
    """One person in one office in one time is one appointment."""
    for first, other in combinations(same, 2):
        if first.outcome != Outcome.NEW or other.outcome != Outcome.NEW or not overlap(first.during, other.during):
            continue
        if _details(first) == _details(other):
            other.skip(f"Row {first.row.number} says the same.")
        else:
            other.refuse(
                "since", f"Row {first.row.number} records this person in this office in the same time. Keep one."
            )
            first.refuse(
                "since", f"Row {other.row.number} records this person in this office in the same time. Keep one."
            )


def _details(verdict: Verdict) -> object:
    row = verdict.row
    return row.since, row.last, row.basis, row.authority, row.job_title, row.is_head, row.is_paid, row.reason


def _rivals(rivals: list[Verdict]) -> None:
    """Two people cannot hold in one time what only one can hold."""
    for first, other in combinations(rivals, 2):
        is_another = first.row.email != other.row.email
        if is_another and Outcome.SAME not in (first.outcome, other.outcome) and overlap(first.during, other.during):
            first.refuse("office", f"Row {other.row.number} gives this office to somebody else in the same time.")
            other.refuse("office", f"Row {first.row.number} gives this office to somebody else in the same time.")
