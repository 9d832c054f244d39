"""What reading a Word file gives: its parts, its pictures, and what was not taken."""

from collections import Counter
from dataclasses import dataclass, field

MOST_PLACES = 6
MOST_SENTENCES = 200


@dataclass(frozen=True)
class Part:
    """One heading with the text under it. Level 0: what stands before the first heading.

    `body` is Markdown in our dialect, in which a picture is a line of its own: see `picture_line`.
    """

    level: int
    title: str
    body: str


@dataclass(frozen=True)
class Drawn:
    """A picture of the file, as it is. `alt` and `caption` are what the file says of it; `where` it stands, in words."""

    number: int
    data: bytes
    alt: str
    caption: str
    where: str


@dataclass(frozen=True)
class Imported:
    """The whole file. `not_taken`: sentences that say what was left out or changed, and where."""

    title: str
    parts: tuple[Part, ...]
    pictures: tuple[Drawn, ...]
    not_taken: tuple[str, ...]


def picture_line(number: int) -> str:
    """The line that stands for a picture until it has a number in a document. No text of a file can look like it."""
    return f"[[imported picture {number}]]"


@dataclass
class Ledger:
    """Gathers what was not taken. The same sentence is said once, with every place."""

    found: dict[str, Counter[str]] = field(default_factory=dict)

    def note(self, sentence: str, where: str = "", times: int = 1) -> None:
        """Note a sentence (without its full stop) for a place such as `under “Impact”`."""
        self.found.setdefault(sentence, Counter())[where] += times

    def sentences(self) -> tuple[str, ...]:
        """Everything that was noted, in the order in which it was first found."""
        told = [_told(sentence, places) for sentence, places in self.found.items()]
        if len(told) > MOST_SENTENCES:
            told[MOST_SENTENCES:] = [f"There are {len(told) - MOST_SENTENCES:,} more things like these."]
        return tuple(told)


def _told(sentence: str, places: Counter[str]) -> str:
    named = [place if times == 1 else f"{place} ({times} times)" for place, times in places.items() if place]
    if len(named) > MOST_PLACES:
        named = [*named[:MOST_PLACES], f"in {len(named) - MOST_PLACES} more places"]
    return f"{sentence}: {'; '.join(named)}." if named else f"{sentence}."
