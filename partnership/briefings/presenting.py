"""What the pages of the guidance show: an edition with every row and how it stands, and pairs to compare."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from partnership.guidance import loader
from partnership.guidance.dated import DutyRule, Milestone, Trigger
from partnership.guidance.schema import Edition
from partnership.guidance.vocabulary import ABOUT, DOCUMENTS, NATIONAL_FRAMEWORK, WORKING_TOGETHER, Rule

SERIES = {WORKING_TOGETHER: "Working Together to Safeguard Children", NATIONAL_FRAMEWORK: "National Framework"}
STATES = {"confirmed": "Confirmed", "to_be_confirmed": "To be confirmed", "coming": "Coming"}
COLOURS = {"confirmed": "green", "to_be_confirmed": "yellow", "coming": "blue"}
ROLES = {"lsp": "Lead safeguarding partner"}


@dataclass(frozen=True)
class Line:
    """One row of an edition as it is shown: what it is called, what it says, how it stands and where it is from."""

    name: str
    text: str
    rule: Rule
    level: str = ""

    @property
    def state(self) -> str:
        return STATES[self.rule.state]

    @property
    def colour(self) -> str:
        return COLOURS[self.rule.state]

    @property
    def checked(self) -> str:
        """Who read it as the second person; empty where nobody has."""
        if not self.rule.checked_on:
            return ""
        return f"Checked by {self.rule.checked_by} on {self.rule.checked_on:%-d %B %Y}."


@dataclass(frozen=True)
class Group:
    """Rows of an edition that belong together."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Held:
    """An edition in the list: what it holds, counted by how it stands."""

    edition: Edition
    counts: tuple[tuple[str, int], ...]

    @property
    def rows(self) -> int:
        return sum(number for _, number in self.counts)


def held() -> list[tuple[str, list[Held]]]:
    """Every edition by its series, the newest first."""
    return [
        (title, [_held(row) for row in reversed(loader.editions()) if row.series == series])
        for series, title in SERIES.items()
    ]


def _held(edition: Edition) -> Held:
    states = [line.rule.state for group in groups(edition) for line in group.lines]
    return Held(edition, tuple((label, states.count(state)) for state, label in STATES.items()))


def groups(edition: Edition) -> list[Group]:
    """Every row of an edition, in groups; none is left out."""
    found = [
        Group(f"contents-{document}", f"{title}: what it has to contain", _requirements(edition, document))
        for document, title in DOCUMENTS.items()
    ]
    found += [
        Group(
            f"around-{about}", f"{title}: rules around it" if about in DOCUMENTS else title, _statements(edition, about)
        )
        for about, title in ABOUT.items()
    ]
    found.append(Group("people", "Who signs, who receives it, and by when", tuple(_people_and_dates(edition))))
    found.append(Group("outcomes", "Outcomes and enablers", tuple(_outcomes(edition))))
    return [group for group in found if group.lines]


def _requirements(edition: Edition, document: str) -> tuple[Line, ...]:
    return tuple(
        Line(row.id, _text_of(row), row, row.level.label) for row in edition.requirements if row.document == document
    )


def _text_of(row: Any) -> str:
    """The words of a requirement with its condition and the days between which it holds."""
    parts = [row.text]
    if row.condition_text:
        parts.append(f"Asked only where this is so: {row.condition_text}")
    if row.applies_from:
        parts.append(f"From {row.applies_from:%-d %B %Y}.")
    if row.until:
        parts.append(f"Until {row.until:%-d %B %Y}.")
    return " ".join(parts)


def _statements(edition: Edition, about: str) -> tuple[Line, ...]:
    return tuple(
        Line(row.id, row.text, row, row.level.label if row.level else "") for row in edition.statements_about(about)
    )


def _people_and_dates(edition: Edition) -> Iterable[Line]:
    for signatory in edition.signatories:
        text = f"{ROLES.get(signatory.role, signatory.role)}, one for each statutory seat"
        yield Line(f"{_name(signatory.document)}: signs", text, signatory)
    for recipient in edition.recipients:
        within = f", within {recipient.within_days} days of publication" if recipient.within_days else ""
        yield Line(f"{_name(recipient.document)}: receives it", f"{recipient.name}{within}", recipient)
    for deadline in edition.deadlines:
        yield Line(f"{_name(deadline.document)}: by when", f"{deadline.title}: {deadline.due_words}", deadline)
        for step in deadline.milestones:
            yield Line("Plan", f"{step.title}, {_planned(step)}", step)
    for backstop in edition.backstops:
        yield Line(f"{_name(backstop.document)}: at least", backstop.title, backstop)
    for duty in edition.duties:
        yield Line("Duty", f"{duty.title}: {_counted(duty)}", duty)


def _planned(step: Milestone) -> str:
    """Where a step of the plan lies, in words."""
    parts = [f"{step.days_before} days before"]
    if step.avoid_august:
        parts.append("not in August")
    if step.working_days_before_meeting:
        parts.append(f"{step.working_days_before_meeting} working days before the lead partners meet")
    elif step.working_days_before_meeting == 0:
        parts.append("by the day on which the lead partners meet")
    return ", ".join(parts)


def _counted(duty: DutyRule) -> str:
    """By when a duty is due, in words."""
    if duty.on:
        return f"by {duty.on:%-d %B %Y}"
    if duty.trigger is Trigger.YEARLY:
        return "before each financial year begins"
    return (
        f"{duty.count} {duty.unit.replace('_', ' ')} after its event" if duty.count else "on the day that is set for it"
    )


def _outcomes(edition: Edition) -> Iterable[Line]:
    for row in edition.outcomes:
        yield Line(f"{row.kind.capitalize()} {row.number or ''}".strip(), row.title, row)


def _name(document: str) -> str:
    return DOCUMENTS[document]
