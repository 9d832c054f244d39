"""How a document is numbered: sections, paragraphs, tables and figures, the same on page and in PDF."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from partnership.documents import charts, tokens
from partnership.documents.cleaning import clean_inline

Place = tuple[str, int]  # a section's key, and the number of one of its blocks from 1


@dataclass(frozen=True)
class Item:
    """One block, ready to show. `number` is “1.2”, “Table 1”, “Figure 1” or empty; `anchor` is its address.

    `note`: where the evidence stands for the effect that it claims, if it claims one.
    """

    type: str
    number: str
    anchor: str
    block: dict[str, Any]
    drawing: str = ""
    note: str = ""

    @property
    def caption(self) -> str:
        """Number and words of a table, a chart or a picture: “Table 1. Contacts”, or what there is of the two."""
        words = self.block.get("title" if self.type == "chart" else "caption", "")
        return ". ".join(part for part in (self.number, words) if part)


@dataclass(frozen=True)
class Section:
    """One section, ready to show."""

    number: int
    key: str
    title: str
    explanation: str
    items: tuple[Item, ...]

    @property
    def anchor(self) -> str:
        return self.key


@dataclass(frozen=True)
class View:
    """What the body templates show. `medium` is “page” or “pdf”; pictures are found at `address` + their hash."""

    document: dict[str, Any]
    sections: tuple[Section, ...]
    medium: str = "page"
    challenges: tuple[dict[str, Any], ...] = ()
    statements: tuple[dict[str, Any], ...] = ()
    claims: tuple[dict[str, Any], ...] = ()

    @property
    def effects(self) -> list[dict[str, Any]]:
        return [claim for claim in self.claims if claim["type"] == "effect"]

    @property
    def priorities(self) -> list[dict[str, Any]]:
        return [claim for claim in self.claims if claim["type"] == "priority"]

    @property
    def accepted(self) -> list[dict[str, Any]]:
        """Why the chair let it go out although it shows no effect."""
        return [claim for claim in self.claims if claim["type"] == "accepted"]

    facts: tuple[dict[str, Any], ...] = ()

    @property
    def contents(self) -> list[tuple[str, str, str]]:
        """Number, title and anchor of each section, and of what follows them if there is any."""
        found = [(str(section.number), section.title, section.anchor) for section in self.sections]
        if self.claims:
            found.append(("", "Effects and their evidence", "claims"))
        if self.statements:
            found.append(("", "Independent scrutiny", "statements"))
        if self.challenges:
            found.append(("", "Challenges and answers", "challenges"))
        if self.facts:
            found.append(("", "Facts drawn from the records", "facts"))
        if self.document["notes"]:
            found.append(("", "Notes", "notes"))
        return found


@dataclass
class _Counts:
    tables: int = 0
    figures: int = 0
    paragraphs: int = 0


def view(document: dict[str, Any], picture_address: Callable[[str], str], medium: str = "page") -> View:
    """The whole of a frozen document, ready for `documents/body/document.html`."""
    sections = tuple(numbered(document, picture_address))
    challenges = tuple(_challenge(entry) for entry in document["challenges"])
    statements = tuple(_statement(entry, place) for place, entry in enumerate(document.get("statements", []), 1))
    anchors = places(sections)
    claims = tuple(_claim(entry, anchors, place) for place, entry in enumerate(document.get("claims", []), 1))
    notes = {(claim["section"], claim["block"]): claim["anchor"] for claim in claims if claim["type"] == "effect"}
    noted = tuple(_noted(section, notes) for section in sections)
    return View(document, noted, medium, challenges, statements, claims, tuple(_facts(document, sections)))


def _noted(section: Section, notes: dict[Place, str]) -> Section:
    """The section with a way from each effect to its evidence."""
    items = [replace(item, note=notes.get((section.key, place), "")) for place, item in enumerate(section.items, 1)]
    return replace(section, items=tuple(items))


def day(value: str | date) -> str:
    """A day in full, 30 September 2026, from a date or from its text in the frozen content."""
    found = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{found.day} {found:%B %Y}"


def taken_out(passage: dict[str, Any]) -> str:
    """That words were taken out of a challenge or an answer after it was published; empty where none were."""
    if "redacted_on" not in passage:
        return ""
    return f"Some words were taken out on {day(passage['redacted_on'])} by {passage['redacted_by']}."


def _challenge(challenge: dict[str, Any]) -> dict[str, Any]:
    responses = [
        {**response, "on": day(response["on"]), "taken_out": taken_out(response)} for response in challenge["responses"]
    ]
    said = {"raised_on": day(challenge["raised_on"]), "taken_out": taken_out(challenge)}
    return {**challenge, **said, "responses": responses}


def _facts(document: dict[str, Any], sections: tuple[Section, ...]) -> Iterator[dict[str, Any]]:
    """Each fact that was drawn from the records, with `shown_at`: the words and the anchor of each place."""
    anchors = places(sections)
    for row in document.get("facts", []):
        shown = dict.fromkeys(anchors[place["section"], place["block"]] for place in row["places"])
        yield {**row, "as_of": day(row["as_of"]), "anchor": tokens.anchor(row["name"]), "shown_at": list(shown)}


def _statement(statement: dict[str, Any], place: int) -> dict[str, Any]:
    """A statement with its blocks ready to show. They carry no numbers: it stands as its author gave it."""
    items = [
        Item(block["type"], "", f"statement-{place}-{number}", _shown(block, str))
        for number, block in enumerate(statement["blocks"], 1)
    ]
    return {**statement, "items": items, "given_on": day(statement["given_on"]), "anchor": f"statement-{place}"}


def _claim(claim: dict[str, Any], anchors: dict[Place, tuple[str, str]], number: int) -> dict[str, Any]:
    """An effect, a priority or an acceptance with its days in full, its anchor and where its passages stand."""
    days = {name: day(claim[name]) for name in ("look_again_on", "on") if claim.get(name)}
    passages = claim.get("effects", [claim] if claim["type"] == "effect" else [])
    found = dict.fromkeys(anchors[passage["section"], passage["block"]] for passage in passages)
    named = [(_within_a_sentence(words), anchor) for words, anchor in found]
    return {**claim, **days, "places": named, "anchor": f"claim-{number}"}


def _within_a_sentence(words: str) -> str:
    """What names a place, for “Effect claimed in …”. Tables and figures keep their capital, as their captions do."""
    return words[:1].lower() + words[1:] if words.startswith(("Paragraph ", "Section ")) else words


def places(sections: Iterable[Section]) -> dict[Place, tuple[str, str]]:
    """For each block by section and place: the words that name it to a reader, and the anchor that leads to it.

    A list that belongs to the paragraph above it is named by that paragraph.
    """
    found = {}
    for section in sections:
        last = (f"Section {section.number}", section.anchor)
        for place, item in enumerate(section.items, 1):
            if item.anchor and item.type != "heading":
                last = (
                    item.number if item.type in ("table", "chart", "picture") else f"Paragraph {item.number}",
                    item.anchor,
                )
            found[section.key, place] = (f"{last[0]} ({section.title})", last[1])
    return found


def numbered(document: dict[str, Any], picture_address: Callable[[str], str] = str) -> list[Section]:
    """The sections of a document with the numbers and anchors that never differ between page and PDF.

    Paragraphs and quotations count (1.1, 1.2, …); a list belongs to the paragraph above it and counts only where there
    is none. Tables, and charts with pictures, are counted through the document.
    """
    counts = _Counts()
    sections = []
    for number, section in enumerate(document["sections"], 1):
        counts.paragraphs = 0
        items = tuple(_items(section["blocks"], number, counts, picture_address))
        sections.append(Section(number, section["key"], section["title"], section["explanation"], items))
    return sections


def numbered_alone(
    section: dict[str, Any], *, number: int, tables: int, figures: int, picture_address: Callable[[str], str] = str
) -> Section:
    """One section with the numbers that it has in its document. `tables`, `figures`: how many stand before it."""
    items = tuple(_items(section["blocks"], number, _Counts(tables, figures), picture_address))
    return Section(number, section["key"], section["title"], section["explanation"], items)


def _items(
    blocks: list[dict[str, Any]], section: int, counts: _Counts, address: Callable[[str], str]
) -> Iterator[Item]:
    before = ""
    for place, block in enumerate(blocks, 1):
        number = anchor = ""
        drawing = ""
        kind = block["type"]
        if kind in ("paragraph", "quotation") or (kind == "list" and before not in ("paragraph", "list")):
            counts.paragraphs += 1
            number, anchor = f"{section}.{counts.paragraphs}", f"p-{section}-{counts.paragraphs}"
        elif kind == "table":
            counts.tables += 1
            number, anchor = f"Table {counts.tables}", f"table-{counts.tables}"
        elif kind in ("chart", "picture"):
            counts.figures += 1
            number, anchor = f"Figure {counts.figures}", f"figure-{counts.figures}"
        elif kind == "heading":
            anchor = f"h-{section}-{place}"
        if kind == "chart":
            drawing = mark_safe(charts.draw(block, anchor))  # noqa: S308 (charts escapes every word it is given)
        yield Item(kind, number, anchor, _shown(block, address), drawing)
        before = kind


def _shown(block: dict[str, Any], address: Callable[[str], str]) -> dict[str, Any]:
    shown = dict(block)
    if block["type"] in ("heading", "paragraph"):
        shown["html"] = _safe(block["html"])
    elif block["type"] == "quotation":
        shown["paragraphs"] = [_safe(paragraph) for paragraph in block["paragraphs"]]
    elif block["type"] == "list":
        shown["items"] = [_shown_item(item) for item in block["items"]]
    elif block["type"] == "table":
        shown["columns"] = [(_safe(cell), side) for cell, side in zip(block["head"], block["align"], strict=True)]
        shown["lines"] = [_line(row, block["align"]) for row in block["rows"]]
    elif block["type"] == "chart":
        shown["lines"] = [(label, charts.worded(number, block["unit"])) for label, number in block["points"]]
    elif block["type"] == "picture":
        shown["address"] = address(block["sha256"])
    return shown


def _shown_item(item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "html": _safe(item["html"]), "items": [_shown_item(inner) for inner in item["items"]]}


def _line(row: list[str], align: list[str]) -> list[tuple[SafeString, str, bool]]:
    """Cells with their side and whether they head their row: the first does, unless it is a figure."""
    cells = zip(row, align, strict=True)
    return [(_safe(cell), side, place == 0 and side == "left") for place, (cell, side) in enumerate(cells)]


def _safe(markup: str) -> SafeString:
    linked = clean_inline(markup).replace("<a href=", '<a class="govuk-link" href=')
    linked = tokens.linked(linked, "govuk-link document-fact")
    return mark_safe(linked)  # noqa: S308 (cleaned by an explicit list of tags just above)
