"""Blocks put together: captions and sources to their tables, text under its headings."""

import re
from dataclasses import replace

from partnership.word.reading import limits
from partnership.word.reading.escaping import escaped, line_start, plain_again
from partnership.word.reading.file import WordFile
from partnership.word.reading.imported import Part
from partnership.word.reading.limits import Unreadable
from partnership.word.reading.markdown import Block, to_markdown

_NUMBERED = re.compile(r"(?:table|figure|fig\.|chart|picture)\s+\d+(?:\.\d+)*\s*[.:–—-]?\s*", re.IGNORECASE)
_OF_TABLE = re.compile(r"table\b", re.IGNORECASE)
_SOURCE = re.compile(r"Source:\s*(\S.*)", re.IGNORECASE)
NO_CAPTION = "A table has no caption. Give it one before the document is sent"
LOST_CAPTION = "A caption that belongs to no table or picture was taken as a paragraph"
DEEP_HEADING = "A heading more than three levels deep was taken at the third level"
DIVIDED = f"A part longer than {limits.LONGEST_PART:,} characters was divided into several"
LONG_TABLE = f"A table with more than {limits.LONGEST_PART:,} characters was not taken. Put it into an attachment"
LONG_LIST = f"A {{kind}} with more than {limits.LONGEST_PART:,} characters was not taken. Divide it in Word"


def settle(blocks: list[Block], file: WordFile) -> list[Block]:
    """Give captions and sources to what they belong to; a caption that belongs to nothing becomes a paragraph."""
    settled: list[Block] = []
    for place, block in enumerate(blocks):
        if block.kind == "caption" and _give(block, settled, blocks[place + 1 : place + 2], file):
            continue
        last = settled[-1] if settled else None
        source = _SOURCE.fullmatch(block.text.replace("\\:", ":", 1)) if block.kind == "text" else None
        if source and last is not None and last.kind == "table" and not last.source:
            last.source = plain_again(source[1])
            continue
        if block.kind == "caption":
            file.ledger.note(LOST_CAPTION, f"“{block.text[:60]}”")
        settled.append(Block("text", line_start(escaped(block.text))) if block.kind == "caption" else block)
    return settled


def _give(caption: Block, before: list[Block], after: list[Block], file: WordFile) -> bool:
    """Give a caption to its table or picture: of a table, rather the one after it; of a figure, the one before it."""
    words = _NUMBERED.sub("", caption.text, count=1).strip()
    near = [*after, *before[-1:]] if _OF_TABLE.match(caption.text) else [*before[-1:], *after]
    owner = next((block for block in near if _has_room(block, file)), None)
    if owner is None:
        return not words
    if owner.kind == "table":
        owner.caption = words
    else:
        drawn = file.pictures[owner.number - 1]
        file.pictures[owner.number - 1] = replace(drawn, caption=words[:300])
    return True


def _has_room(block: Block, file: WordFile) -> bool:
    """Whether a block can take a caption and has none."""
    if block.kind == "picture":
        return not file.pictures[block.number - 1].caption
    return block.kind == "table" and not block.caption


def divide(blocks: list[Block], file: WordFile) -> tuple[Part, ...]:
    """The parts: one for each heading of the two highest levels that the file uses."""
    levels = sorted({block.level for block in blocks if block.kind == "heading"})
    deepest = levels[1] if len(levels) > 1 else (levels[0] if levels else 0)
    begins = [block for block in blocks if block.kind == "heading" and block.level <= deepest]
    if len(begins) > limits.MOST_PARTS:
        deepest = levels[0]
        if sum(1 for block in begins if block.level == deepest) > limits.MOST_PARTS:
            raise Unreadable(limits.TOO_MANY_HEADINGS)
    rank = {level: number for number, level in enumerate(levels, 1)}
    parts: list[Part] = []
    title, level, held = "", 0, list[Block]()
    for block in blocks:
        if block.kind == "heading" and block.level <= deepest:
            parts += _made(title, level, held, file)
            title, level, held = block.text, rank[block.level], []
        else:
            held.append(_ranked(block, rank, file) if block.kind == "heading" else block)
    return (*parts, *_made(title, level, held, file))


def _ranked(block: Block, rank: dict[int, int], file: WordFile) -> Block:
    """A heading within a part, by its rank among those that the file uses: levels that are left out do not count."""
    level = rank[block.level]
    if level > 4:
        file.ledger.note(DEEP_HEADING, f"“{block.text[:60]}”")
    return Block("heading", block.text, level=level, marked=block.marked)


def _made(title: str, level: int, blocks: list[Block], file: WordFile) -> list[Part]:
    """A part, or several where it is longer than a section may be; what stands before the first heading has no title."""
    for block in blocks:
        if block.kind == "table" and not block.caption:
            file.ledger.note(NO_CAPTION, f"under “{title[:80]}”" if title else "before the first heading")
    kept = [piece for piece in to_markdown(blocks, max(level, 1)) if not _is_too_long(piece, file)]
    return _divided(title, level, kept, file)


def _is_too_long(piece: str, file: WordFile) -> bool:
    """Whether a piece fits into no section; only a table, a list or a quotation can be so long."""
    if len(piece) > limits.LONGEST_PART:
        kind = "quotation" if piece.startswith(">") else "list"
        is_table = piece.startswith(("|", "Table:"))
        file.ledger.note(LONG_TABLE if is_table else LONG_LIST.format(kind=kind), f"“{piece[:60]}…”")
    return len(piece) > limits.LONGEST_PART


def _divided(title: str, level: int, pieces: list[str], file: WordFile) -> list[Part]:
    made, held, length = list[Part](), list[str](), 0
    if not title and not pieces:
        return []
    for piece in pieces:
        if held and length + len(piece) > limits.LONGEST_PART:
            made.append(_part(level, title, held, len(made)))
            held, length = [], 0
        held.append(piece)
        length += len(piece) + 2
    made.append(_part(level, title, held, len(made)))
    if len(made) > 1:
        file.ledger.note(DIVIDED, f"“{title[:80]}”")
    return made


def _part(level: int, title: str, pieces: list[str], before: int) -> Part:
    return Part(level, f"{title} (continued)" if title and before else title, "\n\n".join(pieces))
