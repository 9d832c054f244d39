"""A Word file, opened: its parts by their relations, and everything that is found on the way through it."""

from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.parser import parse_xml

from partnership.word.reading import limits, xml
from partnership.word.reading.imported import Drawn, Ledger
from partnership.word.reading.limits import Unreadable
from partnership.word.reading.styles import Lists, Styles
from partnership.word.reading.xml import Element


@dataclass
class WordFile:
    """What the walk needs to know, and what it gathers. `where` is the place that is being read, in words."""

    main: Any  # the main part, of python-docx
    ledger: Ledger = field(default_factory=Ledger)
    pictures: list[Drawn] = field(default_factory=list)
    where: str = "before the first heading"
    characters: int = 0
    deep: int = -1  # how many boxes the place is in; the text itself is none
    title: str = ""
    roots: dict[str, Element | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.styles = Styles(self.root(RT.STYLES))
        self.lists = Lists(self.root(RT.NUMBERING))

    @property
    def body(self) -> Element:
        return self.main.element.body

    def root(self, relation: str) -> Element | None:
        """The root of the part that stands in this relation to the text; None where there is none. It is read once."""
        if relation not in self.roots:
            self.roots[relation] = self._read_root(relation)
        return self.roots[relation]

    def anew(self) -> "WordFile":
        """The same file, with what was mended in its XML, as if nothing of it had been read."""
        return WordFile(self.main, roots=self.roots)

    def _read_root(self, relation: str) -> Element | None:
        for related in self.main.rels.values():
            if related.reltype == relation and not related.is_external:
                part = related.target_part
                return part.element if hasattr(part, "element") else parse_xml(part.blob)
        return None

    def related(self, key: str) -> Any:
        """The part behind a key such as `rId7`; None for what is not there, or lies outside of the file."""
        found = self.main.rels.get(key)
        return None if found is None or found.is_external else found.target_part

    def address(self, key: str) -> str:
        """Where a link with this key leads."""
        found = self.main.rels.get(key)
        return str(found.target_ref) if found is not None and found.is_external else ""

    def say(self, sentence: str, times: int = 1) -> None:
        """Note something that was not taken, at the place that is being read."""
        self.ledger.note(sentence, self.where, times)

    def read_text(self, text: str) -> str:
        """Count what is read; far more than any report has is refused."""
        self.characters += len(text)
        if self.characters > limits.MOST_CHARACTERS:
            raise Unreadable(limits.TOO_LONG)
        return text

    @cached_property
    def footnotes(self) -> dict[str, Element]:
        return self._notes(RT.FOOTNOTES, "w:footnote", "f")

    @cached_property
    def endnotes(self) -> dict[str, Element]:
        return self._notes(RT.ENDNOTES, "w:endnote", "e")

    def _notes(self, relation: str, name: str, mark: str) -> dict[str, Element]:
        root = self.root(relation)
        found = xml.all_of(root, name) if root is not None else ()
        return {mark + note.get(xml.full("w:id"), ""): note for note in found}


def opened(data: bytes) -> WordFile:
    """The file, by python-docx, whose reader of XML loads no declarations and asks no network."""
    return WordFile(docx.Document(BytesIO(data)).part)
