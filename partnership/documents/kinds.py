"""How a kind of statutory document describes itself, and the explicit list of kinds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Problem:
    """One thing that must be mended before sending, with the place where it is mended.

    `section`: the key of the section of which it is a part, where it is one of a section's.
    """

    sentence: str
    href: str = ""
    section: str = ""


class Change(StrEnum):
    """What it means when a fact changes: a name that a clerical edition may mend, or how the partners work together."""

    FACTUAL = "factual"
    STRUCTURAL = "structural"


@dataclass(frozen=True)
class Fact:
    """What the records say of one thing on a day. A text names it by a token and never types it.

    `value` empty: there is nothing to say, and `missing` says why, to be read after the title. `key`: what the value
    stands for; `kind`: what it means when that becomes something else, while another value with the same key is always
    factual. `since`: the day from which the value holds, where the records know it.
    """

    title: str
    value: str
    source: str
    as_of: date
    kind: Change = Change.FACTUAL
    key: str = ""
    since: date | None = None
    missing: str = "nothing is on record"


@dataclass(frozen=True)
class Period:
    """What one document covers. `label` is part of its permanent address; both days belong to it."""

    first: date
    last: date
    label: str

    @property
    def after(self) -> date:
        """The first day that the period does not cover."""
        return self.last + timedelta(days=1)


@dataclass(frozen=True)
class Carrier:
    """One thing beside the text that goes along when a document is rolled forward to the next period.

    brings(source, period): a sentence for each thing, shown before it is done; `source` is the version carried from.
    carry(source, draft, by): carries it, in the transaction that begins the draft; a sentence for each thing left out.
    """

    title: str
    brings: Callable[[Any, Period], list[str]]
    carry: Callable[[Any, Any, Any], list[str]] = lambda source, draft, by: []


@dataclass(frozen=True)
class Along:
    """Something that can be published together with a document. `stop`: why it cannot yet; empty when it can."""

    key: str
    title: str
    stop: str = ""


@dataclass(frozen=True)
class Addressed:
    """A body that a publication is sent to: at which address, where that is from, what the mail leaves out and why, and
    what should be known before it is sent. `address` empty: there is none, and nothing can be sent."""

    name: str
    address: str
    source: str
    warning: str = ""
    left_out: str = ""
    sender: str = ""


@dataclass(frozen=True)
class DocumentKind:
    """Everything the workflow asks of a kind. Functions are listed here so that nothing below needs to import upwards.

    noun: what it is called inside a sentence, after "the"; periods(today): those for which one may be begun;
    parse_period(label): the period or Refused; not_yet(today): from when the next period may be begun, as a
    sentence for whoever looks for it; figures(document): the names that a draft may draw on, each with a function
    giving a table; facts(document): the same for single facts, named by tokens within the text; is_living: whether
    a publication claims to be true today, so that it is held against the records, and not only of its period;
    wording: the number of the wording of `statement`, another one with each change of a word;
    statement_of(version): what is signed under this version where it is not `statement`, with the name and number
    of its wording, or None; blockers(version): problems that stop the sending; warnings(version): what is worth
    knowing before it, and does not stop it; statements(version): what independent scrutineers say of it, unedited,
    each with title, author, office, given_on, blocks and text; claims(version, written): passages that claim
    something, with their evidence, priorities and what the chair accepted, given the states of the sections that
    will be read, by key; after_publication(version, by) and after_withdrawal(version, by): steps in their
    transactions; pages: the kind's own pages about one document, each as the words of the link and the name of an
    address that takes the area's slug and the document's address; shown to whoever sees the area; published_pages:
    likewise, once there is a publication; section_pages: the same for one section, of which the address takes the
    key as well; shown to whoever may write in it; section_notes(version): what the task list says of a section
    beside its state, by its key, to whoever sees the area; with_others(version, user): of the sections that
    somebody else is asked to write, with whom each is and until when, by its key; after_taking(version, sections,
    by): steps in the transaction that put text from a file into these sections; before_publishing(version): what is
    said before publishing and stops nothing; goes_along(version): what can be published together with it;
    publish_along(version, keys, by): publishes these in the same transaction, or refuses; comes_into_force: whether
    it holds from a day, which is then a third fact beside approval and publication; addressed(version): to which
    address of each of the recipients it would be sent today; carriers: what goes along beside the text when it is
    rolled forward; holds_back(version): why a frozen text must not be published after all, or empty.
    """

    key: str
    title: str
    noun: str
    address: str
    title_of: Callable[[Any, Period], str]
    parse_period: Callable[[str, date], Period]
    open_periods: Callable[[date], list[Period]]
    statement: str
    one_current_in_area: bool = False
    figures: Callable[[Any], dict[str, Callable[[], dict[str, Any]]]] = lambda document: {}
    facts: Callable[[Any], dict[str, Callable[[], Fact]]] = lambda document: {}
    is_living: bool = False
    not_yet: Callable[[date], str] = lambda today: ""
    wording: int = 1
    statement_of: Callable[[Any], tuple[str, str] | None] = lambda version: None
    blockers: tuple[Callable[[Any], list[Problem]], ...] = ()
    warnings: tuple[Callable[[Any], list[Problem]], ...] = ()
    statements: Callable[[Any], list[dict[str, Any]]] = lambda version: []
    carried: Callable[[Any], list[dict[str, Any]]] = lambda version: []
    claims: Callable[[Any, Any], list[dict[str, Any]]] = lambda version, written: []
    before_publishing: tuple[Callable[[Any], list[Problem]], ...] = ()
    goes_along: Callable[[Any], list[Along]] = lambda version: []
    publish_along: Callable[..., None] = lambda version, keys, by: None
    comes_into_force: bool = False
    holds_back: Callable[[Any], str] = lambda version: ""
    carriers: tuple[Carrier, ...] = ()
    after_begin: tuple[Callable[..., None], ...] = ()
    after_publication: tuple[Callable[..., None], ...] = ()
    after_withdrawal: tuple[Callable[..., None], ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    published_pages: tuple[tuple[str, str], ...] = ()
    section_pages: tuple[tuple[str, str], ...] = ()
    section_notes: Callable[[Any], dict[str, str]] = lambda version: {}
    with_others: Callable[[Any, Any], dict[str, str]] = lambda version, user: {}
    after_taking: tuple[Callable[..., None], ...] = ()
    recipients: Callable[[Any], list[str]] = field(default=lambda version: [])
    addressed: Callable[[Any], list[Addressed]] = lambda version: []


@cache
def kinds() -> dict[str, DocumentKind]:
    """Every kind, by key, in the order of settings.DOCUMENT_KINDS."""
    return {kind.key: kind for kind in map(import_string, settings.DOCUMENT_KINDS)}


def kind(key: str) -> DocumentKind:
    """The kind with this key. Raises KeyError: an unknown key is a fault of ours, not of a person."""
    return kinds()[key]


def warnings(version: Any) -> list[Problem]:
    """What is worth knowing before this draft is sent. None of it stops the sending."""
    return [warning for found in kind(version.document.kind).warnings for warning in found(version)]


def kind_at(address: str) -> DocumentKind | None:
    """The kind whose public address this is, such as `yearly-report`."""
    return next((kind for kind in kinds().values() if kind.address == address), None)


def address_of(document: Any) -> str:
    """The part of an address that names a document inside its area, such as `yearly-report/2025-26`."""
    return f"{kind(document.kind).address}/{document.period_label}"
