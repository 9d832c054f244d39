"""The names of Word's XML, and small questions to it."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import nsmap

Element = Any
NAMES = {
    **nsmap,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
}
_SHORT = {address: short for short, address in NAMES.items()}
_OFF = {"0", "false", "off", "none"}


def full(name: str) -> str:
    """`w:p` as lxml writes it."""
    short, _, local = name.partition(":")
    return f"{{{NAMES[short]}}}{local}"


def kind_of(element: Element) -> str:
    """The short name of an element, such as `w:p`; empty for comments and what is not known."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    address, _, local = tag.lstrip("{").rpartition("}")
    return f"{_SHORT.get(address, '?')}:{local}"


def child(element: Element, path: str) -> Element | None:
    """The first element at a path such as `w:pPr/w:numPr`, or None."""
    for name in path.split("/"):
        element = element.find(full(name)) if element is not None else None
    return element


def value(element: Element, path: str, attribute: str = "w:val") -> str:
    """An attribute of the element at a path, or nothing. An empty path is the element itself."""
    found = child(element, path) if path else element
    return str(found.get(full(attribute), "")) if found is not None else ""


def number(text: str, otherwise: int = 0) -> int:
    """A whole number as Word writes it; whatever else stands there is `otherwise`."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def is_on(element: Element | None, name: str) -> bool | None:
    """Whether a switch such as `w:b` is on or off in these properties; None where they do not say."""
    found = child(element, name) if element is not None else None
    if found is None:
        return None
    return found.get(full("w:val"), "on").lower() not in _OFF


def all_of(element: Element, name: str) -> Iterator[Element]:
    """Every element of a name inside another."""
    return iter(element.iter(full(name)))


def has(element: Element, name: str) -> bool:
    """Whether an element of a name stands somewhere inside another."""
    return next(all_of(element, name), None) is not None


def words_in(element: Element, name: str = "w:t") -> str:
    """The text of every `w:t` (or other) inside an element, in one line."""
    return " ".join(" ".join(found.text or "" for found in all_of(element, name)).split())
