"""What the registers say, fact by fact: who holds which office, who the partners and the relevant agencies are.

Kinds of documents offer these by name, beside the facts of the apps above. A fact is read when a text asks for it.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.text import slugify

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.models import AgencyKind, Appointment, Area, Seat, SeatKind
from partnership.areas.roles import Office
from partnership.documents import identity, tokens
from partnership.documents.kinds import Change, Fact

Facts = dict[str, Callable[[], Fact]]
OFFICES = "The partnership's register of offices"
SEATS = "The partnership's register of seats"
AS_PRINTED = "As the table shows"
_WORDS = {AgencyKind.LOCAL_AUTHORITY: "council", AgencyKind.POLICE: "police", AgencyKind.HEALTH: "icb"}


def words(seats: Iterable[Seat]) -> dict[int, str]:
    """How tokens name the agencies of statutory seats, by the agency's key: `police`, or its own name where two are alike."""
    kept = list(seats)
    alike = Counter(seat.agency.kind for seat in kept)
    return {
        seat.agency_id: _WORDS[AgencyKind(seat.agency.kind)]
        if alike[seat.agency.kind] == 1 and seat.agency.kind in _WORDS
        else seat.agency.slug.casefold()
        for seat in kept
    }


def word_of(words: dict[int, str], agency_id: int | None, name: str) -> str:
    """How the tokens of every record name an agency: as those of the partners do, or by its name."""
    return words.get(agency_id or 0) or slugify(name)


@dataclass(frozen=True)
class Older:
    """A fact under a name that is no longer offered. Texts that use it go on working."""

    read: Callable[[], Fact]

    def __call__(self) -> Fact:
        return self.read()


def offered(found: Facts) -> list[str]:
    """The names that are offered to writers."""
    return [name for name, read in found.items() if not isinstance(read, Older)]


def of_registers(area: Area, on: date) -> Facts:
    """The facts of an area's registers on a day, by name. All together cost as many queries as one."""
    registers = _Registers(area, on)
    found: Facts = {}
    for row in registers.partners:
        word = registers.words[row.seat.agency_id]
        found[f"partner {word}"] = lambda row=row: registers.partner(row)  # type: ignore[misc]
        for office in (Office.LSP, Office.DSP):
            found[f"{office.value} {word}"] = lambda row=row, office=office: registers.holder(office, row)  # type: ignore[misc]
    for office in (Office.CHAIR, Office.SCRUTINEER, Office.BUSINESS_MANAGER):
        name = office.value.replace("_", " ")
        found[name] = lambda office=office: registers.holder(office)  # type: ignore[misc]
    found["partners"] = registers.all_partners
    found["relevant agencies"] = registers.relevant
    found["relevant agencies count"] = registers.relevant_count
    return found


class _Registers:
    """The registers of an area on a day, read once."""

    def __init__(self, area: Area, on: date) -> None:
        self.area, self.on = areas.answering_for(area, on), on

    @cached_property
    def register(self) -> areas.Register:
        return areas.register(self.area, self.on)

    @cached_property
    def partners(self) -> list[areas.SeatRow]:
        return [row for row in self.register.seats if row.seat.kind == SeatKind.STATUTORY]

    @cached_property
    def agencies(self) -> list[areas.SeatRow]:
        seats = [row for row in self.register.seats if row.seat.kind == SeatKind.RELEVANT]
        rows = [row for row in seats if hasattr(row.seat, "relevant_agency")]
        return sorted(rows, key=lambda row: row.agency_name)

    @cached_property
    def words(self) -> dict[int, str]:
        return words(row.seat for row in self.partners)

    def holder(self, office: Office, row: areas.SeatRow | None = None) -> Fact:
        """Who holds an office and carries its rights. Who is suspended is not named: nothing is said of it in public.

        Nor is somebody who stands in beside the one who holds it: the office has not changed hands.
        """
        rows = row.offices if row else self.register.offices
        holders = next((held.holders for held in rows if held.office == office), [])
        active = [held for held in holders if held.suspended_at is None]
        active = [held for held in active if held.basis != "acting"] or active
        return Fact(
            title=f"{office.label} for {row.agency_name}" if row else office.label,
            value=listed([_named(held) for held in active]),
            source=OFFICES,
            as_of=self.on,
            kind=Change.STRUCTURAL if row or office == Office.SCRUTINEER else Change.FACTUAL,
            key=_key(office, row, active),
            since=max((held.during.lower for held in active), default=None) or self._left(office, row, holders),
            missing="is held by nobody today",
        )

    def _left(self, office: Office, row: areas.SeatRow | None, suspended: list[Appointment]) -> date | None:
        """The day from which nobody carries an office, where somebody did."""
        if suspended:
            return max(clock.london_day(held.suspended_at) for held in suspended if held.suspended_at)
        return areas.vacant_since(self.area, office, row.seat if row else None, self.on)

    def partner(self, row: areas.SeatRow) -> Fact:
        return Fact(
            title=f"Safeguarding partner: {row.seat.agency.get_kind_display().casefold()}",
            value=row.agency_name,
            source=SEATS,
            as_of=self.on,
            kind=Change.STRUCTURAL,
            key=row.seat.agency.slug,
            since=row.seat.during.lower,
        )

    def all_partners(self) -> Fact:
        rows = sorted(self.partners, key=lambda row: row.agency_name)
        return Fact(
            title="Safeguarding partners",
            value=listed([row.agency_name for row in rows]),
            source=SEATS,
            as_of=self.on,
            kind=Change.STRUCTURAL,
            key=" ".join(sorted(row.seat.agency.slug for row in rows)),
            since=max((row.seat.during.lower for row in rows), default=None),
            missing="are not on record",
        )

    def relevant(self) -> Fact:
        names = [row.agency_name for row in self.agencies]
        return self._of_agencies("Relevant agencies", listed(names), "are not named yet")

    def relevant_count(self) -> Fact:
        return self._of_agencies("Number of relevant agencies", str(len(self.agencies)), "")

    def _of_agencies(self, title: str, value: str, missing: str) -> Fact:
        since = max((row.seat.during.lower for row in self.agencies), default=None)
        return Fact(title, value, "The partnership's list of relevant agencies", self.on, since=since, missing=missing)


def _named(held: Appointment) -> str:
    return f"{held.person.name} (acting)" if held.basis == "acting" else held.person.name


def _key(office: Office, row: areas.SeatRow | None, holders: list[Appointment]) -> str:
    """Another person is another name. For another body, or scrutiny by another number of people or a firm, it is more."""
    if office == Office.SCRUTINEER:
        return " ".join(sorted("firm" if held.firm else "person" for held in holders))
    return row.seat.agency.slug if row else ""


def listed(names: list[str]) -> str:
    """Names in a sentence: a, b and c; nothing for none."""
    return names[0] if len(names) == 1 else " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def of_table(block: dict[str, Any], on: date) -> Fact:
    """A whole table that is drawn from records, as a fact: what it stands for is the hash of its figures."""
    rows = {part: block[part] for part in ("caption", "head", "rows")}
    return Fact(block["caption"], AS_PRINTED, block["source"], on, key=identity.mark_of(rows))


def frozen(name: str, fact: Fact) -> dict[str, Any]:
    """A fact as it goes into the frozen content. `places` gathers section and block (from 1) of each that names it."""
    return {
        "name": name,
        "title": fact.title,
        "value": fact.value,
        "source": fact.source,
        "as_of": fact.as_of.isoformat(),
        "kind": fact.kind.value,
        "key": fact.key,
        "places": [],
    }


def of(written: Iterable[Any]) -> list[dict[str, Any]]:
    """Every fact that was drawn from the records, in the order in which the text names them, with all its places.

    `written`: the states of the sections that will be read (content.SectionState).
    """
    found: dict[str, dict[str, Any]] = {}
    for state in written:
        for place, block in enumerate(state.blocks, 1):
            for name in [*tokens.names_in(block), *([block["figures"]] if "figures" in block else [])]:
                row = found.setdefault(name, frozen(name, state.facts[name]))
                row["places"].append({"section": state.section.key, "block": place})
    return list(found.values())
