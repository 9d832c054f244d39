"""The pieces of a paragraph as one line of our Markdown: bold, italics, links, breaks."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from partnership.documents import markdown
from partnership.documents.cleaning import clean_text
from partnership.word.reading.escaping import escaped, line_start

NOT_KEPT = "Bold, italics or a link within a word could not be kept"
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Piece:
    """Some words with one look. Their line breaks are \\n. `href`: where they lead."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


class _NoFigures:
    """Nothing that a paragraph says is looked up."""

    def picture(self, number: int) -> None:
        return None

    def figures(self, name: str) -> None:
        return None

    def names(self) -> list[str]:
        return []


def plain(pieces: Iterable[Piece]) -> str:
    """The words alone, in one line."""
    return " ".join("".join(piece.text for piece in pieces).split())


def to_markdown(pieces: list[Piece]) -> tuple[str, bool]:
    """A paragraph's Markdown, and whether all of its emphasis and links could be kept."""
    joined = _joined(pieces)
    if not any(piece.bold or piece.italic or piece.href for piece in joined):
        return _lines("".join(escaped(piece.text) for piece in joined)), True
    marked = _lines("".join(_marked(piece) for piece in joined))
    if _keeps(marked, joined):
        return marked, True
    return _lines("".join(escaped(piece.text) for piece in joined)), False


def _lines(marked: str) -> str:
    lines = [line_start(" ".join(line.split())) for line in marked.split("\n")]
    return "\\\n".join(line for line in lines if line)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours with the same look as one; spaces and breaks at the ends of emphasis stand outside it."""
    outside: list[Piece] = []
    for (bold, italic, href), group in groupby(pieces, key=lambda piece: (piece.bold, piece.italic, piece.href)):
        text = "".join(piece.text for piece in group)
        inner = text.strip()
        if not inner:
            outside.append(Piece(text))
            continue
        before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
        outside += [Piece(before), Piece(inner, bold, italic, href), Piece(after)]
    kept = [piece for piece in outside if piece.text]
    return [
        replace(held[0], text="".join(piece.text for piece in held))
        for _, found in groupby(kept, key=lambda piece: (piece.bold, piece.italic, piece.href))
        if (held := list(found))
    ]


def _marked(piece: Piece) -> str:
    text = escaped(" ".join(piece.text.split("\n")) if piece.href else piece.text)
    if piece.href:
        text = f"[{text}](<{piece.href}>)"
    mark = "*" * (2 * piece.bold + piece.italic)
    # Emphasis may not reach over a break.
    return "\n".join(f"{mark}{line.strip()}{mark}" if line.strip() and mark else line for line in text.split("\n"))


def _keeps(marked: str, pieces: list[Piece]) -> bool:
    """Whether our own reader finds the same words, with as much emphasis and as many links."""
    blocks = markdown.to_blocks(marked, _NoFigures()).blocks
    shown = str(blocks[0].get("html", "")) if len(blocks) == 1 else ""
    words = html.unescape(_TAG.sub("", shown.replace("<br>", " ")))
    looks = (("<strong>", "bold"), ("<em>", "italic"), ("<a ", "href"))
    return words.split() == clean_text("".join(piece.text for piece in pieces)).split() and all(
        bool(tag in shown) == any(getattr(piece, look) for piece in pieces) for tag, look in looks
    )
