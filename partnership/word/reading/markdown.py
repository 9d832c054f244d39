"""The blocks of a file, one after another, as the Markdown of a part."""

from dataclasses import dataclass, field

from partnership.word.reading import grids
from partnership.word.reading.grids import Cell
from partnership.word.reading.imported import picture_line

DEEPEST_LIST = 3


@dataclass
class Block:
    """One thing in the order of reading. `kind`: heading, text, item, quotation, caption, table or picture.

    `text` is Markdown, but plain words for headings and captions. `level`: of a heading, or the depth of an item from 0.
    """

    kind: str
    text: str = ""
    level: int = 0
    ordered: bool = False
    list_id: str = ""
    number: int = 1
    rows: list[list[Cell]] = field(default_factory=list)
    caption: str = ""
    source: str = ""
    marked: str = ""  # of a heading: its words in Markdown


def to_markdown(blocks: list[Block], level: int) -> list[str]:
    """The pieces of a part whose heading has this level, each to be parted from the next by an empty line."""
    made: list[str] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if block.kind in ("item", "quotation"):
            run = _run(blocks, place)
            made.append(_items(run, made[-1] if made else "") if block.kind == "item" else _quotation(run))
            place += len(run)
            continue
        made += _alone(block, level)
        place += 1
    return [piece for piece in made if piece]


def _alone(block: Block, level: int) -> list[str]:
    if block.kind == "heading":
        return [f"{'##' if block.level <= level + 1 else '###'} {block.marked or block.text}"]
    if block.kind == "table":
        return grids.to_markdown(block.rows, block.caption, block.source)
    if block.kind == "picture":
        return [picture_line(block.number)]
    return [block.text]


def _run(blocks: list[Block], place: int) -> list[Block]:
    """The blocks from here on that belong to one list, or to one quotation."""
    first = blocks[place]
    run = [first]
    for block in blocks[place + 1 :]:
        is_new_list = block.kind == "item" and block.level == 0 and _is_new(block, run)
        if block.kind != first.kind or is_new_list:
            break
        run.append(block)
    return run


def _is_new(block: Block, run: list[Block]) -> bool:
    """Whether an item of the first level begins another list than those before it."""
    last = next((other for other in reversed(run) if other.level == 0), run[0])
    return block.ordered != last.ordered or (block.ordered and block.list_id != last.list_id)


def _quotation(run: list[Block]) -> str:
    return "\n>\n".join("\n".join(f"> {line}" for line in block.text.split("\n")) for block in run)


def _items(run: list[Block], before: str) -> str:
    """A list in Markdown. Where one of the same kind stands just before, its marks differ, so that they stay two."""
    bullet = "*" if before.startswith("- ") else "-"
    stop = ")" if before[:1].isdigit() and ". " in before[:12] else "."
    lines: list[str] = []
    indents: list[int] = []
    counts: list[int] = []
    for block in run:
        depth = min(block.level, len(indents), DEEPEST_LIST - 1)
        del indents[depth + 1 :], counts[depth + 1 :]
        if depth == len(counts):
            counts.append(block.number - 1 if depth == 0 else 0)
            indents.append(0)
        counts[depth] += 1
        mark = f"{counts[depth]}{stop}" if block.ordered else bullet
        indent = " " * sum(indents[:depth])
        indents[depth] = len(mark) + 1
        first, *more = block.text.split("\n")
        lines.append(f"{indent}{mark} {first}")
        lines += [f"{indent}{' ' * (len(mark) + 1)}{line}" for line in more]
    return "\n".join(lines)
