"""What the pages about offices show, as plain objects: with a last day, not with the first day out of office."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from partnership.areas.departures import DEPARTURES, DepartureRule
from partnership.areas.models import Appointment, Basis, Departure, HandOver, IndependenceRecord, Seat
from partnership.areas.selectors import Held, Register, heirs
from partnership.web.templatetags.words import day, sentence

# What a state of the record of independence says, under the words of its page.
STATED = {
    "contract": "Contract",
    "days": "Days a year",
    "fee": "Fee a year in pounds",
    "paid_by": "Paid by",
    "review_on": "Next review",
    "interests": "Interests",
    "earlier_work": "Earlier work for a partner",
    "declared_on": "Declared on",
}


@dataclass(frozen=True)
class DepartureShown:
    """A departure from the guidance: what was expected, why it is otherwise, and how well the rule is known."""

    rule: str
    reason: str
    expected: str
    source: str
    is_confirmed: bool

    @classmethod
    def of(cls, departure: Departure) -> "DepartureShown":
        rule = DepartureRule(departure.rule)
        described = DEPARTURES[rule]
        return cls(rule.label, departure.reason, described.expected, described.source, described.is_confirmed)


@dataclass(frozen=True)
class Holder:
    """Somebody in an office, as a register reads."""

    pk: int
    name: str
    email: str
    is_invented: bool
    title: str
    job_title: str
    basis: str
    limits: str
    since: date
    until: date | None
    authority: str
    firm: str
    sub_group: str
    is_suspended: bool
    departures: list[DepartureShown] = field(default_factory=list)

    @classmethod
    def of(cls, held: Appointment) -> "Holder":
        return cls(
            pk=held.pk,
            name=held.person.name,
            email=held.person.email,
            is_invented=held.person.is_invented,
            title=held.title,
            job_title=held.job_title,
            basis="" if held.basis == Basis.SUBSTANTIVE else held.get_basis_display(),
            limits=limits(held),
            since=held.during.lower,
            until=last_day(held),
            authority=held.authority,
            firm=held.firm,
            sub_group=held.sub_group,
            is_suspended=held.suspended_at is not None,
            departures=[DepartureShown.of(departure) for departure in held.departures.all()],
        )


def limits(held: Appointment) -> str:
    """What limits the office, in words: an acting lead partner signs only if the letter says so."""
    if held.office == "lsp" and held.basis == Basis.ACTING:
        return "may sign" if held.may_sign_while_acting else "may not sign"
    return ""


def last_day(of: Appointment | Seat) -> date | None:
    """The last day in office, or of a seat; None while no end is known."""
    upper: date | None = of.during.upper
    return upper - timedelta(days=1) if upper else None


def who_follows(row: HandOver, on: date) -> str:
    """Who takes an office over, as a sentence. A body that was succeeded has no next holder: its successor has."""
    if row.arriving:
        return f"Arrives: {row.arriving.person}, first day {day(row.arriving.during.lower)}."
    bodies = heirs(row.appointment, on)
    if not bodies:
        return "Nobody follows yet."
    told = [
        f"{' and '.join(held.person.name for held in there)} holds this office for {body}."
        if there
        else f"Nobody holds this office for {body} yet."
        for body, there in bodies
    ]
    names = " and ".join(body for body, _ in bodies)
    return f"{row.appointment.seat.agency.name} was succeeded by {names}. {' '.join(told)}"  # type: ignore[union-attr]


def independence_story(states: Sequence[IndependenceRecord]) -> list[dict[str, object]]:
    """The states of a scrutineer's record, the newest first as they come, for a timeline: each with what it changed."""
    before = [*states[1:], IndependenceRecord()]
    return [_state(state, earlier) for state, earlier in zip(states, before, strict=False)]


def _state(state: IndependenceRecord, earlier: IndependenceRecord) -> dict[str, object]:
    changed = [name for name in STATED if getattr(state, name) != getattr(earlier, name)]
    is_declared = "declared_on" in changed or "interests" in changed or "earlier_work" in changed
    return {
        "title": "Interests declared" if is_declared else "Contract recorded",
        "at": state.recorded_at,
        "by": state.recorded_by.name,
        "text": " ".join(f"{STATED[name]}: {sentence(_stated(getattr(state, name)))}" for name in changed),
        "href": "",
    }


def _stated(value: object) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(value, date):
        return day(value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True)
class OfficeShown:
    label: str
    holders: list[Holder]
    is_vacant: bool
    office: str


@dataclass(frozen=True)
class SeatShown:
    seat: Seat
    agency: str
    kind: str
    offices: list[OfficeShown]


@dataclass(frozen=True)
class RegisterShown:
    seats: list[SeatShown]
    offices: list[OfficeShown]


def register(found: Register) -> RegisterShown:
    """A register as its page and its file show it."""
    return RegisterShown(
        seats=[
            SeatShown(row.seat, row.agency_name, row.seat.get_kind_display(), [_office(held) for held in row.offices])
            for row in found.seats
        ],
        offices=[_office(held) for held in found.offices],
    )


def _office(held: Held) -> OfficeShown:
    return OfficeShown(held.office.label, [Holder.of(row) for row in held.holders], held.is_vacant, held.office.value)
