"""The form of a document that is signed: one text for everything a reader sees, and its fingerprint.

Two documents that read the same have the same canonical text, whatever their white space, key order or way of encoding
accents. The form is numbered, so that an old fingerprint can always be computed again. See docs/adr/0005.
"""

import hashlib
import json
from typing import Any

from partnership.documents.cleaning import fold

FORM = 3
BLOCKS = frozenset({"heading", "paragraph", "list", "quotation", "table", "chart", "picture"})
_ABOUT = {"form", "kind", "kind_title", "title", "area", "period", "edition"}
_FIRST = frozenset(_ABOUT | {"sections", "guidance", "signatories", "challenges", "attachments", "notes"})
# Form 1 named for each requirement the section alone. Form 2 names its passages and its explanation, and has statements
# of the scrutineer, claims of effect with their evidence, and the facts that were drawn from the records. Form 3 has the
# change note of a correction, empty where there is none.
_SECOND = _FIRST | {"statements", "claims", "facts"}
PARTS = {1: _FIRST, 2: _SECOND, 3: _SECOND | {"correction"}}


def canonical(document: dict[str, Any]) -> str:
    """The canonical text of a document. ValueError for a shape, TypeError for a value that the form does not know."""
    parts = PARTS.get(document.get("form", 0))
    if parts is None:
        raise ValueError(f"The canonical form is {FORM}, not {document.get('form')!r}.")
    if set(document) != parts:
        raise ValueError(f"These parts are missing or unknown: {sorted(set(document) ^ parts)}.")
    for section in document["sections"]:
        for block in section["blocks"]:
            if block.get("type") not in BLOCKS:
                raise ValueError(f"There is no block of the type {block.get('type')!r}.")
    return json.dumps(_normal(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, bool | int) or value is None:
        return value
    if isinstance(value, list | tuple):
        return [_normal(part) for part in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) and key.isascii() for key in value):
            raise TypeError("Keys of the canonical form are plain words.")
        return {key: _normal(part) for key, part in value.items()}
    raise TypeError(f"The canonical form holds no {type(value).__name__}; write numbers and dates as text.")


def fingerprint(text: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def short(hexadecimal: str) -> str:
    """The first sixteen figures of a fingerprint in groups of four, for people to compare."""
    return " ".join(hexadecimal[start : start + 4] for start in range(0, 16, 4))


def load(text: str) -> dict[str, Any]:
    """The document of a canonical text. ValueError if the text is not in the canonical form, to the letter."""
    document = json.loads(text)
    if not isinstance(document, dict) or canonical(document) != text:
        raise ValueError("This text is not in the canonical form.")
    return document
