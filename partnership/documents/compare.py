"""What changed between two documents, in words: by section, by word, and figure by figure."""

import difflib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any

from partnership.documents import numbering
from partnership.documents.differences import Figure, Run, SectionDiff
from partnership.documents.numerals import figures_in, has_figure, with_days_in_words

_LOOSE = "In the text"
LONG_LINE = 600  # words; beyond it common words are passed over, or a comparison takes half a minute
_REST = {
    "guidance": "How it meets the guidance",
    "statements": "Independent scrutiny",
    "claims": "Effects and their evidence",
    "facts": "Facts drawn from the records",
    "challenges": "Challenges and answers",
    "correction": "Change note",
    "notes": "Notes",
    "attachments": "Attachments",
}
_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>')
_CELL = " | "  # between the cells of a row that is shown as a line


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[SectionDiff]:
    """Each part of two frozen documents in the new one's order, what was removed last. Nothing visible is left out."""
    before, after = dict(_parts(old)), dict(_parts(new))
    keys = [*after, *(key for key in before if key not in after)]
    return _with_moves([_section(key, before.get(key), after.get(key)) for key in keys])


def _with_moves(sections: list[SectionDiff]) -> list[SectionDiff]:
    """The same, where a figure that left the words of one section and came into another's is told once, as moved."""
    left: dict[str, list[str]] = {}
    for section in sections:
        for row in section.figures:
            if row.where == _LOOSE and not row.after:
                left.setdefault(row.before, []).append(section.title)
    moved: Counter[tuple[str, str]] = Counter()
    arrived = []
    for section in sections:
        rows = []
        for row in section.figures:
            origin = next((title for title in left.get(row.after, []) if title != section.title), None)
            if row.where == _LOOSE and not row.before and origin:
                left[row.after].remove(origin)
                moved[origin, row.after] += 1
                rows.append(Figure(f"Moved here from “{origin}”", row.after, row.after))
            else:
                rows.append(row)
        arrived.append(replace(section, figures=tuple(rows)))
    return [replace(section, figures=tuple(_still_gone(section, moved))) for section in arrived]


def _still_gone(section: SectionDiff, moved: Counter[tuple[str, str]]) -> Iterator[Figure]:
    """The figures of a section without those that are told where they moved to."""
    for row in section.figures:
        if row.where == _LOOSE and not row.after and moved[section.title, row.before]:
            moved[section.title, row.before] -= 1
        else:
            yield row


def texts(title: str, old: str, new: str) -> SectionDiff:
    """What changed between two texts as they were typed, line by line and word by word."""
    before, after = old.splitlines(), new.splitlines()
    lines = tuple(line for line in _diff(before, after) if any(run.text.strip() for run in line))
    return SectionDiff("text", title, "same" if before == after else "changed", lines, ())


def _parts(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Key and content of the front, of each section and of what follows them."""
    front = {key: document[key] for key in ("kind", "kind_title", "title", "area", "period", "edition", "signatories")}
    yield "front", {"title": "Title, period and signatories", "value": front}
    for section in document["sections"]:
        yield f"section {section['key']}", section
    for key, title in _REST.items():
        value = document.get(key, [])
        if key == "correction":
            if value:
                yield key, {"title": title, "value": [_note(value)], "counted": []}
            continue
        if key == "facts":
            # Every fact has a day, and all of them change together: they are read in the lines, and are no figures.
            yield (
                key,
                {"title": title, "value": [_fact(row) for row in value], "counted": [row["value"] for row in value]},
            )
        elif key == "challenges":
            yield key, {"title": title, "value": [_challenge(row) for row in value]}
        else:
            yield key, {"title": title, "value": value}


def _challenge(row: dict[str, Any]) -> dict[str, Any]:
    """A challenge with its answers, where that words were taken out of it is said in the sentence that its reader has."""
    return {**_marked(row), "responses": [_marked(answer) for answer in row.get("responses", [])]}


def _marked(passage: dict[str, Any]) -> dict[str, Any]:
    if not (sentence := numbering.taken_out(passage)):
        return passage
    said = {key: value for key, value in passage.items() if key not in ("redacted_on", "redacted_by")}
    return {**said, "taken_out": sentence}


def _note(row: dict[str, Any]) -> str:
    """A change note as the document says it."""
    return f"{row['nature']} correction of version {row['of_version']}. {row['reason']}"


def _fact(row: dict[str, Any]) -> str:
    """A fact as its row in the document says it; its places change with the text, and are compared there."""
    return f"{row['title']}: {row['value']} · {row['source']}, {row['as_of']}"


def _section(key: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> SectionDiff:
    if before is None:
        status = "added"
    elif after is None:
        status = "removed"
    else:
        status = "same" if _exact(before) == _exact(after) else "changed"
    old, new = _lines(before or {}), _lines(after or {})
    title = (after or before or {})["title"]
    return SectionDiff(key.removeprefix("section "), title, status, tuple(_diff(old, new)), _figures(before, after))


def _exact(part: dict[str, Any]) -> str:
    return json.dumps(part, sort_keys=True)


def _plain(markup: str) -> str:
    return unescape(_TAG.sub("", _LINK.sub(r"\2 (\1)", markup.replace("<br>", " "))))


def _lines(part: dict[str, Any]) -> list[str]:
    """A section as lines of plain text: one for each paragraph, item, row or point."""
    if "value" in part:
        return [line for line in _texts(part["value"]) if line]
    found = [part["title"]] if part else []
    for block in part.get("blocks", []):
        found += _block_lines(block)
    return [line for line in [*found, part.get("explanation", "")] if line]


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        inner = [text for key in sorted(value) for text in _texts(value[key])]
        return [" · ".join(inner)] if all(isinstance(part, str | int) for part in value.values()) else inner
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [with_days_in_words(str(value))] if value not in (None, "") else []


def _block_lines(block: dict[str, Any]) -> list[str]:
    kind = block["type"]
    if kind in ("heading", "paragraph"):
        return [_plain(block["html"])]
    if kind == "quotation":
        return [_plain(paragraph) for paragraph in block["paragraphs"]]
    if kind == "list":
        return [line for item in block["items"] for line in _item_lines(item)]
    if kind == "table":
        rows = [_CELL.join(_plain(cell) for cell in row) for row in [block["head"], *block["rows"]]]
        return [block["caption"], *rows, block["source"]]
    if kind == "chart":
        points = [f"{label}: {number}" for label, number in block["points"]]
        return [f"{block['title']} ({block['unit']})".replace(" ()", ""), *points, block["source"]]
    return [f"Picture: {block['alt']}", block["caption"]]


def words_of(block: dict[str, Any]) -> str:
    """The words of a block without their form, a line for each paragraph, item, row or point."""
    return "\n".join(line for line in _block_lines(block) if line)


def _item_lines(item: dict[str, Any]) -> list[str]:
    return [_plain(item["html"]), *(line for inner in item["items"] for line in _item_lines(inner))]


def _diff(old: list[str], new: list[str]) -> Iterator[tuple[Run, ...]]:
    """First line by line, then word by word within lines that were replaced: quick, and it reads well."""
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace":
            paired = min(i2 - i1, j2 - j1)
            yield from (tuple(_words(a, b)) for a, b in zip(old[i1:i2], new[j1:j2], strict=False))
        else:
            paired = 0
        if tag == "equal":
            yield from ((Run("same", line),) for line in old[i1:i2])
        else:
            yield from ((Run("removed", line),) for line in old[i1 + paired : i2])
            yield from ((Run("added", line),) for line in new[j1 + paired : j2])


def _words(old: str, new: str) -> Iterator[Run]:
    """Word by word; the rows of a table cell by cell, so that a cell's words stay within its bounds."""
    cells, others = old.split(_CELL), new.split(_CELL)
    if len(cells) == 1 or len(cells) != len(others):
        yield from _changed(old, new)
        return
    for place, (cell, other) in enumerate(zip(cells, others, strict=True)):
        if place:
            yield Run("same", _CELL.strip())
        yield from [Run("same", cell)] if cell == other else _changed(cell, other)


def _changed(old: str, new: str) -> Iterator[Run]:
    before, after = old.split(), new.split()
    long = len(before) > LONG_LINE or len(after) > LONG_LINE
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=long)
    if matcher.quick_ratio() < 0.3:  # other text altogether: a patchwork of common words would not be read
        yield from (run for run in (Run("removed", old), Run("added", new)) if run.text)
        return
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Run("same", " ".join(before[i1:i2]))
        else:
            if i1 < i2:
                yield Run("removed", " ".join(before[i1:i2]))
            if j1 < j2:
                yield Run("added", " ".join(after[j1:j2]))


def _figures(before: dict[str, Any] | None, after: dict[str, Any] | None) -> tuple[Figure, ...]:
    old, new = _placed(before or {}), _placed(after or {})
    places = [*new, *(where for where in old if where not in new)]
    found = [Figure(where, old.get(where, ""), new.get(where, "")) for where in places]
    listed = [figure for figure in found if figure.before != figure.after]
    gone, come = _loose(before or {}), _loose(after or {})
    listed += [Figure(_LOOSE, number, "") for number in (gone - come).elements()]
    return (*listed, *(Figure(_LOOSE, "", number) for number in (come - gone).elements()))


def _placed(part: dict[str, Any]) -> dict[str, str]:
    """The figures of tables and charts by their place: “Contacts by quarter, April to June, Number”.

    Places of the same name are told apart by their order, so that no figure hides another.
    """
    found: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for where, figure in _in_place(part):
        seen[where] += 1
        found[where if seen[where] == 1 else f"{where} (number {seen[where]} of this name)"] = figure
    return found


def _in_place(part: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for block in part.get("blocks", []):
        if block["type"] == "chart":
            yield from ((f"{block['title']}, {label}", number) for label, number in block["points"])
        elif block["type"] == "table":
            for row in block["rows"]:
                cells = [(_plain(column), _plain(cell)) for column, cell in zip(block["head"], row, strict=False)]
                name = cells[0][1] if cells else ""
                figures = [(column, cell) for column, cell in cells[1:] if has_figure(cell)]
                yield from ((f"{block['caption']}, {name}, {column}", cell) for column, cell in figures)


def _loose(part: dict[str, Any]) -> Counter[str]:
    """The figures within sentences, each as often as it stands there."""
    words = [
        block for block in part.get("blocks", []) if block["type"] in ("paragraph", "list", "quotation", "heading")
    ]
    lines = [line for block in words for line in _block_lines(block)]
    lines += [part.get("explanation", ""), *_texts(part.get("counted", part.get("value")))]
    return Counter(figure for line in lines for figure in figures_in(line))
