"""From one edition to a later one: what stays the same, what changed, what is new, what is gone. Pure.

An id that both editions hold tells it by itself. What an id alone cannot tell (another id for the same thing, a
change of words that changes nothing) stands as a row `[[crosswalk]]` in the newer edition's file.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from partnership.guidance.dated import Deadline
from partnership.guidance.schema import Crossing, Edition, Outcome, Requirement
from partnership.guidance.vocabulary import DOCUMENTS, EditionError

Kind = Literal["same", "changed", "new", "removed"]

NOT_HELD = " is not held here for this kind of document: whether this is new is not known."
LABELS: dict[Kind, str] = {"same": "Same", "changed": "Changed", "new": "New", "removed": "Removed"}


@dataclass(frozen=True)
class Change:
    """One requirement on its way from one edition to the next. `old` or `new` is None where there is none."""

    kind: Kind
    old: Requirement | None
    new: Requirement | None
    note: str = ""

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def is_coming(self) -> bool:
        """Enacted and not yet in force in the new edition: nothing has to be done about it now."""
        return self.new is not None and self.new.is_coming

    @property
    def needs_work(self) -> bool:
        """What a draft that moves to the new edition has to look at again."""
        return self.kind != "same" and not self.is_coming


@dataclass(frozen=True)
class OutcomeChange:
    """An outcome or enabler of the National Framework in two editions, joined on its key."""

    kind: Kind
    old: Outcome | None
    new: Outcome | None

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def numbers(self) -> tuple[int | None, int | None]:
        return (self.old.number if self.old else None, self.new.number if self.new else None)

    @property
    def number_moved(self) -> bool:
        """Both editions hold it, under different numbers: 2 and 3 changed places in 2026."""
        return bool(self.old and self.new) and self.numbers[0] != self.numbers[1]


@dataclass(frozen=True)
class DeadlineChange:
    """A date of the calendar in two editions, joined on its key."""

    kind: Kind
    old: Deadline | None
    new: Deadline | None

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def title(self) -> str:
        return cast(Deadline, self.new or self.old).title


def between(old: Edition, new: Edition, document: str) -> tuple[Change, ...]:
    """Every requirement of a kind of document in both editions: in the new one's order, the removed ones last.

    Raises EditionError for editions of two series, or for a `new` one that is older.
    """
    _in_order(old, new)
    before = {row.id: row for row in old.requirements_for(document)}
    said = {row.new: row for row in new.crosswalk if row.new and (not row.old or row.old in before)}
    gone = {row.old: row.note for row in new.crosswalk if not row.new}
    changes = [_change(old, before, row, said.get(row.id)) for row in new.requirements_for(document)]
    if not old.sections_for(document):
        changes = [replace(change, note=change.note or f"{old.short_title}{NOT_HELD}") for change in changes]
    kept = {change.old.id for change in changes if change.old}
    changes += [Change("removed", row, None, gone.get(row.id, "")) for row in before.values() if row.id not in kept]
    return tuple(changes)


def _change(old: Edition, before: dict[str, Requirement], row: Requirement, said: Crossing | None) -> Change:
    note = said.note if said else ""
    earlier = before.get(said.old if said and said.old else row.id)
    if earlier is None:
        return Change("new", None, row, note)
    if said and said.old:
        return Change(cast(Kind, said.kind), earlier, row, note)
    same = row.carried_from == old.key or _matter(earlier) == _matter(row)
    return Change("same" if same else "changed", earlier, row, note)


def _matter(row: Requirement) -> tuple[object, ...]:
    """What makes a requirement another one. Its sources and its evidence may become better without changing it."""
    return (row.text, row.level, row.section, row.condition, row.commenced)


def outcomes_between(old: Edition, new: Edition) -> tuple[OutcomeChange, ...]:
    """Outcomes and enablers by key, in the new edition's order, the removed ones last. A moved number is a change."""
    _in_order(old, new)
    before = {row.key: row for row in old.outcomes}
    changes = []
    for row in new.outcomes:
        earlier = before.pop(row.key, None)
        same = earlier is not None and (earlier.number, earlier.title) == (row.number, row.title)
        changes.append(OutcomeChange("same" if same else "changed" if earlier else "new", earlier, row))
    return (*changes, *(OutcomeChange("removed", row, None) for row in before.values()))


def deadlines_between(old: Edition, new: Edition) -> tuple[DeadlineChange, ...]:
    """The dates by key: a change is another day of the year, or other facts that have to be true by then."""
    _in_order(old, new)
    before = {row.key: row for row in old.deadlines}
    changes = []
    for row in new.deadlines:
        earlier = before.pop(row.key, None)
        same = earlier is not None and _due(earlier) == _due(row)
        changes.append(DeadlineChange("same" if same else "changed" if earlier else "new", earlier, row))
    return (*changes, *(DeadlineChange("removed", row, None) for row in before.values()))


def _due(row: Deadline) -> tuple[object, ...]:
    return (row.month, row.day, row.facts)


def _in_order(old: Edition, new: Edition) -> None:
    if old.series != new.series:
        raise EditionError(f"{old.short_title} and {new.short_title} are not editions of one guidance.")
    if new.in_force_from < old.in_force_from:
        raise EditionError(f"{new.short_title} is older than {old.short_title}.")


def check_crosswalk(edition: Edition, earlier: Sequence[Edition]) -> None:
    """The rows of an edition's crosswalk name what exists, once; and nothing of either edition is left out."""
    here = {row.id for row in edition.requirements}
    there = {row.id for one in earlier for row in one.requirements}
    _no_twins(edition)
    for row in edition.crosswalk:
        _names_what_exists(edition, row, here, there)
    for old in earlier:
        for document in DOCUMENTS:
            _covers(edition, old, document)


def _no_twins(edition: Edition) -> None:
    for name in ("old", "new"):
        ids = Counter(getattr(row, name) for row in edition.crosswalk if getattr(row, name))
        for id, number in ids.items():
            if number > 1:
                raise _wrong(edition, f"{id} stands in {number} rows of the crosswalk.")


def _names_what_exists(edition: Edition, row: Crossing, here: set[str], there: set[str]) -> None:
    if row.old and row.old not in there:
        raise _wrong(edition, f"the crosswalk names {row.old}, which no earlier edition holds.")
    if row.new and row.new not in here:
        raise _wrong(edition, f"the crosswalk names {row.new}, which this edition does not hold.")
    if row.old != row.new and row.old in here:
        raise _wrong(edition, f"the crosswalk says that {row.old} is gone, but this edition holds it.")
    if row.old != row.new and row.new in there:
        raise _wrong(
            edition, f"the crosswalk says that {row.new} is not the same as before, but an id means one thing."
        )


def _covers(edition: Edition, old: Edition, document: str) -> None:
    changes = between(old, edition, document)
    for held, found in (
        (old.requirements_for(document), [change.old.id for change in changes if change.old]),
        (edition.requirements_for(document), [change.new.id for change in changes if change.new]),
    ):
        missing = Counter(row.id for row in held) - Counter(found)
        twice = Counter(found) - Counter(row.id for row in held)
        if missing or twice:
            raise _wrong(edition, f"the crosswalk from {old.key} does not hold {min(missing or twice)} exactly once.")


def _wrong(edition: Edition, sentence: str) -> EditionError:
    return EditionError(f"In {edition.key}.toml, {sentence}")
