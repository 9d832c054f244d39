"""What a version says: from the sections of a draft to the document that is frozen, hashed, shown and printed."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.conf import settings
from django.urls import reverse

from partnership import clock
from partnership.documents import canonical, corrections, directives, facts, fonts, markdown, meeting, tokens
from partnership.documents.cleaning import fold
from partnership.documents.kinds import Fact, Problem, address_of, kind
from partnership.documents.models import Document, RequiredSeat, Section, Version
from partnership.documents.workflow import Status
from partnership.guidance import loader
from partnership.guidance import schema as guidance
from partnership.web.forms import most


class Figures:
    """What a text may draw on: the pictures of its document and the tables that its kind offers."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._tables = kind(document.kind).figures(document)
        self._pictures: dict[int, dict[str, Any]] | None = None
        self._read: dict[str, Fact | None] = {}

    def names(self) -> list[str]:
        """The names of the tables."""
        return list(self._tables)

    def figures(self, name: str) -> dict[str, Any] | None:
        """The table of this name, with its figures as they are now, or None."""
        table = self._tables.get(name)
        return table() if table else None

    @cached_property
    def _facts(self) -> facts.Facts:
        return kind(self._document.kind).facts(self._document)

    def fact_names(self) -> list[str]:
        """The names of the facts that a token may stand for."""
        return facts.offered(self._facts)

    def fact(self, name: str) -> Fact | None:
        """What the records say today of the fact of this name, in characters that can be printed, or None."""
        if name not in self._read:
            read = self._facts.get(name)
            self._read[name] = _printable(read()) if read else None
        return self._read[name]

    def anything(self, name: str) -> Fact | None:
        """A fact by its name, or a whole table as a fact; what was frozen under this name is held against it."""
        if name not in self._tables:
            return self.fact(name)
        return _table(directives.resolve(f"[[{name}]]", self))

    def picture(self, number: int) -> dict[str, Any] | None:
        """The picture of this number, or None."""
        if self._pictures is None:
            self._pictures = {picture.number: _picture(picture) for picture in self._document.pictures.all()}
        return self._pictures.get(number)


def _printable(fact: Fact) -> Fact:
    title, value, source = (fonts.printable(fold(words)) for words in (fact.title, fact.value, fact.source))
    return replace(fact, title=title, value=value, source=source)


def _table(block: dict[str, Any] | str) -> Fact | None:
    return facts.of_table(block, clock.today()) if isinstance(block, dict) else None


def _picture(picture: Any) -> dict[str, Any]:
    return {
        "sha256": picture.file_id,
        "alt": picture.alt,
        "caption": picture.caption,
        "width": picture.width,
        "height": picture.height,
    }


@dataclass(frozen=True)
class SectionState:
    """One row of the task list: a section of the draft, what the guidance asks of it, and what is missing."""

    section: Section
    rule: guidance.Section | None
    blocks: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]
    marks: tuple[str, ...] = ()
    facts: dict[str, Fact] = field(default_factory=dict)

    @property
    def is_answered(self) -> bool:
        return bool(self.blocks or self.section.explanation)

    @property
    def status(self) -> str:
        if not (self.is_answered or self.section.body.strip()):
            return "Not started" if self.rule and self.rule.required else "Optional"
        return "To mend" if self.problems else "Complete"

    @property
    def href(self) -> str:
        return section_href(self.section)


def section_href(section: Section) -> str:
    """Where a section is written."""
    document = section.version.document
    return reverse("documents:section", args=[document.area.slug, address_of(document), section.key])


def rules(document: Document) -> dict[str, guidance.Section]:
    """The sections that the document's edition of the guidance describes, by key."""
    edition = loader.edition(document.edition_key)
    return {section.key: section for section in edition.sections_for(document.kind)}


def states(version: Version) -> list[SectionState]:
    """Every section of a draft with its blocks and its problems, in order."""
    asked = rules(version.document)
    figures = Figures(version.document)
    sections = version.sections.select_related("version__document__area").order_by("position")
    return [_state(section, asked.get(section.key), figures) for section in sections]


def state_of(section: Section) -> SectionState:
    """One section of a draft with its blocks and its problems; the others are not read."""
    document = section.version.document
    return _state(section, rules(document).get(section.key), Figures(document))


def as_read(state: SectionState) -> dict[str, Any]:
    """A section as it stands in the document that is frozen."""
    return {
        "key": state.section.key,
        "title": state.section.title,
        "blocks": list(state.blocks),
        "explanation": state.section.explanation,
    }


def _state(section: Section, rule: guidance.Section | None, figures: Figures) -> SectionState:
    parsed = markdown.to_blocks(section.body, figures)
    href, key = section_href(section), section.key
    problems = [Problem(f"{section.title}: {problem.message}", f"{href}#id_body", key) for problem in parsed.problems]
    if rule and len(section.body) > rule.max_characters:
        over = len(section.body) - rule.max_characters
        sentence = f"this section {most(rule.max_characters)} Shorten it by {over:,}."
        problems.append(Problem(f"{section.title}: {sentence}", f"{href}#id_body", key))
    if rule and rule.required and not section.body.strip() and not section.explanation.strip():
        problems.append(
            Problem(f"{section.title}: write this section, or explain why it is not answered.", f"{href}#id_body", key)
        )
    if strange := fonts.unknown(section.explanation):
        sentence = f"{section.title}: these characters of the explanation cannot be printed: {' '.join(strange)}."
        problems.append(Problem(sentence, f"{href}#id_explanation", key))
    if tokens.OPEN in section.explanation:
        sentence = f"{section.title}: {tokens.NOT_IN_AN_EXPLANATION}"
        problems.append(Problem(sentence, f"{href}#id_explanation", key))
    tables = {block["figures"]: _table(block) for block in parsed.blocks if "figures" in block}
    drawn = {**parsed.facts, **{name: fact for name, fact in tables.items() if fact}}
    return SectionState(section, rule, parsed.blocks, tuple(problems), parsed.marks, drawn)


def problems(version: Version, read: list[SectionState] | None = None) -> list[Problem]:
    """Everything that stops this draft from going for sign-off, each with its place. `read`: its states, if known."""
    found = [problem for state in read or states(version) for problem in state.problems]
    found.extend(meeting.problems(version))
    found.extend(corrections.problems(version, lambda: compose(version, [])))
    for blocker in kind(version.document.kind).blockers:
        found.extend(blocker(version))
    return found


def compose(version: Version, seats: list[RequiredSeat]) -> dict[str, Any]:
    """The document as its reader sees it, ready for its canonical form. Draws on live figures: call it to freeze."""
    document = version.document
    written = [state for state in states(version) if state.is_answered]
    by_key = {state.section.key: state for state in written}
    first, after = document.period.lower, document.period.upper
    return {
        "form": canonical.FORM,
        "kind": document.kind,
        "kind_title": kind(document.kind).title,
        "title": document.title,
        "area": {
            "slug": document.area.slug,
            "name": document.area.name,
            "partnership": document.area.partnership_name,
        },
        "period": {
            "from": first.isoformat(),
            "to": (after - timedelta(days=1)).isoformat(),
            "label": document.period_label,
        },
        "edition": {
            "key": document.edition_key,
            "title": loader.edition(document.edition_key).title,
        },
        "sections": [as_read(state) for state in written],
        "guidance": meeting.frozen(meeting.rows(version), by_key),
        "challenges": kind(document.kind).carried(version),
        "statements": kind(document.kind).statements(version),
        "claims": kind(document.kind).claims(version, by_key),
        "facts": facts.of(written),
        "signatories": [{"agency": seat.agency_name, "office": "Lead safeguarding partner"} for seat in seats],
        "attachments": _attachments(written),
        "notes": _notes(document),
        "correction": corrections.frozen(version),
    }


def _notes(document: Document) -> list[str]:
    """What a reader has to know of how it was made: the guidance, the day of its figures, what is invented."""
    today = clock.today()
    last = document.period.upper - timedelta(days=1)
    newer = loader.newer_edition_note(loader.edition(document.edition_key), last, today)
    notes = [newer] if newer else []
    notes.append(f"Figures drawn from the partnership's records are as they stood on {today:%-d %B %Y}.")
    if settings.PRACTICE:
        notes.append("Made in a practice area: people, and figures marked as invented, are not real.")
    return notes


def _attachments(written: list[SectionState]) -> list[dict[str, str]]:
    pictures = [block for state in written for block in state.blocks if block["type"] == "picture"]
    return [{"sha256": picture["sha256"], "alt": picture["alt"]} for picture in pictures]


def of(version: Version) -> dict[str, Any]:
    """What a version says: the frozen content, or for a draft what it would say now."""
    if version.frozen_at:
        return canonical.load(version.content)
    return compose(version, [])


def status_in_words(version: Version) -> str:
    """What a reader must know before reading, such as `Draft. Not agreed by the partners.`"""
    return {
        Status.DRAFT: "Draft. Not yet agreed by the partners.",
        Status.IN_SIGN_OFF: "With the lead safeguarding partners for signature. Not yet published.",
        Status.SIGNED: "Signed by every lead safeguarding partner. Not yet published.",
        Status.SIGNED_IN_PART: "Signed by some of the lead safeguarding partners, not by all. Not yet published.",
        Status.PUBLISHED: "Published.",
        Status.SUPERSEDED: "Superseded by a newer version.",
        Status.RETURNED: "Returned for changes. Not published.",
        Status.WITHDRAWN: "Withdrawn before publication.",
        Status.VOID: "Void. Never published.",
        Status.CONSOLIDATED: "Consolidated: another document has taken it in.",
        Status.TAKEN_DOWN: "Withdrawn after publication. The public cannot read it any more.",
    }[Status(version.status)]
