"""How a version meets its guidance: one row for each requirement, with its passages, its explanation and how it stands."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from partnership.documents import tokens
from partnership.documents.kinds import Problem, address_of
from partnership.documents.models import Answer, Explanation, Section, Version
from partnership.guidance import loader
from partnership.guidance.schema import Requirement
from partnership.guidance.vocabulary import Level

# How a requirement stands, in the order in which work is to be done, each with its words.
STATES = {
    "open": "Not answered",
    "gone": "Passage removed",
    "changed": "Changed since confirmed",
    "to_confirm": "Waits for a second person",
    "explained": "Explained",
    "confirmed": "Confirmed",
    "whole": "About the document as a whole",
    "conditional": "Only in some areas",
    "local": "Not answered, decided locally",
    "coming": "Coming, not yet in force",
}
COLOURS = {"open": "red", "gone": "red", "changed": "orange", "to_confirm": "yellow", "confirmed": "green"}
SETTLED = frozenset({"explained", "confirmed", "whole", "conditional", "local", "coming"})


@dataclass(frozen=True)
class Row:
    """One requirement of the document's edition. `section` is where the edition expects it, if the draft has that."""

    rule: Requirement
    section: Section | None
    answers: tuple[Answer, ...]
    explanation: Explanation | None

    @property
    def state(self) -> str:
        """A key of STATES. One confirmed passage is enough; an explanation settles what no passage answers."""
        if self.rule.is_coming:
            return "coming"
        claims = {answer.state for answer in self.answers}
        if "confirmed" in claims:
            return "confirmed"
        if self.explanation or self.is_explained_with_its_section:
            return "explained"
        for claim, state in (("changed", "changed"), ("claimed", "to_confirm"), ("gone", "gone")):
            if claim in claims:
                return state
        return self._untouched

    @property
    def _untouched(self) -> str:
        """How it stands while no passage is marked and nothing is explained."""
        if self.rule.condition:
            return "conditional"
        if not self.rule.section:
            return "whole"
        return "local" if self.rule.level is Level.LOCAL else "open"

    @property
    def is_explained_with_its_section(self) -> bool:
        """Whether nothing answers it and its section says why it is not answered."""
        return not self.answers and bool(self.section and self.section.explanation.strip())

    @property
    def words(self) -> str:
        return STATES[self.state]

    @property
    def colour(self) -> str:
        return COLOURS.get(self.state, "grey")

    @property
    def is_a_problem_of_its_own(self) -> bool:
        """Whether its section is written, or there is none; otherwise the section is the problem."""
        return self.section is None or bool(self.section.body.strip())

    @property
    def is_open_must(self) -> bool:
        """Whether it stops the sending: a must in force that has neither a confirmed passage nor an explanation."""
        return self.rule.level is Level.MUST and self.rule.binds and self.state not in SETTLED


def rows(version: Version) -> list[Row]:
    """Every requirement for this kind of document, in the order of the edition."""
    document = version.document
    sections = {section.key: section for section in version.sections.all()}
    answers: dict[str, list[Answer]] = defaultdict(list)
    for answer in version.answers.select_related("block__section", "claimed_by", "confirmed_by", "block__written_by"):
        answers[answer.requirement].append(answer)
    explained = {row.requirement: row for row in version.explanations.select_related("written_by")}
    return [
        Row(rule, sections.get(rule.section), tuple(answers[rule.id]), explained.get(rule.id))
        for rule in loader.edition(document.edition_key).requirements_for(document.kind)
    ]


def problems(version: Version) -> list[Problem]:
    """What stops the sending: each must without a confirmed passage or an explanation, with the place to mend it.

    A must whose section is not written is left to the problem of that section.
    """
    document, found = version.document, []
    for row in rows(version):
        if row.explanation and tokens.OPEN in row.explanation.text:
            where = [document.area.slug, address_of(document), row.rule.id]
            sentence = f"{row.rule.id}: {tokens.NOT_IN_AN_EXPLANATION}"
            found.append(Problem(sentence, reverse("documents:requirement", args=where)))
        if row.is_open_must and row.is_a_problem_of_its_own:
            where = [document.area.slug, address_of(document), row.rule.id]
            sentence = f"{row.rule.id}, a must, {_lacks(row)}: {row.rule.text}"
            found.append(Problem(sentence, reverse("documents:requirement", args=where)))
    return found


def unanswered(version: Version) -> list[Problem]:
    """Worth knowing before the sending: what should be there, or is expected, and is neither answered nor explained.

    As with a must, that of a section that is not written is left to the section.
    """
    document, found = version.document, []
    for row in rows(version):
        is_open = row.rule.level in (Level.SHOULD, Level.EXPECT) and row.rule.binds and row.state not in SETTLED
        if is_open and row.is_a_problem_of_its_own:
            where = [document.area.slug, address_of(document), row.rule.id]
            level = row.rule.level.label
            sentence = f"{row.rule.id} ({level[0].lower()}{level[1:]}) {_lacks(row)}: {row.rule.text}"
            found.append(Problem(sentence, reverse("documents:requirement", args=where)))
    return found


def _lacks(row: Row) -> str:
    return {
        "gone": "has lost its passage. Mark another one, or explain",
        "changed": "has a passage that changed since it was confirmed. Somebody else has to confirm it again",
        "to_confirm": "has a passage that nobody else has confirmed yet",
    }.get(row.state, "has no passage that answers it. Mark one, or explain")


def frozen(found: Sequence[Row], written: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows as they are signed and published. `written`: the states of the sections that will be read, by key."""
    return [
        {
            "id": row.rule.id,
            "level": row.rule.level.label,
            "text": row.rule.text,
            "source": row.rule.source,
            "standing": row.rule.standing,
            "asked": bool(row.rule.section and row.rule.binds),
            "section": row.rule.section if row.rule.section in written else "",
            "section_title": written[row.rule.section].section.title if row.rule.section in written else "",
            "explained": row.state == "explained",
            "answers": _passages(row, written) if row.state == "confirmed" else [],
            "reason": row.explanation.get_reason_display() if row.explanation else "",
            "explanation": row.explanation.text if row.explanation else "",
        }
        for row in found
    ]


def _passages(row: Row, written: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Section and number (from 1) of each confirmed block, found by what it says and not by the place it was saved at."""
    found = []
    for answer in row.answers:
        state = written.get(answer.block.section.key)
        if answer.state == "confirmed" and state and answer.block.mark in state.marks:
            found.append({"section": state.section.key, "block": place_of(answer.block, state.marks)})
    return found


def place_of(block: Any, marks: Sequence[str]) -> int:
    """The place of a block among the marks of a text, from 1: where it was saved, or else the nearest that is equal."""
    equal = [place for place, mark in enumerate(marks, 1) if mark == block.mark]
    return min(equal, key=lambda place: abs(place - (block.place or 1)))
