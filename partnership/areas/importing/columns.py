"""The columns of a list of members: what each is called, by us and by others, and what stands in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from partnership.areas.importing.csv_file import ROOM_ABOVE
from partnership.areas.importing.limits import EMPTY, MOST_ROWS, TOO_MANY, Unreadable
from partnership.areas.importing.values import clean
from partnership.web.spreadsheets import plain

Line = tuple[int, list[str]]
Cells = dict[str, str]


@dataclass(frozen=True)
class Column:
    """One column. `names` are what else people call it; `describes` is the sentence on the page."""

    key: str
    title: str
    describes: str
    names: tuple[str, ...] = ()
    is_needed: bool = False


COLUMNS = (
    Column("name", "Name", "Full name.", ("full name", "member", "person", "post holder"), is_needed=True),
    Column(
        "email",
        "Email",
        "The address with which the person signs in. Somebody without an account gets an invitation.",
        ("email address", "e-mail", "e-mail address", "mail"),
        is_needed=True,
    ),
    Column(
        "office",
        "Office",
        "One of the offices below, or a usual word for it such as LSP, DSP, chair or lead member.",
        ("role", "office held"),
        is_needed=True,
    ),
    Column(
        "agency",
        "Agency",
        "As it is called in the register. For offices that belong to one agency; otherwise empty.",
        ("organisation", "organization", "seat", "body", "partner", "agency name"),
    ),
    Column("sub_group", "Sub-group", "What the chair of a sub-group chairs.", ("subgroup", "sub group")),
    Column("job_title", "Job title", "Such as Chief Executive. May be empty.", ("post", "post title", "job", "title")),
    Column(
        "since",
        "First day",
        "The first day in office, such as 1/4/2026, 2026-04-01 or 1 April 2026. The day stands before the month.",
        ("start", "start date", "from", "since", "first day in office", "date from", "started"),
        is_needed=True,
    ),
    Column(
        "last",
        "Last day",
        "The last day in office, written the same way. Empty where no end is known.",
        ("end", "end date", "until", "to", "last day in office", "date to", "ended"),
    ),
    Column("basis", "Basis", "Substantive, interim or acting. Empty means substantive.", ("kind of appointment",)),
    Column(
        "authority",
        "Authority",
        "The decision or letter that made the appointment, with its date.",
        ("appointed by", "decision", "decision or letter"),
        is_needed=True,
    ),
    Column(
        "is_head",
        "Head of the agency",
        "Yes or no, of a lead safeguarding partner: is this the chief executive, or the chief officer of police?",
        ("head of agency", "is head", "head"),
    ),
    Column(
        "is_paid",
        "Employed by a partner",
        "Yes or no, of a scrutineer. A fee under the contract for scrutiny does not count.",
        ("employed by partner", "paid by a partner"),
    ),
    Column(
        "reason",
        "Reason",
        "Where the appointment departs from the guidance: why. Nothing about health or conduct.",
        ("reasons", "reason for departure", "reasons for departures"),
    ),
    Column("may_sign", "May sign", "Not needed. It is read so that our own file can be uploaded again."),
)
BY_KEY = {column.key: column for column in COLUMNS}
# What our own file of the register holds beside these.
OURS = {"area", "kind of seat", "recorded on", "suspended", "departures", "invented"}
_NAMES = {name: column.key for column in COLUMNS for name in (column.title.lower(), *column.names)}


def named(text: str) -> str:
    """A column's heading without case, underscores and doubled spaces, and without what stands in brackets."""
    return " ".join(re.sub(r"\(.*?\)", " ", text.replace("_", " ")).casefold().split()).rstrip(":*? ")


def table(lines: Sequence[Line]) -> tuple[list[tuple[int, Cells]], list[str]]:
    """The rows below the headings, each with its number and its cells by column; and sentences on what was not read.

    Raises Unreadable where headings are missing or doubled, and for no row or too many.
    """
    place = _headings(lines)
    headings = [clean(cell) for cell in lines[place][1]]
    keys = [_NAMES.get(named(heading)) for heading in headings]
    _check(keys)
    rows = [
        (number, {key: plain(clean(cell)) for key, cell in zip(keys, cells, strict=False) if key})
        for number, cells in lines[place + 1 :]
    ]
    rows = [(number, cells) for number, cells in rows if any(cells.values())]
    if not rows:
        raise Unreadable(EMPTY)
    if len(rows) > MOST_ROWS:
        raise Unreadable(TOO_MANY)
    return rows, _not_read(headings, keys)


def _headings(lines: Sequence[Line]) -> int:
    """Which line holds the names of the columns: of the first ones, that in which the most are known."""
    known = [len({_NAMES.get(named(clean(cell))) for cell in cells} - {None}) for _, cells in lines[:ROOM_ABOVE]]
    return known.index(max(known))


def _check(keys: Sequence[str | None]) -> None:
    if missing := [column.title for column in COLUMNS if column.is_needed and column.key not in keys]:
        listed = f"“{missing[0]}”" if len(missing) == 1 else ", ".join(f"“{title}”" for title in missing)
        what = "the column" if len(missing) == 1 else "these columns"
        raise Unreadable(f"The list lacks {what}: {listed}. Name the columns in its first row.")
    if doubled := [column.title for column in COLUMNS if keys.count(column.key) > 1]:
        raise Unreadable(f"The list has the column “{doubled[0]}” more than once. Keep one of them.")


def _not_read(headings: Sequence[str], keys: Sequence[str | None]) -> list[str]:
    return [
        f"The column “{heading[:60]}” was not read."
        for heading, key in zip(headings, keys, strict=True)
        if heading and key is None and named(heading) not in OURS
    ]
