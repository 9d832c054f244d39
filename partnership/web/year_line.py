"""The partnership year as one drawn line, and the same in words.

Pure: takes a YearLine, gives an SVG string (`svg`) and sentences (`entries`, `sentences`). Shapes and words carry the
meaning, colour none: the drawing uses the colour of the text around it.
"""

import textwrap
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import product
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partnership.web.templatetags.words import day, sentence

State = Literal["done", "due", "late", "planned"]
WIDTH, EDGE, LINE_HEIGHT = 960, 20, 18
LETTER = 8.1  # the mean width of a letter at 15 pixels, rounded up
NEAREST, MONTHS_BELOW = 26, 46  # from the line to the first row of labels, above it and below the names of the months
GAP = 7  # between a stem and a text beside it
ROWS, PATIENCE = 4, 3000  # on each side of the line; how many places are tried before the drawing gives up


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
    """A text and where it stands: below (1) or above (-1) the line, on which row, and on which side of its stem."""

    x: float
    state: str
    heading: list[str]
    rest: list[str]
    side: int = 1
    tier: int = 0
    align: str = "middle"

    @property
    def lines(self) -> list[str]:
        return [*self.heading, *self.rest]

    @cached_property
    def width(self) -> float:
        return max(len(line) for line in self.lines) * LETTER

    @property
    def left(self) -> float:
        beside = {"start": self.x + GAP, "end": self.x - GAP - self.width}
        wanted = beside.get(self.align, self.x - self.width / 2)
        return min(max(wanted, 0), WIDTH - self.width)

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def fits(self) -> bool:
        """A text beside its stem must not be pushed over it by the edge of the drawing."""
        return self.align == "middle" or self.right <= self.x or self.left >= self.x

    def overlaps(self, other: "_Label") -> bool:
        same_row = (self.side, self.tier) == (other.side, other.tier)
        return same_row and self.left < other.right + 14 and other.left < self.right + 14

    def clashes(self, other: "_Label") -> bool:
        """Whether the two texts touch, or the stem of one runs through the text of the other."""
        if self.side != other.side or self.overlaps(other):
            return self.side == other.side
        far, near = (self, other) if self.tier > other.tier else (other, self)
        same_row = self.tier == other.tier
        return near.crossed_by(far) or (same_row and far.crossed_by(near))

    def crossed_by(self, other: "_Label") -> bool:
        return self.left - GAP / 2 < other.x < self.right + GAP / 2


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


@lru_cache(maxsize=256)
def svg(line: YearLine) -> SafeString:
    """The drawing: solid where time has passed, open where it has not, labels that never overlap.

    Empty when the milestones stand too close for that; the words say it then.
    """
    labels = _placed(line)
    if labels is None:
        return SafeString("")
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


def _placed(line: YearLine) -> list[_Label] | None:
    """Every label on as few rows as will do, touching no other; None where there is no room for that."""
    waiting = [
        _Label(
            _x(line, mark.on),
            mark.state,
            textwrap.wrap(mark.label, 24),
            [day(mark.on), *textwrap.wrap(_short(mark), 28)],
        )
        for mark in sorted(line.marks, key=lambda mark: mark.on)
    ]
    if line.start <= line.today <= line.end:
        waiting.append(_Label(_x(line, line.today), "today", ["Today"], [day(line.today)]))
        waiting.sort(key=lambda label: label.x)
    for rows in range(1, ROWS + 1):
        if _fit(waiting, [], rows, [PATIENCE]):
            return waiting
    return None


def _fit(waiting: list[_Label], placed: list[_Label], rows: int, patience: list[int]) -> bool:
    """Find every label a place that clashes with none before it, going back where one finds none."""
    if len(placed) == len(waiting):
        return True
    label = waiting[len(placed)]
    sides = (-1, 1) if label.state == "today" else (1, -1)
    for tier, side, align in product(range(rows), sides, ("middle", "start", "end")):
        label.tier, label.side, label.align = tier, side, align
        patience[0] -= 1
        free = label.fits and not any(label.clashes(other) for other in placed)
        if free and _fit(waiting, [*placed, label], rows, patience):
            return True
        if patience[0] < 0:
            return False
    return False


def _height(labels: list[_Label], side: int, tier: int) -> int:
    lines = [len(label.lines) for label in labels if (label.side, label.tier) == (side, tier)]
    return max(lines) * LINE_HEIGHT + 14 if lines else 0


def _months(line: YearLine, y: float) -> SafeString:
    """A tick and a short name for each month; under the first and under each January the year."""
    firsts = [date(year, month, 1) for year in range(line.start.year, line.end.year + 1) for month in range(1, 13)]
    shown = [first for first in firsts if line.start <= first <= line.end]
    ticks = (
        (
            round(_x(line, on), 1),
            round(y - 5),
            round(_x(line, on) + 3, 1),
            round(y + 20),
            f"{on:%b}",
            round(y + 34),
            on.year if on.month == 1 or on == shown[0] else "",
        )
        for on in shown
    )
    return format_html_join(
        "",
        '<path d="M{0} {1}v10" stroke="currentColor"/><text x="{2}" y="{3}" font-size="12">{4}</text>'
        '<text x="{2}" y="{5}" font-size="12" font-weight="700">{6}</text>',
        ticks,
    )


def _draw(label: _Label, y: float, heights: dict[tuple[int, int], int]) -> SafeString:
    """One milestone: its sign on the line, the stem, the lines of its text."""
    near = sum(heights[label.side, tier] for tier in range(label.tier))
    height = len(label.lines) * LINE_HEIGHT
    top = y + MONTHS_BELOW + near if label.side > 0 else y - NEAREST - near - height + 4
    beside = label.align != "middle"
    close, far = (top - 4, top + height - 4) if label.side > 0 else (top + height, top + 2)
    return format_html(
        '<path d="M{x} {y}V{end}" stroke="currentColor" fill="none"/>{sign}{texts}',
        x=round(label.x, 1),
        y=round(y),
        end=round(far if beside else close),
        sign=_sign(label.state, round(label.x, 1), round(y)),
        texts=_texts(label, top),
    )


def _texts(label: _Label, top: float) -> SafeString:
    """The lines of a label; a white edge keeps them legible where a stem passes behind."""
    x = {"middle": (label.left + label.right) / 2, "start": label.left, "end": label.right}[label.align]
    rows = (
        (
            round(x, 1),
            round(top + 13 + index * LINE_HEIGHT),
            label.align,
            700 if index < len(label.heading) else 400,
            text,
        )
        for index, text in enumerate(label.lines)
    )
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}" font-weight="{}" stroke="#ffffff" stroke-width="4"'
        ' paint-order="stroke">{}</text>',
        rows,
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
