"""Rows of a list held against the register: what each would change, or why it cannot. Nothing is written here.

The queries are the same for one row and for five hundred. What only the database knows is tried in
`services.importing`, and undone.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.db.models.functions import Lower

from partnership.accounts.models import User
from partnership.areas import policies
from partnership.areas.importing import file_alone
from partnership.areas.importing.columns import BY_KEY
from partnership.areas.importing.rows import Row
from partnership.areas.importing.values import plain_words
from partnership.areas.importing.verdicts import Outcome, Verdict, in_order, overlap
from partnership.areas.models import Appointment, Area, Basis, Seat
from partnership.areas.roles import SEAT_OPTIONAL, SEATED, Office
from partnership.errors import Refused

WITHOUT_LETTER = (
    "An acting lead partner signs only if the letter on file says so, and a list holds no letter. "
    "Leave this cell empty, or record the appointment on its own page."
)
MAY_NOT_SIGN = "Acting, without a letter on file: may not sign."
WHOLE_PARTNERSHIP = "This office serves the whole partnership, so the agency is not recorded."


class Known:
    """What the register says, read once for a whole list."""

    def __init__(self, area: Area, rows: Iterable[Row]) -> None:
        self.area = area
        seats = Seat.objects.filter(area=area).select_related("agency", "area")
        self.seats: dict[str, list[Seat]] = {}
        for seat in seats.prefetch_related("agency__earlier_names"):
            for name in {seat.agency.name, *(row.name for row in seat.agency.earlier_names.all())}:
                self.seats.setdefault(plain_words(name), []).append(seat)
        addresses = {row.email for row in rows}
        people = User.objects.annotate(address=Lower("email")).filter(address__in=addresses)
        self.people = {person.address: person for person in people}
        held = Appointment.objects.filter(area=area, voided_at=None)
        self.held = list(held.select_related("person", "area", "seat__agency").order_by("during"))

    @cached_property
    def by_person(self) -> dict[int, list[Appointment]]:
        found: dict[int, list[Appointment]] = {}
        for held in self.held:
            found.setdefault(held.person_id, []).append(held)
        return found


def check(rows: Sequence[Row], known: Known, by: User) -> list[Verdict]:
    """A verdict for each row, in the order of the file."""
    verdicts = [Verdict(row, problems=list(row.problems)) for row in rows]
    for verdict in verdicts:
        if verdict.row.is_vacancy:
            verdict.problems.clear()
            verdict.skip("Nobody holds this office. There is nothing to record.")
        elif verdict.problems:
            verdict.outcome = Outcome.ERROR
        else:
            _place(verdict, known)
            _person(verdict, known, by)
    file_alone.compare([verdict for verdict in verdicts if verdict.outcome != Outcome.SAME])
    accepted: list[Verdict] = []
    for verdict in in_order(verdicts):
        if verdict.outcome == Outcome.NEW:
            _departures(verdict, known, accepted)
        if verdict.outcome == Outcome.NEW:
            accepted.append(verdict)
    return verdicts


def _place(verdict: Verdict, known: Known) -> None:
    """Find the seat for which the office is held."""
    row = verdict.row
    assert row.office is not None and row.since is not None  # a row without them has its problem already
    if row.office not in SEATED | SEAT_OPTIONAL:
        if row.agency:
            verdict.notes.append(WHOLE_PARTNERSHIP)
        return
    if row.agency:
        found = known.seats.get(plain_words(row.agency), [])
        if not found:
            verdict.refuse("agency", f"{known.area.name} has no agency “{row.agency[:60]}” in its register.")
            return
        verdict.seat = next((seat for seat in found if row.since in seat.during), None)
        if verdict.seat is None:
            day = f"{row.since:%-d %B %Y}"
            verdict.refuse("agency", f"{found[0].agency.name} has no seat in {known.area.name} on {day}.")
            return
    try:
        policies.check_seat(area=known.area, office=row.office, seat=verdict.seat)
    except Refused as refusal:
        verdict.refuse("agency", refusal.sentence)


def _person(verdict: Verdict, known: Known, by: User) -> None:
    """Find the person, and what the register says of them already."""
    row = verdict.row
    verdict.person = known.people.get(row.email)
    if verdict.outcome == Outcome.ERROR:
        return
    if verdict.person is not None and _is_there(verdict, known):
        return
    try:
        policies.check_is_not_oneself(person=verdict.person or User(), by=by)
    except Refused as refusal:
        verdict.refuse("email", refusal.sentence)
    if row.office == Office.LSP and row.is_head is None:
        verdict.refuse("is_head", "Write yes or no: is this lead partner the head of the agency?")
    if row.office == Office.SCRUTINEER and row.is_paid is None:
        verdict.refuse("is_paid", "Write yes or no: is the scrutineer employed by one of the partners?")
    if row.office == Office.LSP and row.basis == Basis.ACTING:
        if row.may_sign:
            verdict.refuse("may_sign", WITHOUT_LETTER)
        verdict.notes.append(MAY_NOT_SIGN)
    _note_name(verdict, known)


def _is_there(verdict: Verdict, known: Known) -> bool:
    """Whether the register has this person in this office in that time; then the row changes nothing, or is refused."""
    assert verdict.person is not None
    for held in known.by_person.get(verdict.person.pk, []):
        if not (_is_same_office(verdict, held) and overlap(held.during, verdict.during)):
            continue
        if held.basis == verdict.row.basis:
            verdict.skip(f"Recorded already, from {held.during.lower:%-d %B %Y}.")
            return True
        basis = held.get_basis_display().lower()
        verdict.refuse("basis", f"This person holds the office in that time already, as {basis}. End that first.")
        return True
    return False


def _is_same_office(verdict: Verdict, held: Appointment) -> bool:
    seat = verdict.seat.pk if verdict.seat else None
    there = (held.office, held.seat_id, plain_words(held.sub_group))
    return there == (verdict.row.office, seat, plain_words(verdict.row.sub_group))


def _note_name(verdict: Verdict, known: Known) -> None:
    """An account keeps its name. It is told only where it stands in this area's register anyway."""
    person = verdict.person
    if person is None or plain_words(person.name) == plain_words(verdict.row.name):
        return
    if person.pk in known.by_person:
        verdict.notes.append(f"Stays in the register as {person.name}.")
    else:
        verdict.notes.append("This address has an account. It keeps the name that it has.")


def _departures(verdict: Verdict, known: Known, accepted: Iterable[Verdict]) -> None:
    """Where the row departs from the guidance, beside the register and beside the rows that come before it."""
    row = verdict.row
    assert row.office is not None
    there = known.by_person.get(verdict.person.pk, []) if verdict.person else []
    held = {(row.office, row.seat_id) for row in there if overlap(row.during, verdict.during)}
    for other in accepted:
        if other.row.email == row.email and overlap(other.during, verdict.during):
            held.add((str(other.row.office), other.seat.pk if other.seat else None))
    verdict.departures = policies.departures_beside(
        held,
        office=row.office,
        seat=verdict.seat,
        is_head=row.is_head is not False,
        is_paid_by_a_partner=bool(row.is_paid),
    )
    for rule in verdict.departures:
        if row.reason:
            verdict.notes.append(f"{rule.label}. The reason is noted.")
        else:
            verdict.refuse("reason", f"{rule.label}. Say why in the column “{BY_KEY['reason'].title}”.")
