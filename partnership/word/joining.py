"""Parts of a Word file put together as the text of one section. Plain Python."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from partnership.documents.cleaning import fold
from partnership.word.reading.escaping import escaped_heading
from partnership.word.reading.imported import picture_line

_HEADING = re.compile(r"^## ", re.MULTILINE)
_PICTURE = re.compile(r"^\[\[imported picture (\d+)\]\]$", re.MULTILINE)


@dataclass(frozen=True)
class Text:
    """The heading and the Markdown of one part."""

    title: str
    body: str


def joined(texts: Iterable[Text], section_title: str) -> str:
    """The parts one after another. A heading that the section does not have itself stays, above its own text."""
    return "\n\n".join(piece for text in texts if (piece := _piece(text, section_title)))


def _piece(text: Text, section_title: str) -> str:
    if not text.title or fold(text.title).casefold() == fold(section_title).casefold():
        return text.body
    return f"## {escaped_heading(text.title)}\n\n{_HEADING.sub('### ', text.body)}".rstrip()


def with_pictures(body: str, numbers: Mapping[int, int]) -> str:
    """The same text with the numbers that its pictures have in the document; those without one are left out."""

    def line(found: re.Match[str]) -> str:
        number = numbers.get(int(found[1]))
        return f"[[picture {number}]]" if number else ""

    return re.sub(r"\n{3,}", "\n\n", _PICTURE.sub(line, body)).strip()


def pictures_in(body: str) -> list[int]:
    """The numbers of the imported pictures that a text shows."""
    return [int(found) for found in _PICTURE.findall(body)]


def without_pictures(body: str) -> str:
    """The text for a page that shows it as it is, with its pictures as a remark."""
    return _PICTURE.sub(lambda found: f"(Picture {found[1]})", body)


__all__ = ["Text", "joined", "picture_line", "pictures_in", "with_pictures", "without_pictures"]
