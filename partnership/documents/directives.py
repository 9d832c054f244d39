"""What writers put into a section besides text: charts, pictures and the partnership's own figures."""

import difflib
import html
import re
from dataclasses import dataclass
from typing import Any, Protocol

from partnership.documents.cleaning import fold
from partnership.documents.kinds import Fact

Block = dict[str, Any]
CHART_KINDS = ("bar", "line", "share")
MOST_POINTS = 24
MOST_NEAR = 5
_NUMBER = re.compile(r"(-?)£?(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,6})?%?")
_DIRECTIVE = re.compile(r"\[\[([^\[\]]*)\]\]")


@dataclass(frozen=True)
class Problem:
    """What a writer must mend: a sentence, the line of their text and the block it stands in (if it became one)."""

    message: str
    line: int = 1
    block_index: int | None = None


class Resolver(Protocol):
    """Where pictures and figures come from. All values are plain text, not HTML.

    That of a document's sections also has `fact` and `fact_names`, for the single facts that tokens stand for.
    """

    def picture(self, number: int) -> dict[str, Any] | None:
        """sha256, alt, caption, width and height of the document's picture of this number."""

    def figures(self, name: str) -> dict[str, Any] | None:
        """caption, head, rows, align and source of a table that the partnership's own figures make."""

    def names(self) -> list[str]:
        """The names that `figures` knows."""


def is_directive(line: str) -> bool:
    """Whether a line is a directive and nothing else."""
    return bool(_DIRECTIVE.fullmatch(line.strip()))


def holds_directive(text: str) -> bool:
    """Whether a directive stands somewhere within a text."""
    return bool(_DIRECTIVE.search(text))


def resolve(line: str, resolver: Resolver) -> Block | str:
    """The block that a directive stands for, or the sentence that says why there is none."""
    words = fold(line.strip()[2:-2]).casefold().split()
    if words[:1] == ["picture"]:
        return _picture(words[1:], resolver)
    if words[:1] == ["figures"]:
        words = words[1:]
    name = " ".join(words)
    table = resolver.figures(name) if name else None
    if table is None:
        known = ", ".join(f"[[{known}]]" for known in resolver.names()) or "none yet"
        return f"There are no figures called “{name}”. You can use: {known}."
    return _figures(name, table)


NO_PLACE_FOR_A_FACT = (
    "What stands in two curly brackets is drawn from the records. It can stand in a paragraph, a list or a cell of a "
    "table, outside links, on one line and closed by two curly brackets. To show two curly brackets themselves, put a "
    "backslash before the first: \\{{."
)


STANDS_AS_WORDS = (
    "{written} stands as words here, and draws nothing from the records. "
    "Take out the backslashes, or write something else."
)


def is_known(written: str, resolver: Resolver) -> bool:
    """Whether `{{a fact}}`, `[[a table]]` or `[[picture 1]]` stands for something in a document."""
    name = fold(written[2:-2]).casefold()
    if not is_directive(written):
        names = getattr(resolver, "fact_names", None)  # a text that is no section of a document draws on nothing
        return name in names() if names else False
    kind, _, number = name.partition(" ")
    if kind == "picture" and number.isdecimal():
        return resolver.picture(int(number)) is not None
    return name.removeprefix("figures ") in resolver.names()


def nothing_for(name: str, fact: Fact | None, known: list[str]) -> str:
    """Why nothing can stand for a token, as a sentence. `known`: the names of the facts that there are."""
    if fact is not None:
        return f"{{{{{name}}}}} has nothing to say: {fact.title[:1].lower()}{fact.title[1:]}, {fact.missing}."
    if not known:
        return f"There is no fact called “{name}”. This text cannot draw on the records."
    near = [f"{{{{{one}}}}}" for one in nearest(name, known)]
    hint = f"Did you mean {' or '.join(near)}?" if near else "They are listed with “How to write …”, under the text."
    return f"There is no fact called “{name}”. {hint}"


def nearest(name: str, known: list[str]) -> list[str]:
    """The known names that somebody may have meant: first those that begin with the same word, or else those written alike."""
    typed = name.split()
    alike = [one for one in known if typed and one.split()[:1] == typed[:1]]
    if not alike:
        return difflib.get_close_matches(name, known, MOST_NEAR)

    def nearness(one: str) -> tuple[int, int, float]:
        words = one.split()
        same = next(
            (place for place, pair in enumerate(zip(typed, words, strict=False)) if pair[0] != pair[1]), len(typed)
        )
        held = sum(word in one for word in typed[same:])
        return same, held, difflib.SequenceMatcher(None, name, one).ratio()

    return sorted(alike, key=nearness, reverse=True)[:MOST_NEAR]


def _picture(words: list[str], resolver: Resolver) -> Block | str:
    if len(words) != 1 or not words[0].isascii() or not words[0].isdigit() or len(words[0]) > 6:
        return "Name a picture by its number, for example [[picture 1]]."
    picture = resolver.picture(int(words[0]))
    if picture is None:
        return f"There is no picture {int(words[0])} in this document. Upload it, or correct the number."
    if not fold(picture["alt"]):
        return f"Picture {int(words[0])} has no alternative text. Say what it shows for people who cannot see it."
    return {
        "type": "picture",
        "sha256": picture["sha256"],
        "alt": fold(picture["alt"]),
        "caption": fold(picture.get("caption", "")),
        "width": picture["width"],
        "height": picture["height"],
    }


def _figures(name: str, table: dict[str, Any]) -> Block:
    def escaped(cells: Any) -> list[str]:
        return [html.escape(fold(str(cell)), quote=False) for cell in cells]

    return {
        "type": "table",
        "caption": fold(table["caption"]),
        "head": escaped(table["head"]),
        "rows": [escaped(row) for row in table["rows"]],
        "align": list(table.get("align") or ["left"] + ["right"] * (len(table["head"]) - 1)),
        "source": fold(table.get("source", "")),
        "figures": name,
    }


def read_chart(text: str, first_line: int) -> tuple[Block, tuple[Problem, ...]]:
    """A chart from the lines of its fenced block; `first_line` is the line number of the first of them."""
    chart: Block = {"type": "chart", "kind": "", "title": "", "unit": "", "source": "", "points": []}
    problems: list[Problem] = []
    for line, content in enumerate(text.split("\n"), first_line):
        if content.strip() and (sentence := _read_line(content, chart)):
            problems.append(Problem(sentence, line))
    start = max(first_line - 1, 1)
    problems += [Problem(sentence, start) for sentence in _chart_faults(chart, whole=not problems)]
    return chart, tuple(problems)


def _read_line(content: str, chart: Block) -> str:
    label, colon, value = (fold(part) for part in content.rpartition(":"))
    key, _, text = (fold(part) for part in content.partition(":"))
    if key.casefold() in ("title", "kind", "unit", "source"):
        if chart[key.casefold()]:
            return f"This chart has two lines that start with “{key}:”. Keep one."
        chart[key.casefold()] = text
        return ""
    number = _NUMBER.fullmatch(value)
    if not colon or not label or not number:
        return f"This line of the chart is not “Label: number”: “{fold(content)[:60]}”."
    if label in [point[0] for point in chart["points"]]:
        return f"The label “{label[:60]}” stands twice in this chart."
    chart["points"].append([label, plain_number(number)])
    return ""


def plain_number(match: re.Match[str]) -> str:
    """A matched figure without pound sign, commas and needless zeros: “£1,234.50” is “1234.5”."""
    whole = match[2].replace(",", "").lstrip("0") or "0"
    fraction = (match[3] or "").rstrip("0").rstrip(".")
    sign = match[1] if whole + fraction != "0" else ""
    return f"{sign}{whole}{fraction}"


def _chart_faults(chart: Block, *, whole: bool) -> list[str]:
    """What is wrong with a chart as one; with lines that could not be read, missing figures are no news."""
    numbers = [number for _, number in chart["points"]]
    faults = []
    if not chart["title"]:
        faults.append("Give this chart a title: a line “title: …”.")
    chart["kind"] = chart["kind"].casefold()
    if chart["kind"] not in CHART_KINDS:
        faults.append("Say what kind of chart this is: “kind: bar”, “kind: line” or “kind: share”.")
    if whole and len(numbers) < 2:
        faults.append("A chart needs at least two lines “Label: number”.")
    if len(numbers) > MOST_POINTS:
        faults.append(f"A chart can show at most {MOST_POINTS} figures. Use a table for more.")
    if chart["kind"] in ("bar", "share") and any(number.startswith("-") for number in numbers):
        faults.append("Bars and shares cannot show figures below zero. Use a line chart or a table.")
    if chart["kind"] == "share" and numbers and all(number in ("0", "-0") for number in numbers):
        faults.append("The figures of a share chart add up to nothing, so it has no shares to show.")
    return faults
