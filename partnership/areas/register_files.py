"""The register of a day as a file: one row for each office and holder, and one for each office that stands empty."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from partnership import clock
from partnership.areas import presenting
from partnership.areas.models import Appointment, Area
from partnership.areas.roles import Office
from partnership.areas.selectors import Held, Register
from partnership.web.spreadsheets import BYTE_ORDER_MARK, safe

Cell = str | date | None
HEAD = (
    "Area", "Seat", "Kind of seat", "Office", "Sub-group", "Name", "Email", "Job title", "Basis", "May sign",
    "First day", "Last day", "Authority", "Recorded on", "Suspended", "Departures", "Invented",
)  # fmt: skip
WIDTHS = (26, 36, 28, 34, 24, 26, 36, 30, 12, 10, 18, 18, 44, 18, 12, 60, 10)
VACANT = "Vacant"
LONG_DAY = "D MMMM YYYY"


@dataclass(frozen=True)
class Place:
    """Where an office stands: in which area, and for which seat if it belongs to one."""

    area: str
    seat: str = ""
    kind: str = ""


def rows(area: Area, found: Register) -> Iterator[tuple[Cell, ...]]:
    """The rows of a register in the order of its page. Days are dates, and the last day is in office."""
    for seat in found.seats:
        place = Place(area.name, seat.agency_name, seat.seat.get_kind_display())
        for held in seat.offices:
            yield from _of_office(place, held)
    for held in found.offices:
        yield from _of_office(Place(area.name), held)


def _of_office(place: Place, held: Held) -> Iterator[tuple[Cell, ...]]:
    where = (place.area, place.seat, place.kind, held.office.label)
    if held.is_vacant:
        yield (*where, "", VACANT, *("" for _ in HEAD[6:]))
    for row in held.holders:
        yield (*where, *_of_holder(row))


def _of_holder(row: Appointment) -> tuple[Cell, ...]:
    shown = presenting.Holder.of(row)
    departures = "; ".join(f"{departure.rule}: {departure.reason}" for departure in shown.departures)
    return (
        row.sub_group,
        shown.name,
        shown.email,
        shown.job_title,
        row.get_basis_display(),
        _yes(row.may_sign) if row.office == Office.LSP else "",
        shown.since,
        shown.until,
        shown.authority,
        clock.london_day(row.recorded_at),
        _yes(shown.is_suspended),
        departures,
        _yes(shown.is_invented),
    )


def as_csv(area: Area, found: Register) -> str:
    """The file as RFC 4180 has it, with a byte order mark, and days as 2026-04-01."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in rows(area, found):
        writer.writerow(safe(_in_text(cell)) for cell in row)
    return BYTE_ORDER_MARK + out.getvalue()


def as_workbook(area: Area, found: Register) -> bytes:
    """The same as an Excel workbook: days are days, text is text, and nothing in it is computed."""
    book = Workbook(write_only=False)
    sheet = book.active
    assert sheet is not None  # a new workbook has one
    sheet.title = f"People {found.on.isoformat()}"
    sheet.freeze_panes = "A2"
    for column, (title, width) in enumerate(zip(HEAD, WIDTHS, strict=True), start=1):
        sheet.cell(1, column, title).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows(area, found), start=2):
        for column, cell in enumerate(row, start=1):
            written = sheet.cell(number, column, safe(cell) if isinstance(cell, str) else cell)
            if isinstance(cell, date):
                written.number_format = LONG_DAY
    sheet.auto_filter.ref = sheet.dimensions
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _in_text(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell or ""


def _yes(value: bool) -> str:
    return "Yes" if value else "No"
