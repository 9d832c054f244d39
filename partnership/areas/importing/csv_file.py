"""A list as text: UTF-8 or Windows-1252, its cells divided by commas, semicolons or tabs."""

import csv
from io import StringIO

from partnership.areas.importing.limits import (
    MOST_COLUMNS,
    MOST_LINES,
    MOST_ROWS,
    TOO_LONG,
    TOO_MANY,
    TOO_WIDE,
    Unreadable,
)

DELIMITERS = ",;\t"
SIXTEEN_BITS = (b"\xff\xfe", b"\xfe\xff")
ROOM_ABOVE = 20  # a title, a day and empty cells may stand above the names of the columns

NOT_CSV = "The file is no list as CSV: it holds characters that no text has. Save it as CSV (UTF-8), and upload that."
OTHER_CODE = "The letters of the file cannot be read. Save it as CSV (UTF-8), and upload that."
QUOTES = (
    "A quotation mark in line {line} has no partner, or stands where none belongs. Mend it, and upload the file again."
)


def read(data: bytes) -> list[tuple[int, list[str]]]:
    """The lines that are not empty, each with its number. Raises Unreadable."""
    text = decoded(data)
    return _lines(text, delimiter_of(text))


def decoded(data: bytes) -> str:
    """The text of a file as UTF-8, or else as what Excel on Windows writes. Raises Unreadable for anything else."""
    if data.startswith(SIXTEEN_BITS):
        raise Unreadable(OTHER_CODE)
    if b"\0" in data:
        raise Unreadable(NOT_CSV)
    for code in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    raise Unreadable(OTHER_CODE)


def delimiter_of(text: str) -> str:
    """What divides the cells: as a first line `sep=;` says, or what divides the first lines into the most cells."""
    first, _, rest = text.lstrip("\r\n").partition("\n")
    if first.strip().strip('"').lower().startswith("sep="):
        return first.strip().strip('"')[4:5] or ","
    head = [first, *rest.split("\n", ROOM_ABOVE)[:ROOM_ABOVE]]
    return max(DELIMITERS, key=lambda mark: max(_outside_quotes(line, mark) for line in head))


def _outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


def _lines(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    found: list[tuple[int, list[str]]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in reader:
            number, before = before + 1, reader.line_num
            if number > MOST_LINES:
                raise Unreadable(TOO_LONG)
            if not any(cell.strip() for cell in cells) or _is_separator(number, cells):
                continue
            if len(cells) > MOST_COLUMNS and any(cell.strip() for cell in cells[MOST_COLUMNS:]):
                raise Unreadable(TOO_WIDE)
            found.append((number, [cell.strip() for cell in cells[:MOST_COLUMNS]]))
            if len(found) > MOST_ROWS + ROOM_ABOVE:
                raise Unreadable(TOO_MANY)
    except csv.Error as error:
        raise Unreadable(QUOTES.format(line=max(reader.line_num, 1))) from error
    return found


def _is_separator(number: int, cells: list[str]) -> bool:
    return number == 1 and cells[0].strip().lower().startswith("sep=")
