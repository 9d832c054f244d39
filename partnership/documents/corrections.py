"""What a correction may change, what it changes, and what is signed under it.

A clerical correction leaves what the partners hold as it was: whoever signs is told each changed passage and accepts
exactly these. Everything else is material, and is signed like a new text. Source: capabilities 28, 45 and section 5.2.
"""

import difflib
import json
from collections.abc import Callable, Iterator
from typing import Any

from partnership import clock
from partnership.areas import selectors as areas
from partnership.documents import canonical, numbering
from partnership.documents.kinds import Problem, kind
from partnership.documents.models import Correction, Nature, Version
from partnership.documents.workflow import Status

WORDING = "correction 1"
MATERIAL = "A clerical correction cannot say this. Put it back, or declare the correction material."
PARTS = {
    "statements": "Independent scrutiny",
    "claims": "Effects and their evidence",
    "challenges": "Challenges and answers",
}
FRONT = ("kind_title", "title", "area", "period", "edition")
Document = dict[str, Any]


def of(version: Version) -> Correction | None:
    """What a version was declared to correct, or None."""
    row: Correction | None = getattr(version, "correction", None)
    return row


def frozen(version: Version) -> Document:
    """The change note as it is frozen with the text; empty for what corrects nothing."""
    row = of(version)
    if row is None or row.of.published_at is None:
        return {}
    return {
        "nature": row.get_nature_display(),
        "reason": row.reason,
        "of_version": row.of.number,
        "published_on": clock.london_day(row.of.published_at).isoformat(),
    }


def problems(version: Version, composed: Callable[[], Document]) -> list[Problem]:
    """What in a clerical correction is more than clerical; nothing for any other version. `composed`: what it says now."""
    row = of(version)
    if row is None or row.nature != Nature.CLERICAL:
        return []
    old, new = canonical.load(row.of.content), canonical.load(canonical.canonical(composed()))
    found = [
        Problem(f"{title}: this is not as it was published. {MATERIAL}")
        for part, title in PARTS.items()
        if old.get(part, []) != new[part]
    ]
    if answers(old) != answers(new):
        found.append(Problem(f"How it meets the guidance: this is not as it was published. {MATERIAL}"))
    if [old[part] for part in FRONT] != [new[part] for part in FRONT]:
        found.append(Problem(f"Title, area and edition: this is not as it was published. {MATERIAL}"))
    if _titles(old) != _titles(new):
        found.append(Problem(f"The sections are not those that were published. {MATERIAL}"))
    signed = set(row.of.required_seats.values_list("seat_id", flat=True))
    if signed != {seat.pk for seat in areas.statutory_seats(row.of.document.area, clock.today())}:
        found.append(Problem(f"The partners of today are not those who signed what is published. {MATERIAL}"))
    if row.of.status == Status.TAKEN_DOWN:
        found.append(Problem("What this corrects was withdrawn from the public. Declare the correction material."))
    if not changed(old, new):
        found.append(Problem("Nothing in the text is changed yet, so there is nothing to correct."))
    return found


def _titles(document: Document) -> list[tuple[str, str]]:
    return [(section["key"], section["title"]) for section in document["sections"]]


def answers(document: Document) -> list[Any]:
    """What the partners say of the guidance; not the words of the guidance, nor whether it has come into force."""
    told = ("id", "answers", "reason", "explanation")
    return [[row.get(part) for part in told] for row in document["guidance"]]


def changed(old: Document, new: Document) -> list[str]:
    """Each passage that is not as it was, by its section and its number, in the order of the new text."""
    before = {section.key: section for section in numbering.numbered(old)}
    found: list[str] = []
    for section in numbering.numbered(new):
        earlier = before.pop(section.key, None)
        found += [f"{section.title}, {place}" for place in _places(earlier.items if earlier else (), section.items)]
        if (earlier.explanation if earlier else "") != section.explanation:
            found.append(f"{section.title}, the explanation")
    return found + [f"{section.title}, which is left out" for section in before.values()]


def _places(old: tuple[numbering.Item, ...], new: tuple[numbering.Item, ...]) -> Iterator[str]:
    """Where passages of one section were changed, came or went."""
    before, after = ([json.dumps(item.block, sort_keys=True) for item in items] for items in (old, new))
    for tag, first, last, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        yield from map(_place, new[start:end])
        if (gone := (last - first) - (end - start)) > 0:
            yield f"{gone} passage{'s' if gone > 1 else ''} left out after {_after(new, start if start == end else end)}"


def _after(items: tuple[numbering.Item, ...], place: int) -> str:
    return _place(items[place - 1]) if place else "its title"


def _place(item: numbering.Item) -> str:
    if item.number:
        return (
            f"{item.number[:1].lower()}{item.number[1:]}" if item.number[:1].isalpha() else f"paragraph {item.number}"
        )
    return "a heading" if item.type == "heading" else f"a {item.type}"


def statement_under(version: Version) -> tuple[str, str]:
    """What somebody declares who signs this version, and which wording that is, such as `yearly-report 1`."""
    what = kind(version.document.kind)
    return what.statement_of(version) or statement(version) or (what.statement, f"{what.address} {what.wording}")


def statement(version: Version) -> tuple[str, str] | None:
    """What is signed under a frozen clerical correction: each changed passage, and why. None for any other version."""
    row = of(version)
    if row is None or row.nature != Nature.CLERICAL or not version.frozen_at or row.of.published_at is None:
        return None
    old, new = canonical.load(row.of.content), canonical.load(version.content)
    noun = old["kind_title"][:1].lower() + old["kind_title"][1:]
    words = (
        f"This is a clerical correction of the {noun} that was published on {_day(row)}. It differs from it in "
        f"these passages alone, apart from this change note and the days on which its facts were drawn: "
        f"{'; '.join(changed(old, new))}. The reason: {row.reason} I accept it, as lead safeguarding partner for my "
        "agency, in the place of what was published."
    )
    return words, WORDING


def _day(row: Correction) -> str:
    return f"{clock.london_day(row.of.published_at):%-d %B %Y}" if row.of.published_at else ""
