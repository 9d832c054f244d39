"""Lists of members for tests: as rows, as CSV and as workbooks, good and hostile."""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook

from partnership.accounts.models import User
from partnership.areas import services
from partnership.areas.importing import columns
from partnership.areas.importing.verdicts import Verdict
from partnership.areas.models import Area, MemberImport

HEAD = (
    "Name", "Email", "Office", "Agency", "Sub-group", "Job title", "First day", "Last day", "Basis", "Authority",
    "Head of the agency", "Employed by a partner", "Reason",
)  # fmt: skip
KEYS = {key: title for key, title in ((column.key, column.title) for column in columns.COLUMNS) if title in HEAD}
GOOD = {"name": "Nia Rees", "email": "nia@practice.example", "office": "business support", "since": "1/10/2026",
        "authority": "Letter of 3 September 2026"}  # fmt: skip


def row(**cells: str) -> list[str]:
    """A row that is right, but for what is given."""
    told = {**GOOD, **cells}
    return [told.get(next(key for key, name in KEYS.items() if name == title), "") for title in HEAD]


def as_csv(*rows: Sequence[str], head: Sequence[str] = HEAD, delimiter: str = ",", code: str = "utf-8") -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows([head, *rows])
    return out.getvalue().encode(code)


def workbook(*rows: Iterable[object], head: Sequence[object] = HEAD) -> Workbook:
    book = Workbook()
    for cells in (head, *rows):
        book.active.append(list(cells))
    return book


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def archive(*entries: tuple[str, bytes], of: bytes = b"", how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these entries, which take the place of those in another archive."""
    out = BytesIO()
    names = {name for name, _ in entries}
    with zipfile.ZipFile(out, "w", how) as made:
        if of:
            with zipfile.ZipFile(BytesIO(of)) as other:
                for entry in other.infolist():
                    if entry.filename not in names:
                        made.writestr(entry.filename, other.read(entry.filename))
        for name, data in entries:
            made.writestr(name, data)
    return out.getvalue()


def unzipped(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as book:
        return book.read(name)


def kept(area: Area, by: User, *rows: dict[str, str]) -> MemberImport:
    """A list as it stands after its upload; each row is right, but for what is given."""
    cells = [
        (number, {key: text for key, text in {**GOOD, **told}.items() if text}) for number, told in enumerate(rows, 2)
    ]
    return services.keep_list(area=area, file_name="members.csv", rows=cells, notes=[], by=by)


def checked(area: Area, by: User, *rows: dict[str, str]) -> list[Verdict]:
    return services.examine(upload=kept(area, by, *rows), by=by)


def said(verdict: Verdict) -> list[tuple[str, str]]:
    """The errors of a row, each with its column."""
    return [(problem.column, problem.sentence) for problem in verdict.problems]
