"""The requirement matrix: every row of the edition with its state, filtered by must, state, section and owner; and one row."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import content, meeting, policies
from partnership.documents.models import Answer, Version
from partnership.errors import Decision, decide
from partnership.guidance import loader
from partnership.guidance.vocabulary import Level

Choice = tuple[str, str, bool]  # value, words, chosen


class Matrix:
    """All rows, and those that the address asks for. What an address cannot mean is passed over."""

    def __init__(self, version: Version, asked: Mapping[str, str]) -> None:
        self.version, self.asked = version, asked
        self.edition = loader.edition(version.document.edition_key)

    @cached_property
    def rows(self) -> list[meeting.Row]:
        return meeting.rows(self.version)

    @property
    def levels(self) -> list[Choice]:
        return [
            ("", "All", not self._chosen("level", Level)),
            *self._choices("level", {x.value: x.label for x in Level}),
        ]

    @property
    def states(self) -> list[Choice]:
        counts = Counter(row.state for row in self.rows)
        words = {key: f"{label} ({counts[key]})" for key, label in meeting.STATES.items() if counts[key]}
        return [("", "All", not self._chosen("state", meeting.STATES)), *self._choices("state", words)]

    @cached_property
    def sections(self) -> list[Choice]:
        words = {section.key: section.title for section in self.version.sections.order_by("position")}
        return [("", "All", not self._chosen("section", words)), *self._choices("section", words)]

    @cached_property
    def owners(self) -> list[Choice]:
        """Who writes the sections, where that was shared out."""
        words = {owner: owner for owner in sorted(set(self._owner_of.values()))}
        return [("", "All", not self._chosen("owner", words)), *self._choices("owner", words)]

    @cached_property
    def _owner_of(self) -> dict[str, str]:
        """The owner of each section by its key. The rows lie in an app above this one; only they are read here."""
        tasks = self.version.document.section_tasks.filter(ended_at=None)  # type: ignore[attr-defined]
        return {task.section_key: task.owner for task in tasks.select_related("person", "seat__agency")}

    def _choices(self, name: str, words: Mapping[str, str]) -> list[Choice]:
        return [(value, label, self.asked.get(name) == value) for value, label in words.items()]

    def _chosen(self, name: str, known: object) -> str:
        value = self.asked.get(name, "")
        return value if value in list(known) else ""  # type: ignore[call-overload]

    @property
    def shown(self) -> list[meeting.Row]:
        """The rows that pass every filter."""
        level, state = self._chosen("level", [x.value for x in Level]), self._chosen("state", meeting.STATES)
        section = self._chosen("section", [value for value, _, _ in self.sections])
        owner = self._chosen("owner", self._owner_of.values())
        return [
            row
            for row in self.rows
            if (not level or row.rule.level == level)
            and (not state or row.state == state)
            and (not section or row.rule.section == section)
            and (not owner or self._owner_of.get(row.rule.section) == owner)
        ]

    @property
    def is_filtered(self) -> bool:
        return len(self.shown) < len(self.rows)

    @property
    def open_musts(self) -> int:
        return sum(1 for row in self.rows if row.is_open_must)


@dataclass(frozen=True)
class Passage:
    """One passage that is marked as an answer, and what this person may do with it."""

    answer: Answer
    words: str
    may_confirm: Decision


@dataclass(frozen=True)
class Shown:
    """One requirement as one person sees it, with the sections in which a passage can be marked."""

    may_write: Decision
    passages: tuple[Passage, ...]
    sections: tuple[content.Section, ...]


WORDS = {
    "gone": "No longer in the text",
    "claimed": "Waits for a second person",
    "changed": "Changed since confirmed",
    "confirmed": "Confirmed",
}


def one(version: Version, row: meeting.Row, user: User) -> Shown:
    """One requirement of a version with its passages, for a person."""

    def may_write() -> None:
        access.require(user, Permission.DRAFT_DOCUMENT, version.document.area)
        policies.check_can_write(version)

    allowed = decide(may_write)
    passages = tuple(
        Passage(
            answer,
            WORDS[answer.state],
            decide(policies.check_can_confirm, answer, by=user) if allowed else allowed,
        )
        for answer in row.answers
    )
    return Shown(allowed, passages, tuple(version.sections.order_by("position")))
