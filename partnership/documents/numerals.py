"""Figures and days in running text: which signs belong to a figure, and which only stand beside it. Plain Python."""

import re
from datetime import date

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_ISO = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")
# Where a link leads: its digits say nothing of the year. Words are shown with it in brackets after them.
_ADDRESS = re.compile(r"(?:https?://|www\.|mailto:)[^\s<>]+", re.IGNORECASE)
_NUMBER = r"\d[\d,]*(?:\.\d+)?%?"
# A day is one figure, and so are 2025-26 and 0-5: the hyphen between digits is no minus. One after a word is none either.
_FIGURE = re.compile(
    rf"{_ISO.pattern}|(?<![\w.,])\d{{1,2}} (?:{_MONTHS}) \d{{4}}(?!\d)"
    rf"|(?:(?<![\w%\u2010-\u2015-])[-\u2212])?£?{_NUMBER}(?:[-\u2010-\u2015]£?{_NUMBER})*"
)


def figures_in(text: str) -> list[str]:
    """The figures of a text as they are written there, in their order, each as often as it stands there."""
    return [figure.rstrip(".,") for figure in _FIGURE.findall(without_addresses(text))]


def has_figure(text: str) -> bool:
    """Whether there is any figure in a text."""
    return bool(_FIGURE.search(without_addresses(text)))


def without_addresses(text: str) -> str:
    """A text without the addresses of its links."""
    return _ADDRESS.sub(" ", text)


def with_days_in_words(text: str) -> str:
    """A text in which 2026-09-10 reads as 10 September 2026; what only looks like a day stays as it is."""
    return _ISO.sub(lambda found: _day(found[0]), text)


def _day(written: str) -> str:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return written
    return f"{found.day} {found:%B %Y}"
