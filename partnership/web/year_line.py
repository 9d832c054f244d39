"""The partnership year as one drawn line, and the same in words.

Pure: takes a YearLine, gives an SVG string (`svg`) and sentences (`entries`, `sentences`). Shapes and words carry the
meaning, colour none: the drawing uses the colour of the text around it.
"""

import textwrap
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partnership.web.templatetags.words import day, sentence

State = Literal["done", "due", "late", "planned"]
WIDTH, EDGE, LINE_HEIGHT, LETTER = (
    960,
    20,
    18,
    8.1,
)  # LETTER: the mean width of a letter at 15 pixels, rounded up
NEAREST, MONTHS_BELOW = (
    24,
    36,
)  # from the line to the first row of labels, above it and below the names of the months


@dataclass(frozen=True)
class Mark:
    """One milestone: the day, what it is, how it stands, and the office that holds the turn."""

    on: date
    label: str
    state: State
    holder: str = ""


@dataclass(frozen=True)
class YearLine:
    """A stretch of time with its milestones, seen from `today`."""

    start: date
    end: date
    today: date
    marks: tuple[Mark, ...] = ()


@dataclass
class _Label:
    x: float
    lines: list[str]
    state: str
    side: int = 1
    tier: int = 0
    left: float = field(init=False)
    right: float = field(init=False)

    def __post_init__(self) -> None:
        width = max(len(line) for line in self.lines) * LETTER
        self.left = min(max(self.x - width / 2, 0), WIDTH - width)
        self.right = self.left + width

    def clashes(self, other: "_Label") -> bool:
        """Whether the two texts touch, or the stem of one runs through the text of the other."""
        if self.side != other.side:
            return False
        if self.tier == other.tier:
            return self.left < other.right + 16 and other.left < self.right + 16
        far, near = (self, other) if self.tier > other.tier else (other, self)
        return near.left - 6 < far.x < near.right + 6


def entries(line: YearLine) -> list[dict[str, str]]:
    """The milestones in words with their states, in order of time, and today among them."""
    told = [(mark.on, 1, {"state": mark.state, "sentence": _tell(mark, line.today)}) for mark in line.marks]
    if line.start <= line.today <= line.end:
        told.append(
            (
                line.today,
                0,
                {"state": "today", "sentence": f"Today is {day(line.today)}."},
            )
        )
    return [entry for _, _, entry in sorted(told, key=lambda row: row[:2])]


def sentences(line: YearLine) -> list[str]:
    """The whole line in words."""
    span = f"The line runs from {day(line.start)} to {day(line.end)}."
    return [span, *(entry["sentence"] for entry in entries(line))]


def svg(line: YearLine) -> SafeString:
    """The drawing: solid where time has passed, open where it has not, labels that never overlap."""
    labels = _placed(line)
    heights = {(side, tier): _height(labels, side, tier) for side in (-1, 1) for tier in range(len(labels) + 1)}
    above = NEAREST + sum(height for (side, _), height in heights.items() if side < 0)
    below = MONTHS_BELOW + sum(height for (side, _), height in heights.items() if side > 0)
    today = _x(line, line.today)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" focusable="false"'
        ' fill="currentColor" font-size="15">{months}'
        '<path d="M{a} {y}H{b}" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="2 6"/>'
        '<path d="M{a} {y}H{today}" fill="none" stroke="currentColor" stroke-width="6"/>{labels}</svg>',
        w=WIDTH,
        h=round(above + below),
        y=round(above),
        a=EDGE,
        b=WIDTH - EDGE,
        today=round(min(max(today, EDGE), WIDTH - EDGE), 1),
        months=_months(line, above),
        labels=format_html_join("", "{}", ((_draw(label, above, heights),) for label in labels)),
    )


def _x(line: YearLine, on: date) -> float:
    days = (line.end - line.start).days or 1
    share = min(max((on - line.start).days / days, 0), 1)
    return EDGE + share * (WIDTH - 2 * EDGE)


def _tell(mark: Mark, today: date) -> str:
    """One milestone as a sentence or two."""
    days = (mark.on - today).days
    late = f"was due on {day(mark.on)}, {_days(-days)} ago, and is late" if days < 0 else f"is late for {day(mark.on)}"
    how = {
        "done": f"done, {day(mark.on)}",
        "due": f"due on {day(mark.on)}" + (f", in {_days(days)}" if days > 0 else ""),
        "late": late,
        "planned": f"planned for {day(mark.on)}",
    }[mark.state]
    holder = f" Held by: {mark.holder}." if mark.holder else ""
    return sentence(f"{mark.label}: {how}") + holder


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _short(mark: Mark) -> str:
    """The last line of a label in the drawing."""
    word = {"done": "Done", "due": "Due", "late": "Late", "planned": "Planned"}[mark.state]
    return f"{word}: {mark.holder}" if mark.holder else word


def _placed(line: YearLine) -> list[_Label]:
    """Every label on the first row, below or above, where it touches no other. Today goes first."""
    waiting = [
        _Label(
            _x(line, mark.on),
            [
                *textwrap.wrap(mark.label, 24),
                day(mark.on),
                *textwrap.wrap(_short(mark), 28),
            ],
            mark.state,
        )
        for mark in sorted(line.marks, key=lambda mark: mark.on)
    ]
    if line.start <= line.today <= line.end:
        waiting.insert(0, _Label(_x(line, line.today), ["Today", day(line.today)], "today"))
    placed: list[_Label] = []
    for label in waiting:
        sides = (-1, 1) if label.state == "today" else (1, -1)
        places = ((side, tier) for tier in range(len(waiting) + 1) for side in sides)
        for label.side, label.tier in places:
            if not any(label.clashes(other) for other in placed):
                break
        placed.append(label)
    return placed


def _height(labels: list[_Label], side: int, tier: int) -> int:
    lines = [len(label.lines) for label in labels if (label.side, label.tier) == (side, tier)]
    return max(lines) * LINE_HEIGHT + 14 if lines else 0


def _months(line: YearLine, y: float) -> SafeString:
    """A tick and a short name for each month, the year at April and January."""
    firsts = [date(year, month, 1) for year in range(line.start.year, line.end.year + 1) for month in range(1, 13)]
    shown = [first for first in firsts if line.start <= first <= line.end]
    ticks = (
        (
            round(_x(line, on), 1),
            round(y - 5),
            round(y + 18),
            round(_x(line, on) + 3, 1),
            _month(on, line.start),
        )
        for on in shown
    )
    return format_html_join(
        "",
        '<path d="M{0} {1}v10" stroke="currentColor"/><text x="{3}" y="{2}" font-size="12">{4}</text>',
        ticks,
    )


def _month(on: date, start: date) -> str:
    return f"{on:%b} {on:%Y}" if on.month == 1 or on == start else f"{on:%b}"


def _draw(label: _Label, y: float, heights: dict[tuple[int, int], int]) -> SafeString:
    """One milestone: its sign on the line, the stem, the lines of its text."""
    near = sum(heights[label.side, tier] for tier in range(label.tier))
    if label.side > 0:
        top = y + MONTHS_BELOW + near
        stem_end = top - 4
    else:
        top = y - NEAREST - near - len(label.lines) * LINE_HEIGHT + 4
        stem_end = y - NEAREST - near + 6
    middle = (label.left + label.right) / 2
    texts = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle" font-weight="{}">{}</text>',
        (
            (
                round(middle, 1),
                round(top + 13 + index * LINE_HEIGHT),
                700 if index == 0 else 400,
                text,
            )
            for index, text in enumerate(label.lines)
        ),
    )
    return format_html(
        '<path d="M{x} {y}V{end}" stroke="currentColor" fill="none"/>{sign}{texts}',
        x=round(label.x, 1),
        y=round(y),
        end=round(stem_end),
        sign=_sign(label.state, round(label.x, 1), round(y)),
        texts=texts,
    )


def _sign(state: str, x: float, y: float) -> SafeString:
    """Done: full disc. Due: ring. Planned: small ring. Late: full square on its corner. Today: bar."""
    shapes = {
        "done": '<circle cx="{x}" cy="{y}" r="8"/>',
        "due": '<circle cx="{x}" cy="{y}" r="8" fill="#ffffff" stroke="currentColor" stroke-width="4"/>',
        "planned": '<circle cx="{x}" cy="{y}" r="5" fill="#ffffff" stroke="currentColor" stroke-width="2"/>',
        "late": '<path d="M{x} {y}m0 -11l11 11l-11 11l-11 -11z"/>',
        "today": '<path d="M{x} {y}m0 -14v28" stroke="currentColor" stroke-width="4"/>',
    }
    return format_html(shapes[state], x=x, y=y)
