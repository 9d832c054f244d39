"""Charts as SVG drawn here: bars, lines and shares with their figures written beside them.

Only presentation attributes are used, so the strictest content security policy holds, and the same drawing stands in
the PDF. Each figure is written in words next to its shape; colour carries nothing alone. The table that must follow a
chart is the template's. Text is 14 units in a drawing 300 wide, so it can be read on a screen of 320 pixels.
"""

from decimal import Decimal
from html import escape
from typing import Any

WIDTH = 300
INK, SHAPE, PALE = "#16191a", "#0b4a4f", "#dfe9ea"
_FONT = 'font-family="Atkinson Hyperlegible Next, sans-serif" font-size="14"'
MOST_LINE_LABELS = 8
BOLD = 11  # the width of a bold figure at most; the sign of per cent is wider, and stands once


def draw(chart: dict[str, Any], name: str) -> str:
    """The SVG of a chart block; `name` makes the identifiers of its title and description unlike any other's."""
    points = [(label, Decimal(number)) for label, number in chart["points"]]
    shapes, height = _DRAWERS[chart["kind"]](points, chart["unit"])
    title, described = escape(chart["title"]), escape(description(chart))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" aria-labelledby="{name}-title {name}-desc" {_FONT} fill="{INK}">'
        f'<title id="{name}-title">{title}. {described}</title><desc id="{name}-desc">{described}</desc>'
        f"{''.join(shapes)}</svg>"
    )


def description(chart: dict[str, Any]) -> str:
    """What the chart shows, in one or two sentences, for those who cannot see it."""
    points = [(label, Decimal(number)) for label, number in chart["points"]]
    kind = {"bar": "Bar chart", "line": "Line chart", "share": "Shares of a whole"}[chart["kind"]]
    low, high = min(points, key=lambda p: p[1]), max(points, key=lambda p: p[1])
    words = f"{kind} of {len(points)} figures"
    if chart["kind"] == "line":
        first, last = points[0], points[-1]
        words += f", from {_worded(first[1], chart['unit'])} ({first[0]})"
        words += f" to {_worded(last[1], chart['unit'])} ({last[0]})"
    return (
        f"{words}. Highest: {high[0]}, {_worded(high[1], chart['unit'])}. "
        f"Lowest: {low[0]}, {_worded(low[1], chart['unit'])}. The table after it has every figure."
    )


def worded(number: str, unit: str) -> str:
    """A figure with its thousands marked and its unit where English puts it: £1,300, 12%, 40 children."""
    return _worded(Decimal(number), unit)


def _worded(number: Decimal, unit: str) -> str:
    sign, figure = ("\u2212" if number < 0 else ""), f"{abs(number):,f}"
    if unit in ("£", "€"):
        return f"{sign}{unit}{figure}"
    return f"{sign}{figure}{unit}" if unit == "%" else f"{sign}{figure} {unit}".strip()


def _text(x: float, y: float, words: str, anchor: str = "start", weight: str = "400") -> str:
    return f'<text x="{_at(x)}" y="{_at(y)}" text-anchor="{anchor}" font-weight="{weight}">{escape(words)}</text>'


def _rectangle(x: float, y: float, width: float, height: float, *, fill: str, stroke: str = "none") -> str:
    return (
        f'<rect x="{_at(x)}" y="{_at(y)}" width="{_at(width)}" height="{_at(height)}" '
        f'fill="{fill}" stroke="{stroke}" class="chart-{"shape" if fill == SHAPE else "ground"}"/>'
    )


def _at(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _cut(words: str, most: int = 38) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _bars(points: list[tuple[str, Decimal]], unit: str) -> tuple[list[str], int]:
    """All to one scale, each with its figure after it; figures that leave the bars too little room stand above them."""
    highest = max(number for _, number in points) or Decimal(1)
    figures = [_worded(number, unit) for _, number in points]
    room = WIDTH - 10 - BOLD * max(map(len, figures))
    is_beside = room >= WIDTH / 3
    step, shapes = (48, []) if is_beside else (68, [])
    for row, ((label, number), words) in enumerate(zip(points, figures, strict=True)):
        top = row * step
        length = max(float(number / highest) * (room if is_beside else WIDTH), 1)
        shapes.append(_text(0, top + 14, _cut(label)))
        shapes.append(_rectangle(0, top + step - 28, length, 18, fill=SHAPE))
        x, y = (length + 6, top + 34) if is_beside else (0, top + 32)
        shapes.append(_text(x, y, words, weight="700"))
    return shapes, len(points) * step


def _shares(points: list[tuple[str, Decimal]], unit: str) -> tuple[list[str], int]:
    """Each part as a filled length of the whole: the empty track is what the others have."""
    whole = sum((number for _, number in points), Decimal(0))
    shapes = []
    for row, (label, number) in enumerate(points):
        top, part = row * 68, number / whole
        percent = f"{(part * 100).quantize(Decimal('0.1')):f}%"
        words = percent if unit == "%" else f"{percent} ({_worded(number, unit)})"
        shapes.append(_text(0, top + 14, _cut(label)))
        shapes.append(_text(0, top + 32, words, weight="700"))
        shapes.append(_rectangle(0.5, top + 38, WIDTH - 1, 18, fill=PALE, stroke=SHAPE))
        shapes.append(_rectangle(0.5, top + 38, float(part) * (WIDTH - 1), 18, fill=SHAPE))
    return shapes, len(points) * 68


def _line(points: list[tuple[str, Decimal]], unit: str) -> tuple[list[str], int]:
    """Points joined in their order. With many, only the first, last, highest and lowest are written out."""
    numbers = [number for _, number in points]
    low, high = min(*numbers, Decimal(0)), max(*numbers, Decimal(0))
    span = (high - low) or Decimal(1)
    left, right, top, bottom = 24, WIDTH - 24, 30, 190
    places = [
        (left + (right - left) * step / (len(points) - 1), bottom - float((number - low) / span) * (bottom - top))
        for step, number in enumerate(numbers)
    ]
    ground = bottom - float((0 - low) / span) * (bottom - top)
    path = " ".join(f"{_at(x)},{_at(y)}" for x, y in places)
    shapes = [
        f'<line x1="0" y1="{_at(ground)}" x2="{WIDTH}" y2="{_at(ground)}" stroke="{INK}" class="chart-axis"/>',
        f'<polyline points="{path}" fill="none" stroke="{SHAPE}" stroke-width="3" class="chart-line"/>',
    ]
    shapes += [f'<circle cx="{_at(x)}" cy="{_at(y)}" r="4.5" fill="{SHAPE}" class="chart-shape"/>' for x, y in places]
    return shapes + _line_labels(points, places, unit), 190 + 46 + 20 * len(_written(points))


def _written(points: list[tuple[str, Decimal]]) -> list[int]:
    """The places of the points that are written out."""
    if len(points) <= MOST_LINE_LABELS:
        return list(range(len(points)))
    numbers = [number for _, number in points]
    return sorted({0, len(points) - 1, numbers.index(max(numbers)), numbers.index(min(numbers))})


def _line_labels(points: list[tuple[str, Decimal]], places: list[tuple[float, float]], unit: str) -> list[str]:
    """The value at each written point, a key under it, and beneath the drawing what each key means."""
    shapes = []
    for key, place in enumerate(_written(points), 1):
        (x, y), (label, number) = places[place], points[place]
        words = _worded(number, unit)
        shapes.append(_text(x, y - 10, _worded(number, ""), "middle", "700"))
        shapes.append(_text(x, 190 + 18, f"{key}.", "middle"))
        row = 190 + 44 + 20 * (key - 1)
        shapes.append(_text(0, row, f"{key}. {_cut(label, 35 - len(words))}"))
        shapes.append(_text(WIDTH, row, words, "end", "700"))
    return shapes


_DRAWERS = {"bar": _bars, "line": _line, "share": _shares}
