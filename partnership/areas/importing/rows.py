"""One row of a list, understood as far as the list alone allows. What is wrong stands beside what is right."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from partnership.areas.importing.columns import BY_KEY, Cells
from partnership.areas.importing.values import NotOne, answer_of, basis_of, day_of, office_of
from partnership.areas.models import Basis
from partnership.areas.roles import Office
from partnership.web import characters
from partnership.web.forms import most

V = TypeVar("V")
VACANT = "vacant"
LONGEST = {
    "name": 120,
    "email": 254,
    "agency": 200,
    "sub_group": 120,
    "job_title": 160,
    "authority": 300,
    "reason": 500,
}


@dataclass(frozen=True)
class Problem:
    """What is wrong, in which column, in a sentence that says what to do."""

    column: str
    sentence: str


@dataclass(frozen=True)
class Row:
    """What a row says. A value that could not be understood is None or empty, and has its problem."""

    number: int
    cells: Cells
    name: str = ""
    email: str = ""
    office: Office | None = None
    agency: str = ""
    sub_group: str = ""
    job_title: str = ""
    since: date | None = None
    last: date | None = None
    basis: Basis = Basis.SUBSTANTIVE
    authority: str = ""
    is_head: bool | None = None
    is_paid: bool | None = None
    may_sign: bool | None = None
    reason: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def is_vacancy(self) -> bool:
        """A row of our own file for an office that nobody holds."""
        return self.cells.get("name", "").casefold() in {VACANT, ""} and not self.cells.get("email")


@dataclass
class _Reader:
    cells: Cells
    problems: list[Problem] = field(default_factory=list)
    unseen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """What nobody can see explains whatever else is wrong with a cell, and stands alone."""
        for key, text in self.cells.items():
            if sentence := characters.sentence("The cell", text):
                self.problems.append(Problem(BY_KEY[key].title, f"{sentence}."))
                self.unseen.add(key)

    def fault(self, key: str, sentence: str) -> None:
        if key not in self.unseen:
            self.problems.append(Problem(BY_KEY[key].title, sentence))

    def text(self, key: str, missing: str = "") -> str:
        found = self.cells.get(key, "")
        if not found and missing:
            self.fault(key, missing)
        if len(found) > LONGEST[key]:
            self.fault(key, f"It {most(LONGEST[key])}")
        return found

    def value(self, key: str, understand: Callable[[str], V], otherwise: Any = None) -> V:
        try:
            return understand(self.cells.get(key, ""))
        except NotOne as error:
            self.fault(key, str(error))
            return otherwise

    def email(self) -> str:
        found = self.text("email", "Enter the email address. The person signs in with it.").removeprefix("mailto:")
        try:
            if 0 < len(found) <= LONGEST["email"]:
                validate_email(found)
        except ValidationError:
            self.fault("email", f"“{found[:60]}” is no email address. Write it like name@example.org.")
        return found.lower()


def understood(number: int, cells: Cells) -> Row:
    """A row from its cells, with every problem that can be seen without the register."""
    reader = _Reader(cells)
    office = reader.value("office", office_of) if cells.get("office") else None
    if not cells.get("office"):
        reader.fault("office", "Enter the office.")
    row = Row(
        number=number,
        cells=cells,
        name=reader.text("name", "Enter the full name."),
        email=reader.email(),
        office=office,
        agency=reader.text("agency"),
        sub_group=reader.text("sub_group"),
        job_title=reader.text("job_title"),
        since=reader.value("since", day_of),
        last=reader.value("last", day_of),
        basis=reader.value("basis", basis_of, Basis.SUBSTANTIVE),
        authority=reader.text("authority", "Enter who or what made the appointment, such as a letter with its date."),
        is_head=reader.value("is_head", answer_of),
        is_paid=reader.value("is_paid", answer_of),
        may_sign=reader.value("may_sign", answer_of),
        reason=reader.text("reason"),
    )
    _together(row, reader)
    return Row(**{**row.__dict__, "problems": tuple(reader.problems)})


def _together(row: Row, reader: _Reader) -> None:
    """What the cells of one row say to each other."""
    if row.since is None and not any(problem.column == BY_KEY["since"].title for problem in reader.problems):
        reader.fault("since", "Enter the first day in office.")
    if row.since and row.last and row.last < row.since:
        reader.fault("last", "The last day lies before the first. Check both.")
    if row.office == Office.SUB_GROUP_CHAIR and not row.sub_group:
        reader.fault("sub_group", "Enter the name of the sub-group.")
    if row.office is not None and row.office != Office.SUB_GROUP_CHAIR and row.sub_group:
        reader.fault("sub_group", "Only the chair of a sub-group has one. Leave the cell empty, or write that office.")
