"""Tables that writers make of pipes: their caption, cells and limits."""

import html
import re
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from partnership.documents import inline, tokens
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
    return _plain(found[1]) if found else ""


def source_of(line: str) -> str:
    """The source in a line “Source: …”, or nothing."""
    found = _SOURCE.fullmatch(line)
    return _plain(found[1]) if found else ""


def _plain(text: str) -> str:
    """Words that are no Markdown, but for a curly bracket after a backslash, which opens no fact anywhere."""
    return fold(text).replace("\\{", tokens.BRACKET)


def looks_like_table(text: str) -> bool:
    """Whether a paragraph was probably meant as a table: one of its lines is dashes between pipes."""
    return any(_DASHES.fullmatch(line) for line in text.split("\n"))


def read(
    node: SyntaxTreeNode,
    lines: list[str],
    caption: str,
    say: inline.Say,
    draw: inline.Draw | None = None,
    *,
    number: int = 1,
) -> dict[str, Any] | None:
    """The table block of a table node, or None where it is too large; `lines` are the node's own source lines.

    `number`: which table of the text it is, for whoever has to find it.
    """
    head, *rows = (_cells(row, say, draw) for part in node.children for row in part.children)
    source = ""
    if rows and (source := source_of(lines[-1])):
        rows, lines = rows[:-1], lines[:-1]
    name = _named(number, head)
    if _too_large(len(head), len(rows), name, say):
        return None
    if not caption:
        say(f"Give {name} a caption: a line just before it, for example “Table: Contacts by quarter”.")
    _check(head, rows, lines, name, say)
    align = ["right" if "right" in str(cell.attrs.get("style", "")) else "left" for cell in _first_row(node)]
    return {"type": "table", "caption": caption, "head": head, "rows": rows, "align": align, "source": source}


def _named(number: int, head: list[str]) -> str:
    """What a sentence calls a table: which of the text it is, and its first headings."""
    words = [fold(html.unescape(re.sub(r"<[^>]*>", "", cell))) for cell in head]
    first = [f"“{cell if len(cell) <= 30 else cell[:29].rstrip() + '…'}”" for cell in words if cell][:2]
    return f"table {number} of this text" + (f" ({', '.join(first)})" if first else "")


def _cells(row: SyntaxTreeNode, say: inline.Say, draw: inline.Draw | None) -> list[str]:
    return ["".join(inline.to_html(child, say, draw) for child in cell.children) for cell in row.children]


def _first_row(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    return node.children[0].children[0].children


def _too_large(columns: int, rows: int, name: str, say: inline.Say) -> bool:
    if rows > MOST_ROWS:
        say(f"{_capital(name)} has {rows:,} rows. The most is {MOST_ROWS}; put the rest into an attachment.")
    if columns > MOST_COLUMNS:
        say(f"{_capital(name)} has {columns} columns. The most is {MOST_COLUMNS}; split it into two tables.")
    return rows > MOST_ROWS or columns > MOST_COLUMNS


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _check(head: list[str], rows: list[list[str]], lines: list[str], name: str, say: inline.Say) -> None:
    if not all(head):
        say(f"Each column of {name} needs a heading in its first row.")
    if not rows:
        say(f"{_capital(name)} has no rows under its headings.")
    longest = max((word for row in [head, *rows] for cell in row for word in _words(cell)), key=len, default="")
    if len(longest) > LONGEST_WORD:
        say(f"“{longest[:20]}…” in {name} is too long a word: it would be cut off in the PDF. Shorten it.")
    ragged = [number for number, line in enumerate(lines[2:], 1) if _width(line) != len(head)]
    if ragged:
        say(f"Row {ragged[0]} of {name} does not have {len(head)} cells as its first row has.")


def _words(cell: str) -> list[str]:
    return re.sub(r"<[^>]*>", "", cell).split()


def _width(line: str) -> int:
    # Quotation marks and indents may stand before the row; the outer pipes are optional.
    inner = re.sub(r"(?<!\\)\|\s*$", "", re.sub(r"^[\s>]*\|?", "", line))
    return len(_PIPE.findall(inner)) + 1
