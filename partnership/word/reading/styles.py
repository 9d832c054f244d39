"""What the styles and lists of a Word file mean for a paragraph: a heading, an item, a quotation, a caption."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from partnership.word.reading import xml
from partnership.word.reading.xml import Element

_HEADING = re.compile(r"heading ([1-9])")
_LIST = re.compile(r"list (?:bullet|number) ([2-5])")
DEEPEST_HEADING = 9
LONGEST_CHAIN = 12


@dataclass(frozen=True)
class Look:
    """What a paragraph is. `level`: of a heading, from 1. `depth`: of an item of a list, from 0."""

    kind: str = "text"
    level: int = 0
    list_id: str = ""
    depth: int = 0
    ordered: bool = False
    style: str = ""


@dataclass
class Styles:
    """The file's own styles, by their keys."""

    root: Element | None
    by_key: dict[str, Element] = field(default_factory=dict)
    usual: str = ""

    def __post_init__(self) -> None:
        for style in xml.all_of(self.root, "w:style") if self.root is not None else ():
            key = style.get(xml.full("w:styleId"), "")
            self.by_key[key] = style
            if style.get(xml.full("w:type")) == "paragraph" and style.get(xml.full("w:default")) in ("1", "true"):
                self.usual = key

    def chain(self, key: str) -> list[Element]:
        """A style, and those that it is based on."""
        found: list[Element] = []
        while key in self.by_key and len(found) < LONGEST_CHAIN:
            found.append(self.by_key[key])
            key = xml.value(self.by_key[key], "w:basedOn")
        return found

    def names(self, key: str) -> list[str]:
        """The names of a style and of those it is based on, in small letters."""
        return [xml.value(style, "w:name").lower() for style in self.chain(key)] or [key.lower()]

    def is_on(self, key: str, switch: str) -> bool:
        """Whether a style for characters makes them bold or italic."""
        for style in self.chain(key):
            said = xml.is_on(xml.child(style, "w:rPr"), switch)
            if said is not None:
                return said
        return False


@dataclass
class Lists:
    """The file's own lists: what a level of each looks like, and how far each has counted."""

    root: Element | None
    levels: dict[str, dict[int, tuple[str, int]]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        if self.root is None:
            return
        shapes = {shape.get(xml.full("w:abstractNumId"), ""): shape for shape in xml.all_of(self.root, "w:abstractNum")}
        for entry in xml.all_of(self.root, "w:num"):
            key = entry.get(xml.full("w:numId"), "")
            shape = shapes.get(xml.value(entry, "w:abstractNumId"))
            self.levels[key] = _levels(shape) if shape is not None else {}
            for change in xml.all_of(entry, "w:lvlOverride"):
                self._override(key, change)

    def _override(self, key: str, change: Element) -> None:
        depth = xml.number(change.get(xml.full("w:ilvl"), ""))
        look, start = self.levels[key].get(depth, ("decimal", 1))
        begins = xml.value(change, "w:startOverride")
        self.levels[key][depth] = (look, xml.number(begins, start))

    def look(self, key: str, depth: int) -> str:
        """`bullet`, `decimal` and so on; `none` for a list that is not there."""
        return self.levels.get(key, {}).get(depth, ("none", 1))[0] if key and key != "0" else "none"

    def has(self, key: str, depth: int) -> bool:
        """Whether a list says how its items at this depth look."""
        return depth in self.levels.get(key, {})

    def count(self, key: str, depth: int) -> int:
        """The number of the next item at this depth."""
        counted = self.counted[key]
        for deeper in [other for other in counted if other > depth]:
            del counted[deeper]
        start = self.levels.get(key, {}).get(depth, ("", 1))[1]
        counted[depth] = counted.get(depth, start - 1) + 1
        return counted[depth]


def _levels(shape: Element) -> dict[int, tuple[str, int]]:
    return {
        xml.number(level.get(xml.full("w:ilvl"), "")): (
            xml.value(level, "w:numFmt") or "decimal",
            xml.number(xml.value(level, "w:start"), 1),
        )
        for level in xml.all_of(shape, "w:lvl")
    }


def look_of(paragraph: Element, styles: Styles, lists: Lists) -> Look:
    """What a paragraph is, by its own properties and by its style."""
    key = xml.value(paragraph, "w:pPr/w:pStyle") or styles.usual
    names = styles.names(key)
    if kind := _named(names):
        return Look(kind, style=names[0])
    if level := _level(paragraph, names, styles.chain(key)):
        return Look("heading", level, style=names[0])
    list_id, depth = _numbering(paragraph, styles.chain(key))
    if not depth and (deeper := _LIST.fullmatch(names[0])):  # these styles are lists of their own, each of one level
        depth = int(deeper[1]) - 1
    look = lists.look(list_id, depth) if lists.has(list_id, depth) else lists.look(list_id, 0)
    if look != "none":
        return Look("item", 0, list_id, depth, look != "bullet", names[0])
    return Look(style=names[0])


def _named(names: list[str]) -> str:
    """Kinds that a style's name alone decides."""
    if names[0].startswith("toc ") or names[0] in ("table of figures", "toc heading"):
        return "contents"
    if "caption" in names:
        return "caption"
    if {"quote", "intense quote", "block text"} & set(names):
        return "quotation"
    return "title" if names[0] == "title" else ""


def _level(paragraph: Element, names: list[str], chain: list[Element]) -> int:
    """The level of a heading: by the name of its style, or by its place in the outline; 0 for what is none."""
    for name in names:
        if found := _HEADING.fullmatch(name):
            return int(found[1])
    for holder in (paragraph, *chain):
        said = xml.value(holder, "w:pPr/w:outlineLvl")
        if said:
            level = xml.number(said, DEEPEST_HEADING) + 1
            return level if level <= DEEPEST_HEADING else 0
    return 0


def _numbering(paragraph: Element, chain: list[Element]) -> tuple[str, int]:
    """The list and the depth of a paragraph; nothing where it is in none."""
    for holder in (paragraph, *chain):
        if xml.child(holder, "w:pPr/w:numPr") is not None:
            depth = xml.number(xml.value(holder, "w:pPr/w:numPr/w:ilvl"))
            if key := xml.value(holder, "w:pPr/w:numPr/w:numId"):
                return key, depth
    return "", 0
