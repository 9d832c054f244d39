"""A table of Word as a table of our Markdown: cells that were merged are spread, and what has no place is said."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from partnership.documents.tables import MOST_ROWS
from partnership.word.reading import inline, limits, xml
from partnership.word.reading.escaping import plain_escaped
from partnership.word.reading.inline import Piece
from partnership.word.reading.runs import Found, Runs
from partnership.word.reading.styles import look_of
from partnership.word.reading.xml import Element, kind_of

MERGED = "A table has merged cells. Their words now stand in each of the cells that they covered"
NESTED = "A table within a table was taken as words in its cell"
SEVERAL = "A cell of a table has several paragraphs. They were joined in one line"
HEADED = "A heading within a table was taken as the words of its cell"
BEHIND = "Words behind a merged cell of a table were not taken (“{words}”)"
IN_CELL = "A picture in a table was put after the table"
BOX = "A box (a table with one cell) was taken as ordinary text"
TOO_LONG = (
    f"A table has {{rows:,}} rows. The most that is taken is {limits.MOST_ROWS_TAKEN:,}, so it was not taken. Put it into "
    "an attachment"
)
TOO_WIDE = f"A table has more than {limits.MOST_COLUMNS_TAKEN} columns, so it was not taken. Put it into an attachment"
TOO_MUCH = (
    f"A table has more than {limits.LONGEST_PART:,} characters once its merged cells are spread, so it was not taken. Put "
    "it into an attachment"
)
SPLIT = f"A table has {{rows:,}} rows. It was divided into tables of {MOST_ROWS} rows, each with the same headings"
DELETED = "A {what} of a table that was deleted as a tracked change was not taken, as if that were accepted"
INSERTED = "A {what} of a table that was inserted as a tracked change was taken, as if it were accepted"


@dataclass
class Cell:
    """One cell: its Markdown, and the side on which its words stand."""

    text: str = ""
    side: str = "left"


@dataclass
class Grid:
    """A table, read. `boxed`: of a table with one cell, the cell itself; `pictures` stand after it."""

    rows: list[list[Cell]] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    boxed: Element | None = None


class TooLong(Exception):
    """More words than a section could hold, once merged cells are spread."""


class TooWide(Exception):
    """A row with more columns than any page could show."""


def read(table: Element, runs: Runs) -> Grid:
    """The rows of a table. What cannot be taken is said, and gives no rows."""
    rows = _rows(table, runs)
    if len(rows) > limits.MOST_ROWS_TAKEN:
        runs.file.say(TOO_LONG.format(rows=len(rows)))
        return Grid()
    cells = [_cells(row, runs) for row in rows]
    if len(cells) == 1 and len(cells[0]) == 1:
        runs.file.say(BOX)
        return Grid(boxed=cells[0][0])
    grid = Grid()
    try:
        _fill(grid, rows, cells, runs)
    except TooWide:
        runs.file.say(TOO_WIDE)
        return Grid()
    except TooLong:
        runs.file.say(TOO_MUCH)
        return Grid()
    if len(rows) - 1 > MOST_ROWS:
        runs.file.say(SPLIT.format(rows=len(rows)))
    return grid


def _rows(table: Element, runs: Runs) -> list[Element]:
    found = _inner(table, "w:tr", runs)
    return [row for row in found if _stays(row, "w:trPr/w:del", "w:trPr/w:ins", "row", runs)]


def _cells(row: Element, runs: Runs) -> list[Element]:
    found = _inner(row, "w:tc", runs)
    return [cell for cell in found if _stays(cell, "w:tcPr/w:cellDel", "w:tcPr/w:cellIns", "cell", runs)]


def _stays(element: Element, deleted: str, inserted: str, what: str, runs: Runs) -> bool:
    """Whether a row or a cell is there once the tracked changes are accepted."""
    is_deleted = xml.child(element, deleted) is not None
    if is_deleted or xml.child(element, inserted) is not None:
        runs.file.say((DELETED if is_deleted else INSERTED).format(what=what))
    return not is_deleted


def _inner(element: Element, name: str, runs: Runs) -> list[Element]:
    """The rows of a table or the cells of a row, also those inside of controls."""
    found: list[Element] = []
    for part in element:
        if kind_of(part) == name:
            found.append(part)
        elif runs.enters(part, kind_of(part)):
            found += _inner(part, name, runs)
    return found


def paragraphs(holder: Element, runs: Runs) -> Iterator[Element]:
    """Every paragraph of a cell, a box or a note, with those of the tables in it."""
    for block in runs.blocks(holder):
        if kind_of(block) == "w:p":
            yield block
        else:
            for row in _rows(block, runs):
                for cell in _cells(row, runs):
                    yield from paragraphs(cell, runs)


def in_one_line(holder: Element, runs: Runs) -> Found:
    """A box or a note as one paragraph, in which those that it has are parted by a space."""
    whole = Found()
    for paragraph in paragraphs(holder, runs):
        _add(whole, runs.read(paragraph), runs)
    return whole


def _add(whole: Found, found: Found, runs: Runs) -> None:
    """Put a paragraph at the end of another, and the words of its boxes after it."""
    whole.pieces += [*found.pieces, Piece(" ")]
    whole.pictures += found.pictures
    whole.notes += found.notes
    for box in found.boxes:
        with runs.story():
            _add(whole, in_one_line(box, runs), runs)


def _fill(grid: Grid, rows: list[Element], cells: list[list[Element]], runs: Runs) -> None:
    characters = 0
    for row, held in zip(rows, cells, strict=True):
        line = [Cell() for _ in range(_skipped(row, "w:gridBefore"))]
        for cell in held:
            width = xml.number(xml.value(cell, "w:tcPr/w:gridSpan"), 1) or 1
            if len(line) + width > limits.MOST_COLUMNS_TAKEN:
                raise TooWide
            line += _spread(cell, width, len(line), grid, runs)
        grid.rows.append(line)
        characters += sum(len(cell.text) for cell in line)
        if characters > limits.LONGEST_PART:
            raise TooLong
    widest = max((len(line) for line in grid.rows), default=0)
    for line in grid.rows:
        line += [Cell() for _ in range(widest - len(line))]


def _skipped(row: Element, name: str) -> int:
    return min(xml.number(xml.value(row, f"w:trPr/{name}")), limits.MOST_COLUMNS_TAKEN)


def _spread(cell: Element, width: int, place: int, grid: Grid, runs: Runs) -> list[Cell]:
    """A cell as often as it is wide; one that goes on from above says what stands above."""
    merge = xml.child(cell, "w:tcPr/w:vMerge")
    goes_on = merge is not None and merge.get(xml.full("w:val"), "continue") != "restart"
    if width > 1 or goes_on:
        runs.file.say(MERGED)
    above = grid.rows[-1][place : place + width] if goes_on and grid.rows else []
    if len(above) == width:
        if words := xml.words_in(cell):
            runs.file.say(BEHIND.format(words=words[:80]))
        return [Cell(other.text, other.side) for other in above]
    read = _cell(cell, grid, runs)
    return [Cell(read.text, read.side) for _ in range(width)]


def _cell(cell: Element, grid: Grid, runs: Runs) -> Cell:
    said = [
        (found.pieces, paragraph)
        for paragraph in paragraphs(cell, runs)
        if (found := _paragraph(paragraph, grid, runs)) and inline.plain(found.pieces)
    ]
    if len(said) > 1:
        runs.file.say(SEVERAL)
    if xml.child(cell, "w:tbl") is not None:
        runs.file.say(NESTED)
    pieces = [piece for held, _ in said for piece in (*held, Piece(" "))]
    text, kept = inline.to_markdown([_in_cell(piece, heads=not grid.rows) for piece in pieces])
    if not kept:
        runs.file.say(inline.NOT_KEPT)
    sides = [xml.value(paragraph, "w:pPr/w:jc") for _, paragraph in said]
    return Cell(text, "right" if {"right", "end"} & set(sides) else "left")


def _in_cell(piece: Piece, *, heads: bool) -> Piece:
    """A piece without breaks; headings are bold anyway."""
    return replace(piece, text=" ".join(piece.text.split("\n")), bold=piece.bold and not heads)


def _paragraph(paragraph: Element, grid: Grid, runs: Runs) -> Found:
    """One paragraph of a cell; its pictures and notes go to the table."""
    found = Found()
    _add(found, runs.read(paragraph), runs)
    grid.pictures += found.pictures
    grid.notes += found.notes
    if found.pictures:
        runs.file.say(IN_CELL)
    if look_of(paragraph, runs.file.styles, runs.file.lists).kind == "heading" and inline.plain(found.pieces):
        runs.file.say(HEADED)
    return found


def to_markdown(rows: list[list[Cell]], caption: str, source: str) -> list[str]:
    """One table, or several where it is long, as blocks of our Markdown."""
    head, body = rows[0], rows[1:]
    sides = [_side(body, column) for column in range(len(head))]
    dashes = [" ---: " if side == "right" else " --- " for side in sides]
    pieces = [body[start : start + MOST_ROWS] for start in range(0, len(body), MOST_ROWS)] or [[]]
    made = []
    for number, piece in enumerate(pieces, 1):
        lines = (
            [f"Table: {plain_escaped(caption)}{f' (part {number} of {len(pieces)})' if len(pieces) > 1 else ''}", ""]
            if caption
            else []
        )
        lines += [_line(head), f"|{'|'.join(dashes)}|", *(_line(row) for row in piece)]
        if source:
            lines += ["", f"Source: {source}"]
        made.append("\n".join(lines))
    return made


def _side(body: list[list[Cell]], column: int) -> str:
    sides = [row[column].side for row in body if row[column].text]
    return "right" if sides and all(side == "right" for side in sides) else "left"


def _line(row: list[Cell]) -> str:
    return f"| {' | '.join(cell.text for cell in row)} |"
