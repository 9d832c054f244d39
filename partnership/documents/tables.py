"""Tables that writers make of pipes: their caption, cells and limits."""

import re
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from partnership.documents import inline
from partnership.documents.cleaning import fold

MOST_ROWS = 200
MOST_COLUMNS = 12
LONGEST_WORD = 40  # what still fits into a column of a page of paper
_CAPTION = re.compile(r"\s*Table:\s*(\S.*)", re.IGNORECASE)
_SOURCE = re.compile(r"\s*Source:\s*(\S.*)", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r"\s*\|?(\s*:?-+:?\s*\|)+\s*(:?-+:?)?\s*")


def caption_of(line: str) -> str:
    """The caption in a line “Table: …”, or nothing."""
    found = _CAPTION.fullmatch(line)
    return fold(found[1]) if found else ""


def source_of(line: str) -> str:
    """The source in a line “Source: …”, or nothing."""
    found = _SOURCE.fullmatch(line)
    return fold(found[1]) if found else ""


def looks_like_table(text: str) -> bool:
    """Whether a paragraph was probably meant as a table: one of its lines is dashes between pipes."""
    return any(_DASHES.fullmatch(line) for line in text.split("\n"))


def read(
    node: SyntaxTreeNode, lines: list[str], caption: str, say: inline.Say, draw: inline.Draw | None = None
) -> dict[str, Any] | None:
    """The table block of a table node, or None where it is too large; `lines` are the node's own source lines."""
    head, *rows = (_cells(row, say, draw) for part in node.children for row in part.children)
    source = ""
    if rows and (source := source_of(lines[-1])):
        rows, lines = rows[:-1], lines[:-1]
    if _too_large(len(head), len(rows), say):
        return None
    _check(head, rows, lines, caption, say)
    align = ["right" if "right" in str(cell.attrs.get("style", "")) else "left" for cell in _first_row(node)]
    return {"type": "table", "caption": caption, "head": head, "rows": rows, "align": align, "source": source}


def _cells(row: SyntaxTreeNode, say: inline.Say, draw: inline.Draw | None) -> list[str]:
    return ["".join(inline.to_html(child, say, draw) for child in cell.children) for cell in row.children]


def _first_row(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    return node.children[0].children[0].children


def _too_large(columns: int, rows: int, say: inline.Say) -> bool:
    if rows > MOST_ROWS:
        say(f"This table has {rows:,} rows. The most is {MOST_ROWS}; put the rest into an attachment.")
    if columns > MOST_COLUMNS:
        say(f"This table has {columns} columns. The most is {MOST_COLUMNS}; split it into two tables.")
    return rows > MOST_ROWS or columns > MOST_COLUMNS


def _check(head: list[str], rows: list[list[str]], lines: list[str], caption: str, say: inline.Say) -> None:
    if not caption:
        say("Give this table a caption: a line just before it, for example “Table: Contacts by quarter”.")
    if not all(head):
        say("Each column of this table needs a heading in its first row.")
    if not rows:
        say("This table has no rows under its headings.")
    longest = max((word for row in [head, *rows] for cell in row for word in _words(cell)), key=len, default="")
    if len(longest) > LONGEST_WORD:
        say(f"“{longest[:20]}…” in this table is too long a word: it would be cut off in the PDF. Shorten it.")
    ragged = [number for number, line in enumerate(lines[2:], 1) if _width(line) != len(head)]
    if ragged:
        say(f"Row {ragged[0]} of this table does not have {len(head)} cells as its first row has.")


def _words(cell: str) -> list[str]:
    return re.sub(r"<[^>]*>", "", cell).split()


def _width(line: str) -> int:
    # Quotation marks and indents may stand before the row; the outer pipes are optional.
    inner = re.sub(r"(?<!\\)\|\s*$", "", re.sub(r"^[\s>]*\|?", "", line))
    return len(_PIPE.findall(inner)) + 1
