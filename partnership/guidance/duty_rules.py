"""Duties beside those of an edition's own dates: one-off dates, cycles that are agreed locally, clocks that an event starts.

They stand in one file for all editions (editions/duties.toml). A row names the editions it was read in and those it is
carried over to unread, as statements do. Raises EditionError with the place of the mistake.
"""

from dataclasses import replace
from pathlib import Path

from partnership.guidance import vocabulary
from partnership.guidance.dated import AskedFact, DutyRule, Trigger, Unit
from partnership.guidance.reading import Sources, no_twins, reminders_of, rule_of
from partnership.guidance.table import Table, parse
from partnership.guidance.vocabulary import UNREAD, Level


def read_duties(path: Path, sources: Sources, keys: tuple[str, ...]) -> dict[str, tuple[DutyRule, ...]]:
    """The duties of each edition, by its key; `keys` are the editions that there are."""
    whole = Table(parse(path), path.name)
    rows = whole.rows("duty", "key", lambda row: _duty(row, sources, keys))
    whole.done()
    no_twins(path.name, "duty", [copies[0][1].key for copies in rows])
    pairs = [pair for copies in rows for pair in copies]
    return {key: tuple(rule for edition, rule in pairs if edition == key) for key in keys}


def _duty(row: Table, sources: Sources, keys: tuple[str, ...]) -> list[tuple[str, DutyRule]]:
    read_in, carried_to = row.some_of("editions", keys), row.some_of("carried_to", keys, ())
    reminders, late = reminders_of(row)
    rule = DutyRule(
        key=row.text("key"),
        title=row.text("title"),
        level=Level(row.one_of("level", tuple(Level))),
        trigger=Trigger(row.one_of("trigger", tuple(Trigger))),
        who=row.some_of("who", vocabulary.ROLES),
        asked=row.rows("asked", "key", lambda fact: AskedFact(fact.text("key"), fact.text("label"))),
        reminders=reminders,
        late=late,
        repeat_late_every_days=row.whole("repeat_late_every_days"),
        document=row.text("document", ""),
        on=row.day_or_none("on"),
        count=row.whole("count", 0),
        unit=Unit(row.text("unit", Unit.DAYS)),
        events=row.texts("events", ()),
        is_public=row.flag("is_public", False),
        **rule_of(row, sources),
    )
    _makes_sense(row, rule)
    carried = replace(rule, evidence="I", carried_from=read_in[-1], note=UNREAD, checked_by="", checked_on=None)
    return [*((key, rule) for key in read_in), *((key, carried) for key in carried_to)]


def _makes_sense(row: Table, rule: DutyRule) -> None:
    if bool(rule.on) != (rule.trigger is Trigger.ONCE):
        raise row.wrong("“on” belongs to a duty that comes once, and only to that.")
    if bool(rule.events) != (rule.trigger is Trigger.EVENT):
        raise row.wrong("“events” belong to a duty that an event starts, and only to that.")
    if rule.document and rule.document not in vocabulary.DOCUMENTS:
        raise row.wrong(f"“document” is “{rule.document}”; it must be one of {', '.join(vocabulary.DOCUMENTS)}.")
    if not rule.asked:
        raise row.wrong("a duty asks for something: give one row of “asked” or more.")
    ladder = [step.days for step in (*rule.reminders, *rule.late)]
    if ladder != sorted(set(ladder)):
        raise row.wrong("the reminders must go from the earliest to the latest.")
    if rule.repeat_late_every_days < 1 or not rule.late:
        raise row.wrong("a duty that is late is told of again: give “late” and “repeat_late_every_days”.")
