"""What an edition of guidance holds. Frozen, plain Python; `reading` makes these from TOML, `checks` compares them."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from partnership.guidance.dated import Backstop, Deadline, DutyRule
from partnership.guidance.vocabulary import EditionError, Level, Rule, Source

Row = TypeVar("Row")
LONGEST_HEADING = 120


@dataclass(frozen=True, kw_only=True)
class Requirement(Rule):
    """One thing that a document has to contain. The id is stable across editions."""

    id: str
    document: str
    level: Level
    text: str
    section: str = ""  # empty: it is about the document as a whole
    condition: str = ""  # a switch that an area turns on, such as `secure_establishment`
    condition_text: str = ""
    commenced: bool = True
    applies_from: date | None = None  # a dated correction within the edition; the words before it end on this day
    until: date | None = None  # the first day on which it no longer holds

    @property
    def is_coming(self) -> bool:
        """Enacted but not yet in force: shown as coming, never as missing."""
        return not self.commenced

    @property
    def heading(self) -> str:
        """Its wording in short: up to the first colon, of a long one its first demand, without the full stop."""
        short = self.text.partition(": ")[0].rstrip(".")
        return short if len(short) <= LONGEST_HEADING else short.partition(", and ")[0]

    @property
    def binds(self) -> bool:
        """True for what a document has to meet now, whatever the area."""
        return self.commenced and not self.condition

    def holds(self, on: date | None = None) -> bool:
        """Whether it holds on a day; without a day, whether it is the edition's last word."""
        if on is None:
            return self.until is None
        return (self.applies_from is None or self.applies_from <= on) and (self.until is None or on < self.until)

    @property
    def state(self) -> str:
        return "coming" if self.is_coming else super().state

    @property
    def standing(self) -> str:
        return "Coming: enacted, not yet in force." if self.is_coming else super().standing


@dataclass(frozen=True, kw_only=True)
class Statement(Rule):
    """A rule around a document, a function of scrutiny, or a finding: what no section of a document answers."""

    id: str
    about: str  # a kind of document, or a subject of the vocabulary
    text: str
    level: Level | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """One part of a document. The order is common practice, not law."""

    document: str
    key: str
    title: str
    hint: str
    position: int
    required: bool
    max_characters: int
    requirements: tuple[Requirement, ...] = ()

    @property
    def requirement_ids(self) -> tuple[str, ...]:
        return tuple(requirement.id for requirement in self.requirements)

    @property
    def source(self) -> str:
        """The sources of its requirements, each named once."""
        titles = dict.fromkeys(source.title for rule in self.requirements for source in rule.sources)
        return "; ".join(titles) or "Common practice in published documents; not required by guidance"


@dataclass(frozen=True, kw_only=True)
class Signatory(Rule):
    """Who signs: the holder of `role` in every seat of the kind `one_per`, not any one of them."""

    document: str
    role: str
    one_per: str


@dataclass(frozen=True, kw_only=True)
class Recipient(Rule):
    """Who a document is sent to. The address is only the first one: later ones are dated rows elsewhere."""

    document: str
    party: str
    name: str
    address: str = ""
    within_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Application:
    """Which documents this edition is for, by the first and last day (both inclusive) of what `counted_by` names."""

    document: str
    counted_by: str  # "period_end" or "period_start"
    first: date
    last: date | None

    def covers(self, period_start: date, period_end: date) -> bool:
        day = period_end if self.counted_by == "period_end" else period_start
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, kw_only=True)
class Outcome(Rule):
    """An outcome or enabler of the National Framework. Join on `key`, never on `number`: numbers changed in 2026."""

    key: str
    kind: str  # "outcome" or "enabler"
    title: str
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """What an id alone cannot tell about a requirement of this edition and of an earlier one."""

    kind: str  # "same", "changed", "new" or "removed"
    old: str = ""
    new: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One edition of guidance, as held in one file."""

    key: str
    series: str
    title: str
    short_title: str
    in_force_from: date
    replaced_on: date | None
    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    applications: tuple[Application, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    sections: tuple[Section, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    backstops: tuple[Backstop, ...] = ()
    duties: tuple[DutyRule, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    crosswalk: tuple[Crossing, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def source(self) -> str:
        return "; ".join(source.title for source in self.sources)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Everything in the edition that claims a source."""
        milestones = tuple(step for deadline in self.deadlines for step in deadline.milestones)
        return (
            *self.requirements,
            *self.signatories,
            *self.recipients,
            *self.deadlines,
            *milestones,
            *self.backstops,
            *self.duties,
            *self.outcomes,
            *self.statements,
        )

    def requirements_for(self, document: str, on: date | None = None) -> tuple[Requirement, ...]:
        """What a kind of document has to contain: on a day, or without one by the edition's last word."""
        return tuple(row for row in self.requirements if row.document == document and row.holds(on))

    def requirement(self, id: str) -> Requirement:
        """The last word on one requirement."""
        last = tuple(row for row in self.requirements if row.holds())
        return _only((*last, *self.requirements), "id", id, self)

    def statements_about(self, about: str) -> tuple[Statement, ...]:
        return tuple(row for row in self.statements if row.about == about)

    def sections_for(self, document: str) -> tuple[Section, ...]:
        """The sections of a kind of document, in order."""
        return tuple(row for row in self.sections if row.document == document)

    def section(self, document: str, key: str) -> Section:
        return _only(self.sections_for(document), "key", key, self)

    def signatories_for(self, document: str) -> tuple[Signatory, ...]:
        return tuple(row for row in self.signatories if row.document == document)

    def recipients_for(self, document: str) -> tuple[Recipient, ...]:
        return tuple(row for row in self.recipients if row.document == document)

    def deadlines_for(self, document: str) -> tuple[Deadline, ...]:
        return tuple(row for row in self.deadlines if row.document == document)

    def deadline(self, key: str) -> Deadline:
        return _only(self.deadlines, "key", key, self)

    def duty_rule(self, key: str) -> Deadline | DutyRule:
        """What a duty was opened under: a date of the edition itself, or one of those that stand beside all editions."""
        rules: tuple[Deadline | DutyRule, ...] = (*self.deadlines, *self.duties)
        return _only(rules, "key", key, self)


def _only(rows: tuple[Row, ...], name: str, value: str, edition: Edition) -> Row:
    for row in rows:
        if getattr(row, name) == value:
            return row
    raise EditionError(f"{edition.short_title} holds nothing with the {name} “{value}”.")
