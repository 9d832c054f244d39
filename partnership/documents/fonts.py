"""The one typeface of pages and PDFs, and what it can show.

A PDF must be the same bytes on every machine, so no font of the machine may slip in. Text is therefore held to the
characters that our own files contain, and a writer is told at once which one they must replace.
"""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parents[2] / "static" / "vendor" / "fonts"
FAMILY = "Atkinson Hyperlegible Next"
STYLES = ("400-normal", "700-normal", "400-italic")
# `latin-ext` holds the accented letters of Welsh, Polish and other Latin alphabets.
PARTS = ("latin", "latin-ext")
FILES = tuple(f"atkinson-hyperlegible-next-{part}-{style}.woff2" for part in PARTS for style in STYLES)
_MARKUP = re.compile(r"<[^>]*>|&(?:amp|lt|gt|quot|#39);")


@cache
def data(name: str) -> bytes:
    """The bytes of one of our font files. Raises KeyError for any other name."""
    if name not in FILES:
        raise KeyError(name)
    return (FOLDER / name).read_bytes()


@cache
def characters() -> frozenset[str]:
    """Every character that all our styles can show."""
    shown = [_characters(style) for style in STYLES]
    return frozenset.intersection(*shown)


def _characters(style: str) -> frozenset[str]:
    names = (f"atkinson-hyperlegible-next-{part}-{style}.woff2" for part in PARTS)
    return frozenset(chr(code) for name in names for code in TTFont(BytesIO(data(name)), lazy=True).getBestCmap())


def unknown(text: str) -> tuple[str, ...]:
    """The visible characters of a text that the typeface lacks, each once, in order of appearance."""
    return tuple(dict.fromkeys(c for c in text if not c.isspace() and c not in characters()))


def unknown_in_markup(markup: str) -> tuple[str, ...]:
    """The same for a piece of our own clean HTML."""
    return unknown(_MARKUP.sub("", markup))


def printable(text: str) -> str:
    """The text with `?` for every character that the typeface lacks: for names, which nobody may be asked to change."""
    return "".join(c if c.isspace() or c in characters() else "?" for c in text)
