"""Words of a PDF that the eye does not see and that anybody can read out: beside the page, invisible, under a black box.

A cheap look, not a renderer: what is drawn straight onto a page and in the forms that it draws. It does not see white words
on white, nor what a picture hides.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, StreamObject

from partnership.errors import Incomplete

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Box = tuple[float, float, float, float]

SAME: Matrix = (1, 0, 0, 1, 0, 0)
MOST_STEPS, DEEPEST = 400_000, 8
DARK = 0.25
_NOT_DRAWN = {3, 7}  # ways of drawing letters that leave no mark on the page
_SHOWS = {b"Tj", b"TJ", b"'", b'"'}
_FILLS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
_ENDS_PATH = {*_FILLS, b"S", b"s", b"n"}
COVERED = (
    "Words on page {page} lie under a black box and can still be read by everybody who gets the file. Take the words out, "
    "do not cover them."
)
BESIDE = "It holds words beside the page, on page {page}. Nobody sees them, and everybody can read them out."
INVISIBLE = (
    "It holds invisible words, as scanned pages do, from page {page} on. Look whether they say what the pages show."
)
TOO_LONG = "It is too long for all of it to be searched for words that cannot be seen."


@dataclass
class _State:
    at: Matrix = SAME
    way: int = 0
    size: float = 1
    is_dark: bool = True  # a page begins with black


@dataclass
class _Seen:
    """What a walk over one page finds."""

    box: Box
    drawn: list[Point] = field(default_factory=list)
    is_beside: bool = False
    is_invisible: bool = False
    is_covered: bool = False


class _Budget:
    def __init__(self) -> None:
        self.left = MOST_STEPS

    def spend(self) -> bool:
        self.left -= 1
        return self.left >= 0


def sentences(reader: PdfReader) -> list[str]:
    """A sentence for each kind of unseen words. Raises Incomplete for words that were covered rather than taken out."""
    found, budget = dict[str, str](), _Budget()
    for number, page in enumerate(reader.pages, start=1):
        box = page.cropbox
        edges = (float(box.left), float(box.bottom), float(box.right), float(box.top))
        seen = _Seen((min(edges[0::2]), min(edges[1::2]), max(edges[0::2]), max(edges[1::2])))
        content = page.get_contents()
        if content is not None:
            _Walk(reader, seen, budget).over(content, page.get("/Resources"), SAME, 0)
        if seen.is_covered:
            raise Incomplete(COVERED.format(page=number))
        if seen.is_beside:
            found.setdefault("beside", BESIDE.format(page=number))
        if seen.is_invisible:
            found.setdefault("invisible", INVISIBLE.format(page=number))
    return [*found.values(), *([TOO_LONG] if budget.left < 0 else [])]


class _Walk:
    """Follows what a page draws, in its order, as far as it has to be known where words stand."""

    def __init__(self, reader: PdfReader, seen: _Seen, budget: _Budget) -> None:
        self.reader, self.seen, self.budget = reader, seen, budget
        self.boxes: list[Box] = []

    def over(self, content: Any, resources: Any, at: Matrix, depth: int) -> None:
        """One stream of drawing steps."""
        stream = content if isinstance(content, ContentStream) else ContentStream(content, self.reader)
        now, kept, line = _State(at), list[_State](), SAME
        for given, step in stream.operations:
            if not self.budget.spend():
                return
            if step == b"q":
                kept.append(replace(now))
            elif step == b"Q":
                now = kept.pop() if kept else now
            elif step == b"Do":
                self.form(given[0], resources, now.at, depth)
            elif step in _SHOWS:
                line = _times((1, 0, 0, 1, 0, -now.size), line) if step in {b"'", b'"'} else line
                self.words(given, _times(line, now.at), now)
            else:
                line = _moved(given, step, line)
                self.path(given, step, now)
                _look(given, step, now)

    def path(self, given: Any, step: bytes, now: _State) -> None:
        """A rectangle, or what is done with those that were said so far."""
        if step == b"re":
            self.boxes.append(_rectangle(given, now.at))
        elif step in _ENDS_PATH:
            self.fill(self.boxes if step in _FILLS and now.is_dark else [])
            self.boxes = []

    def form(self, name: Any, resources: Any, at: Matrix, depth: int) -> None:
        """Another stream that is drawn here by its name."""
        held = _got(_got(_got(resources) or {}).get("/XObject")) or {}
        drawn = _got(held.get(name))
        if not isinstance(drawn, StreamObject) or drawn.get("/Subtype") != "/Form" or depth >= DEEPEST:
            return
        own = _matrix(_got(drawn.get("/Matrix")) or SAME)
        self.over(drawn, drawn.get("/Resources", resources), _times(own, at), depth + 1)

    def words(self, given: Any, at: Matrix, now: _State) -> None:
        text = [part for part in (given[-1] if isinstance(given[-1], ArrayObject) else [given[-1]]) if _is_text(part)]
        if not text:
            return
        x, y = at[4], at[5]
        tall = now.size * max(abs(at[0]), abs(at[1]), abs(at[2]), abs(at[3]))
        long = tall * sum(len(part) for part in text)
        left, bottom, right, top = self.seen.box
        if now.way in _NOT_DRAWN:
            self.seen.is_invisible = True
        elif x > right or x + long < left or y > top or y + max(tall, long) < bottom:
            self.seen.is_beside = True
        else:
            self.seen.drawn.append((x + tall / 4, y + tall / 4))

    def fill(self, boxes: list[Box]) -> None:
        for left, bottom, right, top in boxes:
            if any(left <= x <= right and bottom <= y <= top for x, y in self.seen.drawn):
                self.seen.is_covered = True


def _got(value: Any) -> Any:
    found = value.get_object() if hasattr(value, "get_object") else value
    return found if isinstance(found, DictionaryObject | ArrayObject) else None


def _is_text(part: Any) -> bool:
    return isinstance(part, str | bytes) and bool(part.strip())


def _look(given: Any, step: bytes, now: _State) -> None:
    """Where things are drawn, how letters are, how large, and whether what is filled is dark."""
    if step == b"cm":
        now.at = _times(_matrix(given), now.at)
    elif step == b"Tr":
        now.way = int(given[0])
    elif step == b"Tf":
        now.size = abs(float(given[1]))
    elif step in {b"g", b"rg", b"sc", b"scn"}:
        shades = list(_numbers(given))
        now.is_dark = bool(shades) and max(shades) <= DARK
    elif step == b"k":
        cyan, magenta, yellow, black = (float(part) for part in given)
        now.is_dark = black >= 1 - DARK or min(cyan, magenta, yellow) >= 1 - DARK


def _moved(given: Any, step: bytes, line: Matrix) -> Matrix:
    """Where the next words begin."""
    if step == b"BT":
        return SAME
    if step == b"Tm":
        return _matrix(given)
    if step in {b"Td", b"TD"}:
        return _times((1, 0, 0, 1, float(given[0]), float(given[1])), line)
    return line


def _numbers(given: Any) -> Iterator[float]:
    return (float(part) for part in given if isinstance(part, int | float) or hasattr(part, "as_numeric"))


def _matrix(given: Any) -> Matrix:
    a, b, c, d, e, f = (float(part) for part in given)
    return (a, b, c, d, e, f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _rectangle(given: Any, at: Matrix) -> Box:
    x, y, wide, high = (float(part) for part in given)
    corners = [_times((1, 0, 0, 1, x + across, y + up), at)[4:] for across in (0, wide) for up in (0, high)]
    across, up = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return (min(across), min(up), max(across), max(up))
