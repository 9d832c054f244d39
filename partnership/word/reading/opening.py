"""Reading a Word file from its bytes to its parts."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.parser import parse_xml

from partnership.documents.cleaning import fold
from partnership.word.reading import archive, file, limits, parts, runs, xml
from partnership.word.reading.imported import Imported
from partnership.word.reading.limits import Unreadable
from partnership.word.reading.markdown import Block
from partnership.word.reading.walking import Walk

REPEATED = {RT.HEADER: "header", RT.FOOTER: "footer"}
LONGEST_WORDS = 120
MOST_READINGS = 4  # what a field without an end hid may hold another


def read(data: bytes, name: str) -> Imported:
    """The parts of a .docx, its pictures, and what was not taken. Raises Unreadable, with a sentence for its person."""
    archive.check(data, name)
    try:
        return _read(data)
    except Unreadable:
        raise
    except Exception as error:
        if isinstance(error, MemoryError) or "memory" in str(error).lower():
            raise Unreadable(limits.TOO_HEAVY) from error
        # A mangled file breaks the reader in any way; whoever chose it needs one sentence, whatever broke.
        raise Unreadable(limits.TOO_DEEP if "depth" in str(error).lower() else limits.DAMAGED) from error


def _read(data: bytes) -> Imported:
    opened, blocks = _walked(file.opened(data))
    blocks = parts.settle(blocks, opened)
    found = parts.divide(blocks, opened)
    if not found and not opened.pictures:
        raise Unreadable(limits.NOTHING)
    _say_what_repeats(opened)
    return Imported(opened.title, found, tuple(opened.pictures), opened.ledger.sentences())


def _walked(opened: file.WordFile) -> tuple[file.WordFile, list[Block]]:
    """The blocks. A field without an end would swallow all that follows: it is taken out, and the file is read anew."""
    unclosed: list[tuple[xml.Element, str]] = []
    for _ in range(MOST_READINGS):
        walk = Walk(opened)
        blocks = walk.whole()
        for _, where in unclosed:
            opened.ledger.note(runs.UNCLOSED, where)
        if not walk.runs.unclosed:
            return opened, blocks
        for begin, _ in walk.runs.unclosed:
            begin.getparent().remove(begin)
        unclosed += walk.runs.unclosed
        opened = opened.anew()
    raise Unreadable(limits.DAMAGED)


def _say_what_repeats(opened: file.WordFile) -> None:
    """Headers and footers stand on every page, and on none of ours."""
    for related in opened.main.rels.values():
        if related.reltype in REPEATED and not related.is_external and (words := _words(related.target_part)):
            opened.ledger.note(f"A {REPEATED[related.reltype]} was not taken (“{words[:LONGEST_WORDS]}”)")


def _words(part: Any) -> str:
    root = part.element if hasattr(part, "element") else parse_xml(part.blob)
    return fold(xml.words_in(root))
