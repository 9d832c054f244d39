"""Which block of a text is which block of the text before, so that a paragraph keeps its identifier while it is edited."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Generic, TypeVar

from partnership.documents import tokens

Key = TypeVar("Key")

# Half of the words have to be the same. Below that a paragraph is another one, and what hung on it is asked again.
ALIKE = 0.5
MOST_PAIRS = 250_000


@dataclass(frozen=True)
class Known(Generic[Key]):
    """A block as it was saved before. `is_gone`: an earlier text had it, the last one had not."""

    key: Key
    mark: str
    text: str
    is_gone: bool = False


@dataclass(frozen=True)
class Written:
    """A block of the text that is being saved."""

    mark: str
    text: str


def mark_of(block: dict[str, Any], drawn_by: str = "") -> str:
    """The hash of what was written. What is drawn from records is its directive or token, whatever the records say."""
    written = drawn_by or json.dumps(tokens.as_written(block), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def match(before: Sequence[Known[Key]], after: Sequence[Written]) -> list[Key | None]:
    """For each block of the new text the key of the block that it was, or None for a new one. No key is given twice.

    Equal blocks are found first, in order and then wherever they moved to, gone ones included. What is left is paired
    by the share of its words, the most alike first, so that of a paragraph that was split the larger part stays it.
    """
    found: list[Key | None] = [None] * len(after)
    free = dict(enumerate(before))
    for old, new in _equal(before, after):
        if old in free and found[new] is None:
            found[new] = free.pop(old).key
    for old, new in _alike(free, {place: row for place, row in enumerate(after) if found[place] is None}):
        if old in free and found[new] is None:
            found[new] = free.pop(old).key
    return found


def _equal(before: Sequence[Known[Key]], after: Sequence[Written]) -> Iterator[tuple[int, int]]:
    """Pairs of places with the same mark: what stayed in order, then what moved, then what comes back."""
    standing = [place for place, row in enumerate(before) if not row.is_gone]
    marks = [before[place].mark for place in standing]
    for run in SequenceMatcher(None, marks, [row.mark for row in after], autojunk=False).get_matching_blocks():
        yield from ((standing[run.a + step], run.b + step) for step in range(run.size))
    places: dict[str, list[int]] = {}
    for place in [*standing, *(place for place, row in enumerate(before) if row.is_gone)]:
        places.setdefault(before[place].mark, []).append(place)
    for new, row in enumerate(after):
        yield from ((old, new) for old in places.get(row.mark, []))


def _alike(before: dict[int, Known[Key]], after: dict[int, Written]) -> Iterator[tuple[int, int]]:
    """Pairs of places with at least half of their words in common, the most alike and then the nearest first."""
    old = {place: Counter(row.text.casefold().split()) for place, row in before.items() if not row.is_gone}
    new = {place: Counter(row.text.casefold().split()) for place, row in after.items()}
    pairs = []
    # Of very many, only those that stand near each other are held against each other: a save must not take minutes.
    reach = MOST_PAIRS // max(len(new), 1) // 2
    for here, words in new.items():
        for there, others in old.items():
            if abs(here - there) > reach and len(old) * len(new) > MOST_PAIRS:
                continue
            size = words.total() + others.total()
            # The share cannot be greater than what the lengths allow; most pairs end here.
            if not size or 2 * min(words.total(), others.total()) < ALIKE * size:
                continue
            share = 2 * (words & others).total() / size
            if share >= ALIKE:
                pairs.append((-share, abs(here - there), there, here))
    for _, _, there, here in sorted(pairs):
        yield there, here
