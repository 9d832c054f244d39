"""A list as an Excel workbook. Looked at as an archive first, then read row by row, and never computed."""

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from partnership.areas.importing import hidden_cells
from partnership.areas.importing.csv_file import ROOM_ABOVE
from partnership.areas.importing.limits import (
    MOST_COLUMNS,
    MOST_ROWS,
    PROTECTED,
    TOO_MANY,
    TOO_WIDE,
    Unreadable,
)

MOST_ENTRIES = 100
MOST_UNPACKED = 30 * 1024 * 1024
MOST_RATIO = 100
LONGEST_GAP = 1_000  # a sheet may have any number of empty rows below its list
LOCKED = 0x1  # the bit of a zip entry that is encrypted

DAMAGED = (
    "The workbook cannot be read: it is damaged or not made by a spreadsheet. Open it, save it anew, and upload that."
)
SWOLLEN = "The workbook is far larger inside than it looks. Copy the list alone into a new workbook, and upload that."
DECLARES = "The workbook holds declarations that no spreadsheet writes. Copy the list into a new workbook."
NO_SHEET = "The workbook has no sheet that can be seen. Unhide the sheet with the list."
NOT_COMPUTED = (
    "Cell {cell} holds a formula whose result is not in the file. Open the workbook in a spreadsheet, save it, and upload "
    "that; or write the value itself."
)

Lines = list[tuple[int, list[str]]]


def read(data: bytes) -> tuple[Lines, list[str]]:
    """The lines of the first sheet that can be seen, and sentences on what was not read. Raises Unreadable."""
    look_inside(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(data)
    except Unreadable:
        raise
    except Exception as error:
        # A mangled workbook breaks the reader in any way; whoever chose it needs one sentence, whatever broke.
        raise Unreadable(DAMAGED) from error


def look_inside(data: bytes) -> None:
    """Refuse an archive that would unpack to far more than it is, by its directory, before anything is unpacked.

    The directory cannot lie downwards: what unpacks to more than it says breaks off there.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise Unreadable(DAMAGED) from error
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * len(data):
        raise Unreadable(SWOLLEN)
    if any(entry.flag_bits & LOCKED for entry in entries):
        raise Unreadable(PROTECTED)
    if any(_declares(archive, entry) for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))):
        raise Unreadable(DECLARES)


def _declares(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Whether a part of the workbook declares a document type or entities, as no spreadsheet does."""
    try:
        start = archive.open(entry).read(1_000)
    except Exception as error:
        # Unknown compression, a wrong checksum, a cut archive: the same sentence for each.
        raise Unreadable(DAMAGED) from error
    return b"<!" in start.replace(b"\0", b"").replace(b"<!--", b"")


def _read(data: bytes) -> tuple[Lines, list[str]]:
    values = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    formulas = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
    seen = [number for number, sheet in enumerate(values.worksheets) if sheet.sheet_state == "visible"]
    if not seen:
        raise Unreadable(NO_SHEET)
    sheets = [values.worksheets[seen[0]], formulas.worksheets[seen[0]]]
    notes = [
        f"The sheet “{sheet.title[:60]}” was not read{'' if sheet.sheet_state == 'visible' else '; it is hidden'}."
        for sheet in values.worksheets
        if sheet is not sheets[0]
    ]
    lines = list(_lines(_rows(sheets[0]), _rows(sheets[1]), notes))
    return lines, [*notes, *hidden_cells.sentences(data, sheets[0]._worksheet_path, lines)]


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """The rows as they come. What a sheet says of its own size is not believed."""
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)
    return rows


def _lines(
    values: Iterator[tuple[Any, ...]], formulas: Iterator[tuple[Any, ...]], notes: list[str]
) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty. `formulas` are the same cells, with the formula where one stands."""
    count = gap = 0
    for number, (row, written) in enumerate(zip(values, formulas, strict=True), start=1):
        cells = _cells(number, row, written) if any(row) or any(written) else []
        gap = 0 if cells else gap + 1
        if gap > LONGEST_GAP:
            notes.append(f"Reading ended at line {number:,}, after {LONGEST_GAP:,} empty rows.")
            return
        if cells:
            count += 1
            if count > MOST_ROWS + ROOM_ABOVE:
                raise Unreadable(TOO_MANY)
            yield number, cells


def _cells(number: int, row: tuple[Any, ...], written: tuple[Any, ...]) -> list[str]:
    """The cells of a row in text; none where all are empty."""
    for column, (value, formula) in enumerate(zip(row, written, strict=True), start=1):
        if value is None and formula is not None:
            raise Unreadable(NOT_COMPUTED.format(cell=f"{get_column_letter(column)}{number}"))
    cells = [_text(value) for value in row]
    if cells[MOST_COLUMNS]:
        raise Unreadable(TOO_WIDE)
    return cells[:MOST_COLUMNS] if any(cells) else []


def _text(value: Any) -> str:
    """A cell in text: a day as 2026-04-01, a whole number without a point, yes and no in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
