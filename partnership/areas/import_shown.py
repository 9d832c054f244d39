"""A list of members as its page shows it: row by row what would change, and who is not in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from partnership.areas.importing.rows import Problem
from partnership.areas.importing.verdicts import Outcome, Verdict
from partnership.areas.models import Appointment, MemberImport
from partnership.web import characters

TAGS = {
    Outcome.NEW: ("New appointment", "green"),
    Outcome.SAME: ("No change", "grey"),
    Outcome.ERROR: ("Error", "red"),
}
NOT_RECORDED = ("Not recorded", "orange")


@dataclass(frozen=True)
class RowShown:
    """One row, as it was written where it could not be understood, without what would garble the page around it."""

    number: int
    name: str
    email: str
    office: str
    agency: str
    days: str
    tag: str
    colour: str
    problems: Sequence[Problem]
    notes: Sequence[str]

    @property
    def id(self) -> str:
        return f"row-{self.number}"


@dataclass(frozen=True)
class ListShown:
    """A whole list, with its numbers."""

    rows: list[RowShown]
    new: int
    invited: int
    same: int
    errors: list[RowShown]
    missing: list[Appointment]


def shown(upload: MemberImport, verdicts: Sequence[Verdict], held: Iterable[Appointment]) -> ListShown:
    """The list beside the offices that are held today."""
    is_over = upload.confirmed_at is not None
    new = [verdict for verdict in verdicts if verdict.outcome == Outcome.NEW]
    rows = [_row(verdict, is_over) for verdict in verdicts]
    told = {_key(verdict) for verdict in verdicts}
    return ListShown(
        rows=rows,
        new=len(new),
        invited=len({verdict.row.email for verdict in new if verdict.person is None}),
        same=sum(verdict.outcome == Outcome.SAME for verdict in verdicts),
        errors=[row for row, verdict in zip(rows, verdicts, strict=True) if verdict.outcome == Outcome.ERROR],
        missing=[] if is_over else [row for row in held if (row.person.email, row.office, row.seat_id) not in told],
    )


def _key(verdict: Verdict) -> tuple[str, str, int | None]:
    return verdict.row.email, str(verdict.row.office), verdict.seat.pk if verdict.seat else None


def _row(verdict: Verdict, is_over: bool) -> RowShown:
    row = verdict.row
    notes = list(verdict.notes)
    if verdict.outcome == Outcome.NEW and verdict.person is None:
        notes.insert(0, "New person: gets an invitation.")
    tag, colour = NOT_RECORDED if is_over and verdict.outcome == Outcome.NEW else TAGS[verdict.outcome]
    return RowShown(
        number=row.number,
        name=characters.in_one_line(row.name),
        email=characters.in_one_line(row.email),
        office=_office(verdict),
        agency=verdict.seat.agency.name if verdict.seat else characters.in_one_line(row.agency),
        days=_days(row.since, row.last),
        tag=tag,
        colour=colour,
        problems=verdict.problems,
        notes=notes,
    )


def _office(verdict: Verdict) -> str:
    row = verdict.row
    if row.office is None:
        return characters.in_one_line(row.cells.get("office", ""))
    label = row.office.label
    if row.sub_group:
        label = f"{label} ({characters.in_one_line(row.sub_group)})"
    return label if row.basis == "substantive" else f"{label}, {row.basis.label.lower()}"


def _days(since: date | None, last: date | None) -> str:
    if since is None:
        return ""
    return f"From {since:%-d %B %Y}" + (f" to {last:%-d %B %Y}" if last else "")
