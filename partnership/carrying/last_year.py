"""What in a carried text looks like last year's: the label of its period, its years, its figures. Plain Python."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from partnership.documents.numerals import figures_in, without_addresses

_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d%]|,\d|\.\d)")
_LABEL = re.compile(r"(\d{4})-(\d{2})")
MOST = 8  # that are named; the rest is counted by nobody


@dataclass(frozen=True)
class Warnings:
    """What stands in one text, each as it is written there."""

    periods: tuple[str, ...]
    figures: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.periods or self.figures)


def warnings(text: str, label: str, first: date, last: date) -> Warnings:
    """The label and the years of the old period that a text names, then its other figures. Other years are no figures.

    Only what a reader sees counts: the address that a link leads to is neither.
    """
    periods, rest = _take(_label(label), without_addresses(text))
    years, rest = _take(_YEAR, rest)
    of_period = [year for year in years if first.year <= int(year) <= last.year]
    return Warnings(_once([*periods, *of_period]), _once(figures_in(rest))[:MOST])


def _label(label: str) -> re.Pattern[str]:
    """`2024-25` also as 2024–25, 2024/25, 2024/2025 and 2024 to 2025."""
    if found := _LABEL.fullmatch(label):
        start, end = found[1], found[2]
        century = start[:2]
        return re.compile(rf"\b{start}\s?(?:[-\u2010-\u2015/]|to|and)\s?(?:{century})?{end}\b")
    return re.compile(rf"\b{re.escape(label)}\b")


def _take(pattern: re.Pattern[str], text: str) -> tuple[list[str], str]:
    # A letter stands where it was: a hyphen after it is no minus of what follows.
    return pattern.findall(text), pattern.sub("x", text)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
