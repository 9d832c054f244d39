"""The words that editions are written in: documents, roles, levels, evidence, and what every rule carries."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

DOCUMENTS = {
    "yearly_report": "Yearly report",
    "arrangements": "Published arrangements",
    "budget": "Shared annual budget",
    "thresholds": "Threshold document",
}
SUBJECTS = {
    "scrutiny": "Independent scrutiny",
    "findings": "What analyses of yearly reports found",
    "practice": "Expectations of multi-agency practice",
    "editions": "How editions are kept apart",
}
ABOUT = {**DOCUMENTS, **SUBJECTS}
ROLES = ("lsp", "dsp", "chair", "scrutineer", "business_manager")
SEATS = ("statutory_seat",)
WORKING_TOGETHER = "working_together"
NATIONAL_FRAMEWORK = "national_framework"
SERIES = (WORKING_TOGETHER, NATIONAL_FRAMEWORK)

EVIDENCE = {
    "S": "Read in full in the source that is named.",
    "W": "Read in the public page that is named.",
    "K": "Known from the document that is named; the passage has not been read again.",
    "I": "Advice or inference; not law.",
}
READ = frozenset("SW")
UNREAD = "The text of this edition has not been read; carried over until it has."


class EditionError(Exception):
    """A guidance file is wrong, or an edition was asked for that does not exist. The message says where and what."""


class Level(StrEnum):
    """How strongly the guidance asks for something."""

    MUST = "must"
    SHOULD = "should"
    EXPECT = "expect"
    LOCAL = "local"

    @property
    def label(self) -> str:
        return {
            Level.MUST: "Must",
            Level.SHOULD: "Should",
            Level.EXPECT: "Expected by the Department for Education",
            Level.LOCAL: "Decided locally",
        }[self]


def with_article(body: str) -> str:
    """The name of a body as it stands inside a sentence: a panel has an article, others are names as they are."""
    return f"the {body}" if body.endswith("Panel") else body


@dataclass(frozen=True)
class Source:
    """An act, a guidance document or a public page that rules are taken from."""

    key: str
    title: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Where a statement comes from, and whether anybody has read it there."""

    sources: tuple[Source, ...]
    evidence: str
    note: str = ""
    carried_from: str = ""  # the edition it is carried over from while this one has not been read
    checked_by: str = ""
    checked_on: date | None = None

    @property
    def source(self) -> str:
        """The sources by name, for the screen and for the annex of a report."""
        return "; ".join(source.title for source in self.sources)

    @property
    def evidence_codes(self) -> tuple[str, ...]:
        return tuple(self.evidence.split("+"))

    @property
    def confirmed(self) -> bool:
        """True only when every part of the statement has been read in its source."""
        return set(self.evidence_codes) <= READ

    @property
    def state(self) -> str:
        """`confirmed` or `to_be_confirmed`; a requirement may also be `coming`."""
        return "confirmed" if self.confirmed else "to_be_confirmed"

    @property
    def standing(self) -> str:
        """The sentence that goes beside the rule on screen."""
        if self.confirmed:
            return "Confirmed in the source named."
        if self.carried_from:
            return "Carried over from the edition before; to be confirmed against the published text."
        if self.evidence == "I":
            return "Advice, not law."
        return "To be confirmed against the published text."
