"""How the guidance came to be as it is: what happened when, and what changed from edition to edition. Two files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from partnership.guidance import loader
from partnership.guidance.reading import Sources, no_twins, read_sources, rule_of
from partnership.guidance.table import Table, parse
from partnership.guidance.vocabulary import Rule

TIMELINE = "timeline.toml"
WHAT_CHANGED = "what_changed.toml"


@dataclass(frozen=True, kw_only=True)
class Event(Rule):
    """Something that happened, or is announced. `on` puts it in order; `said` is how exactly the day is known."""

    key: str
    on: date
    said: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Wording(Rule):
    """How one edition treats a topic."""

    edition: str
    text: str


@dataclass(frozen=True)
class Topic:
    """One thing that the editions treat differently. An edition without a wording has not been verified."""

    key: str
    title: str
    wordings: tuple[Wording, ...]

    def wording(self, edition: str) -> Wording | None:
        return next((row for row in self.wordings if row.edition == edition), None)


def read_timeline(path: Path, sources: Sources) -> tuple[Event, ...]:
    """The events in their order. Raises EditionError."""
    whole = Table(parse(path), path.name)
    events = whole.rows("event", "key", lambda row: _event(row, sources))
    whole.done()
    no_twins(path.name, "event", [event.key for event in events])
    return tuple(sorted(events, key=lambda event: event.on))


def _event(row: Table, sources: Sources) -> Event:
    on = row.day("on")
    return Event(
        key=row.text("key"),
        on=on,
        said=row.text("said", f"{on.day} {on:%B %Y}"),
        text=row.text("text"),
        **rule_of(row, sources),
    )


def read_topics(path: Path, sources: Sources, keys: Sequence[str]) -> tuple[Topic, ...]:
    """The topics in the file's order; `keys` are the editions that there are. Raises EditionError."""
    whole = Table(parse(path), path.name)
    topics = whole.rows("topic", "key", lambda row: _topic(row, sources, tuple(keys)))
    whole.done()
    no_twins(path.name, "topic", [topic.key for topic in topics])
    return topics


def _topic(row: Table, sources: Sources, keys: tuple[str, ...]) -> Topic:
    key, title = row.text("key"), row.text("title")
    wordings = row.rows("wording", "edition", lambda words: _wording(words, sources, keys))
    no_twins(row.where, "wording", [wording.edition for wording in wordings])
    return Topic(key, title, wordings)


def _wording(row: Table, sources: Sources, keys: tuple[str, ...]) -> Wording:
    return Wording(edition=row.one_of("edition", keys), text=row.text("text"), **rule_of(row, sources))


@cache
def timeline() -> tuple[Event, ...]:
    """What happened when, as this product holds it."""
    return read_timeline(loader.EDITIONS / TIMELINE, _sources())


@cache
def topics() -> tuple[Topic, ...]:
    """What changed from edition to edition, as this product holds it."""
    return read_topics(loader.EDITIONS / WHAT_CHANGED, _sources(), [edition.key for edition in loader.editions()])


def _sources() -> Sources:
    return read_sources(loader.EDITIONS / loader.SOURCES)
