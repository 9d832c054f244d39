"""From the bytes of a file to its lines. What a file really is shows in its first bytes; its name must agree."""

from dataclasses import dataclass, field
from pathlib import PurePath

from partnership.areas.importing import csv_file, excel_file
from partnership.areas.importing.limits import EMPTY, PROTECTED, Unreadable

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
TEXTS = {".csv", ".txt", ".tsv"}

WRONG_KIND = "The file must be a list as CSV (.csv) or an Excel workbook (.xlsx). Save it as one of these."
OLD_EXCEL = "The workbook is in the format of old versions of Excel. Save it as Excel workbook (.xlsx) or as CSV."
MACROS = "The workbook may hold macros. Save it as Excel workbook (.xlsx) or as CSV."
NOT_TEXT = "The file is called {ending}, and is an Excel workbook. Give it the ending .xlsx, or save it as CSV."
NOT_A_BOOK = "The file is called .xlsx, and is no Excel workbook. Save it anew as Excel workbook (.xlsx) or as CSV."

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """The lines of a list that are not empty, each with its number in the file, and what was not read."""

    lines: list[Line]
    notes: list[str] = field(default_factory=list)


def read(name: str, data: bytes) -> Sheet:
    """The lines of a list. Raises Unreadable, with a sentence, for whatever is none; bounded in time and memory."""
    ending = PurePath(name).suffix.lower()
    if data.startswith(OLD_OFFICE):
        raise Unreadable(PROTECTED if ENCRYPTED in data else OLD_EXCEL)
    if ending == ".xls":
        raise Unreadable(OLD_EXCEL)
    if ending in {".xlsm", ".xlsb", ".xltm"}:
        raise Unreadable(MACROS)
    if ending not in {".xlsx", *TEXTS}:
        raise Unreadable(WRONG_KIND)
    is_zip = data.startswith(ZIP)
    if ending == ".xlsx" and not is_zip:
        raise Unreadable(NOT_A_BOOK)
    if ending in TEXTS and is_zip:
        raise Unreadable(NOT_TEXT.format(ending=ending))
    found = Sheet(*excel_file.read(data)) if is_zip else Sheet(csv_file.read(data))
    if not found.lines:
        raise Unreadable(EMPTY)
    return found
