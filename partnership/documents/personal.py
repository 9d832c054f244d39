"""What in a text could point at one child or family, named for a person to look at. It decides nothing and keeps nothing.

Rules are plain patterns, and say themselves that they may be wrong: a word too many costs a look, a child's name costs
more. Source: capabilities 49; the guidance's own silence on thresholds is kept: “under five” is common practice, to be
confirmed, and is said as a question.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from partnership.documents import canonical, content, numbering
from partnership.documents.compare import words_of
from partnership.documents.kinds import Problem
from partnership.documents.models import Version

QUESTION = "Could somebody know from it which child is meant?"
_PEOPLE = (
    r"(?:child(?:ren)?|young (?:person|people)|bab(?:y|ies)|infants?|pupils?|girls?|boys?|famil(?:y|ies)|siblings?"
    r"|teenagers?)"
)
_FEW = r"(?:[1-4]|one|two|three|four)"
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-](?:19|20)?\d\d|\d{{1,2}} {_MONTH} (?:19|20)\d\d)"
_STREET = "(?:Street|Road|Avenue|Close|Lane|Drive|Court|Gardens)"
_MANY = "(?:Children|Pupils|People|Girls|Boys|Babies|Infants|Teenagers|Those|Siblings|Students|Anyone|Everyone|And|Or)"
RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a date of birth", re.compile(rf"\b(?:d\.?o\.?b\.?|date of birth|born(?: on)?)\b\W{{0,3}}{_DAY}", re.IGNORECASE)),
    ("a whole postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")),
    ("a house with its street", re.compile(rf"\b\d{{1,4}}[a-z]? [A-Z][a-z]+ {_STREET}\b")),
    ("an NHS number", re.compile(r"\b\d{3} \d{3} \d{4}\b")),
    ("a name beside an age", re.compile(rf"\b(?!{_MANY}\b)[A-Z][a-z]{{2,}},? (?:aged|age) \d{{1,2}}\b")),
    ("a number under five beside children or families", re.compile(rf"\b{_FEW} {_PEOPLE}\b", re.IGNORECASE)),
)
_CELLS = re.compile(_PEOPLE, re.IGNORECASE)
_SMALL = re.compile(r"[1-4]")


def found_in(block: dict[str, Any]) -> list[str]:
    """The kinds of things that a block holds and that could point at somebody, each once."""
    text = words_of(block)
    found = [kind for kind, pattern in RULES if pattern.search(text)]
    small = RULES[-1][0]
    if small not in found and _has_small_cell(block):
        found.append(small)
    return found


def _has_small_cell(block: dict[str, Any]) -> bool:
    """Whether a table about children or families has a cell that is a bare number under five."""
    if block["type"] != "table":
        return False
    about = " ".join([block["caption"], *block["head"], *(row[0] for row in block["rows"] if row)])
    return bool(_CELLS.search(about)) and any(
        _SMALL.fullmatch(cell.strip()) for row in block["rows"] for cell in row[1:]
    )


def warnings(version: Version) -> list[Problem]:
    """Each place of a text in which something could point at a child or family, with what it is; never the words."""
    rows = {section.key: section for section in version.sections.select_related("version__document__area")}
    return [
        Problem(f"{place}: {kind}. {QUESTION}", content.section_href(rows[key]) if key in rows else "", key)
        for key, place, kind in _places(version)
    ]


def tally(version: Version) -> dict[str, int]:
    """In how many places each rule found something: what is kept of the findings."""
    return dict(Counter(kind for _, _, kind in _places(version)))


def _places(version: Version) -> Iterator[tuple[str, str, str]]:
    """The key of the section, the place in words, and the kind of thing found there."""
    document = canonical.load(version.content) if version.frozen_at else content.of(version)
    for section in numbering.numbered(document):
        for kind in found_in({"type": "paragraph", "html": html.escape(section.explanation)}):
            yield section.key, f"{section.title}, explanation", kind
        for item in section.items:
            where = f", {item.number[:1].lower()}{item.number[1:]}" if item.number else ""
            for kind in found_in(item.block):
                yield section.key, f"{section.title}{where}", kind
