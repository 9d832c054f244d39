"""Rows and columns that a workbook hides, by a filter or by hand. They are read like the others, and that is said."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO

from openpyxl.utils import get_column_letter

from partnership.areas.importing.limits import MOST_COLUMNS

MOST_NAMED = 10
_TAG = re.compile(rb"<(?:\w+:)?(row|col)\b([^>]*)>")
_SAYS = re.compile(rb"""\b(r|min|max|hidden)\s*=\s*["'](\w+)["']""")


def sentences(data: bytes, path: str, lines: Sequence[tuple[int, list[str]]]) -> list[str]:
    """A sentence on hidden rows and one on hidden columns, if there is something in them."""
    rows, columns = set[int](), set[int]()
    sheet = zipfile.ZipFile(BytesIO(data)).read(path.lstrip("/"))
    for kind, first, last in _hidden(sheet):
        (rows if kind == "row" else columns).update(range(first, last + 1))
    found = [str(number) for number, _ in lines if number in rows]
    held = {place for _, cells in lines for place, cell in enumerate(cells, start=1) if cell}
    letters = [get_column_letter(place) for place in sorted(held & columns)]
    said = [_sentence("row", found), _sentence("column", letters)]
    return [sentence for sentence in said if sentence]


def _hidden(sheet: bytes) -> Iterator[tuple[str, int, int]]:
    """Each hidden row, and each hidden span of columns: its kind, its first and its last."""
    before = 0
    for kind, written in _TAG.findall(sheet):
        says = {name.decode(): value.decode() for name, value in _SAYS.findall(written)}
        is_row = kind == b"row"
        before = int(says.get("r", before + 1)) if is_row else before  # a row without a number follows the one before
        if says.get("hidden") not in {"1", "true"}:
            continue
        if is_row:
            yield "row", before, before
        else:
            yield "column", int(says["min"]), min(int(says["max"]), MOST_COLUMNS)


def _sentence(what: str, found: list[str]) -> str:
    if not found:
        return ""
    more = len(found) - MOST_NAMED
    named = ", ".join(found[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    if len(found) == 1:
        return f"The {what} {named} is hidden in the workbook. It was read like the others."
    return f"These {what}s are hidden in the workbook, and were read like the others: {named}."
