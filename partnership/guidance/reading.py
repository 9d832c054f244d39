"""From the tables of one TOML file to an `Edition`. Raises EditionError with the place of the mistake."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from partnership.guidance import dated, schema, vocabulary
from partnership.guidance.schema import Edition
from partnership.guidance.table import Table, parse
from partnership.guidance.vocabulary import EditionError, Level, Source

Sources = Mapping[str, Source]


def read_sources(path: Path) -> dict[str, Source]:
    """The table of sources that all editions cite from, by key."""
    whole = Table(parse(path), path.name)
    sources = whole.rows(
        "source", "key", lambda row: Source(row.text("key"), row.text("title"), row.text("address", ""))
    )
    whole.done()
    no_twins(path.name, "source", [source.key for source in sources])
    return {source.key: source for source in sources}


def read_edition(path: Path, sources: Sources) -> Edition:
    """One edition from its file, with its sources resolved. Raises EditionError."""
    whole = Table(parse(path), path.name)
    edition = Edition(
        key=whole.text("key"),
        series=whole.one_of("series", vocabulary.SERIES),
        title=whole.text("title"),
        short_title=whole.text("short_title"),
        in_force_from=whole.day("in_force_from"),
        replaced_on=whole.day_or_none("replaced_on"),
        sources=_sources(whole, sources),
        notes=whole.texts("notes", ()),
        applications=whole.rows("application", "document", _application),
        requirements=(requirements := whole.rows("requirement", "id", lambda row: _requirement(row, sources))),
        sections=whole.rows("section", "key", lambda row: _section(row, requirements)),
        signatories=whole.rows("signatory", "document", lambda row: _signatory(row, sources)),
        recipients=whole.rows("recipient", "party", lambda row: _recipient(row, sources)),
        deadlines=whole.rows("deadline", "key", lambda row: _deadline(row, sources)),
        backstops=whole.rows("backstop", "key", lambda row: _backstop(row, sources)),
        outcomes=whole.rows("outcome", "key", lambda row: _outcome(row, sources)),
        crosswalk=whole.rows("crosswalk", "new", _crossing),
    )
    whole.done()
    no_twins(path.name, "requirement", [f"{row.id} {row.applies_from or ''}".strip() for row in edition.requirements])
    no_twins(path.name, "section", [f"{row.document} {row.key}" for row in edition.sections])
    no_twins(path.name, "deadline", [row.key for row in edition.deadlines])
    no_twins(path.name, "outcome", [row.key for row in edition.outcomes])
    if edition.key != path.stem:
        raise EditionError(f"In {path.name}: “key” is “{edition.key}”; it must be the name of the file.")
    return edition


def no_twins(file: str, what: str, keys: list[str]) -> None:
    for key in keys:
        if keys.count(key) > 1:
            raise EditionError(f"In {file}: there are two rows called {what} {key}.")


def _document(row: Table) -> str:
    return row.one_of("document", tuple(vocabulary.DOCUMENTS))


def _sources(row: Table, sources: Sources) -> tuple[Source, ...]:
    keys = row.texts("sources")
    for key in keys:
        if key not in sources:
            raise row.wrong(f"the source “{key}” is not in sources.toml.")
    return tuple(sources[key] for key in keys)


def rule_of(row: Table, sources: Sources) -> dict[str, Any]:
    """What every rule carries: its sources, the evidence, a note, and the second person's check."""
    evidence = row.text("evidence")
    codes = evidence.split("+")
    if not set(codes) <= set(vocabulary.EVIDENCE) or len(set(codes)) != len(codes):
        raise row.wrong(
            f"“evidence” is “{evidence}”; it must be made of {', '.join(vocabulary.EVIDENCE)}, joined by +."
        )
    rule = {
        "sources": _sources(row, sources),
        "evidence": evidence,
        "note": row.text("note", ""),
        "carried_from": row.text("carried_from", ""),
        "checked_by": row.text("checked_by", ""),
        "checked_on": row.day_or_none("checked_on"),
    }
    if bool(rule["checked_by"]) != bool(rule["checked_on"]):
        raise row.wrong("“checked_by” and “checked_on” go together.")
    return rule


def _application(row: Table) -> schema.Application:
    return schema.Application(
        document=_document(row),
        counted_by=row.one_of("counted_by", ("period_end", "period_start")),
        first=row.day("first"),
        last=row.day_or_none("last"),
    )


def _requirement(row: Table, sources: Sources) -> schema.Requirement:
    requirement = schema.Requirement(
        id=row.text("id"),
        document=_document(row),
        level=Level(row.one_of("level", tuple(Level))),
        text=row.text("text"),
        section=row.text("section", ""),
        condition=row.text("condition", ""),
        condition_text=row.text("condition_text", ""),
        commenced=row.flag("commenced", True),
        applies_from=row.day_or_none("applies_from"),
        until=row.day_or_none("until"),
        **rule_of(row, sources),
    )
    if requirement.applies_from and requirement.until and requirement.until <= requirement.applies_from:
        raise row.wrong("“until” must be after “applies_from”.")
    if bool(requirement.condition) != bool(requirement.condition_text):
        raise row.wrong("“condition” and “condition_text” go together.")
    return requirement


def _section(row: Table, requirements: tuple[schema.Requirement, ...]) -> schema.Section:
    document, key = _document(row), row.text("key")
    return schema.Section(
        document=document,
        key=key,
        title=row.text("title"),
        hint=row.text("hint"),
        position=row.whole("position"),
        required=row.flag("required"),
        max_characters=row.whole("max_characters"),
        requirements=tuple(
            rule for rule in requirements if (rule.document, rule.section) == (document, key) and rule.holds()
        ),
    )


def _signatory(row: Table, sources: Sources) -> schema.Signatory:
    return schema.Signatory(
        document=_document(row),
        role=row.one_of("role", vocabulary.ROLES),
        one_per=row.one_of("one_per", vocabulary.SEATS),
        **rule_of(row, sources),
    )


def _recipient(row: Table, sources: Sources) -> schema.Recipient:
    return schema.Recipient(
        document=_document(row),
        party=row.text("party"),
        name=row.text("name"),
        address=row.text("address", ""),
        within_days=row.whole("within_days", 0) or None,
        **rule_of(row, sources),
    )


def _deadline(row: Table, sources: Sources) -> dated.Deadline:
    due = row.table("due")
    reminders, late = reminders_of(row)
    deadline = dated.Deadline(
        key=row.text("key"),
        document=_document(row),
        title=row.text("title"),
        month=due.whole("month"),
        day=due.whole("day"),
        facts=row.texts("facts"),
        reminders=reminders,
        late=late,
        repeat_late_every_days=row.whole("repeat_late_every_days"),
        milestones=row.rows("milestone", "key", lambda step: _milestone(step, sources)),
        **rule_of(row, sources),
    )
    due.done()
    return deadline


def reminders_of(row: Table) -> tuple[tuple[dated.Reminder, ...], tuple[dated.Reminder, ...]]:
    """The steps of the ladder before the date, and those after it."""
    before = row.rows("reminder", "days_before", lambda step: _reminder(step, "days_before", -1))
    return before, row.rows("late", "days_after", lambda step: _reminder(step, "days_after", 1))


def _reminder(row: Table, key: str, sign: int) -> dated.Reminder:
    days = row.whole(key)
    if days < 1:
        raise row.wrong(f"“{key}” must be 1 or more.")
    return dated.Reminder(sign * days, row.some_of("who", vocabulary.ROLES))


def _milestone(row: Table, sources: Sources) -> dated.Milestone:
    return dated.Milestone(
        key=row.text("key"),
        title=row.text("title"),
        days_before=row.whole("days_before"),
        who=row.some_of("who", vocabulary.ROLES),
        avoid_august=row.flag("avoid_august", False),
        working_days_before_meeting=row.whole_or_none("working_days_before_meeting"),
        **rule_of(row, sources),
    )


def _backstop(row: Table, sources: Sources) -> dated.Backstop:
    return dated.Backstop(
        key=row.text("key"),
        document=_document(row),
        title=row.text("title"),
        months=row.whole("months"),
        **rule_of(row, sources),
    )


def _outcome(row: Table, sources: Sources) -> schema.Outcome:
    return schema.Outcome(
        key=row.text("key"),
        kind=row.one_of("kind", ("outcome", "enabler")),
        title=row.text("title"),
        number=row.whole("number", 0) or None,
        **rule_of(row, sources),
    )


def _crossing(row: Table) -> schema.Crossing:
    kind = row.one_of("kind", ("same", "changed", "new", "removed"))
    crossing = schema.Crossing(kind=kind, old=row.text("old", ""), new=row.text("new", ""), note=row.text("note", ""))
    if bool(crossing.old) == (kind == "new") or bool(crossing.new) == (kind == "removed"):
        raise row.wrong("a new row has only “new”, a removed one only “old”, every other has both.")
    return crossing
