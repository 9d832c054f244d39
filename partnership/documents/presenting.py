"""What the pages of documents show, as plain objects: how a version stands, whose turn it is, who signs it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.documents import canonical, content, publication_policies, selectors
from partnership.documents.kinds import address_of
from partnership.documents.models import Act, Document, SignOff, Unsigned, Version
from partnership.documents.selectors import READABLE
from partnership.documents.workflow import AGREED, Status
from partnership.guidance import loader
from partnership.guidance.vocabulary import Level


@dataclass(frozen=True)
class SeatRow:
    """One seat that must sign: who holds it today, its signature if it was given, or why it does not sign."""

    seat_id: int
    agency: str
    holders: tuple[Appointment, ...]
    signature: SignOff | None
    unsigned: Unsigned | None = None

    @property
    def signers(self) -> list[Appointment]:
        """Those of its holders who may sign today."""
        return [held for held in self.holders if held.basis != "acting" or held.may_sign_while_acting]

    @property
    def names(self) -> str:
        """The holders by name, each with what limits their office."""
        return ", ".join(_holder(held) for held in self.holders)

    @property
    def warning(self) -> str:
        """Why nobody could sign for this seat today; empty when somebody can."""
        if not self.holders:
            return f"{self.agency} has no lead safeguarding partner today, so nobody can sign for it."
        if not self.signers:
            return f"The acting lead safeguarding partner of {self.agency} may not sign."
        return ""


def _holder(held: Appointment) -> str:
    if held.basis != "acting":
        return held.person.name
    return f"{held.person.name} (acting{'' if held.may_sign_while_acting else ', may not sign'})"


def seats(version: Version) -> list[SeatRow]:
    """The seats that a version needs; for a draft, those that would be asked today."""
    today, area = clock.today(), version.document.area
    held: dict[int | None, list[Appointment]] = defaultdict(list)
    for appointment in areas.holders(area, Office.LSP, today):
        held[appointment.seat_id].append(appointment)
    if version.frozen_at:
        required = [(row.seat_id, row.agency_name) for row in version.required_seats.all()]
    else:
        required = sorted(((s.pk, s.agency.name) for s in areas.statutory_seats(area, today)), key=lambda row: row[1])
    signed = {sign_off.seat_id: sign_off for sign_off in version.sign_offs.all()}
    said = version.unsigned.all() if version.frozen_at else []
    unsigned = {row.seat_id: row for row in said if row.taken_back_at is None}
    return [SeatRow(pk, agency, tuple(held[pk]), signed.get(pk), unsigned.get(pk)) for pk, agency in required]


@dataclass(frozen=True)
class Standing:
    """How a version stands: in words, whose turn it is, by when, and who signs."""

    status: str
    turn: str
    due_on: date | None
    due_words: str
    seats: tuple[SeatRow, ...]
    newer_edition: str
    fingerprint: str

    @property
    def signed(self) -> int:
        return sum(1 for row in self.seats if row.signature)


def standing(version: Version) -> Standing:
    """How a version stands today."""
    rows = seats(version)
    due_on, due_words = due(version.document, is_published=version.status in READABLE)
    return Standing(
        status=content.status_in_words(version),
        turn=turn(version, [row.agency for row in rows if not (row.signature or row.unsigned)]),
        due_on=due_on,
        due_words=due_words,
        seats=tuple(rows),
        newer_edition=newer_edition(version.document),
        fingerprint=canonical.short(version.sha256) if version.sha256 else "",
    )


def turn(version: Version, missing: list[str]) -> str:
    """Whose turn it is, as a sentence. `missing`: the agencies whose lead partners have not signed."""
    if version.status == Status.DRAFT:
        return "It is the business manager's turn, to have it written and to send it for sign-off."
    if version.status == Status.IN_SIGN_OFF and not missing:
        return "Each partner has signed, or said why not. It is the chair's turn to propose how it goes on."
    if version.status == Status.IN_SIGN_OFF:
        return f"It is the turn of {lead_partners(missing)}, to sign or to return it."
    if version.status in AGREED:
        return _turn_to_publish(version)
    if is_to_be_begun_anew(version):
        return "It is the business manager's turn to begin a new version."
    return "Nobody needs to do anything with this version."


def _turn_to_publish(version: Version) -> str:
    planned = publication_policies.planned(version)
    if planned and planned.release_at:
        return f"Nobody's turn: it is published on {clock.in_words(planned.release_at)}, UK time."
    if version.proposals.filter(act=Act.PUBLISH, outcome="").exists():
        return "It is proposed to be published. A second person has to confirm it."
    return "It is the business manager's turn, to propose that it is published."


def is_to_be_begun_anew(version: Version) -> bool:
    """Whether this version was withdrawn, nothing came of the document otherwise, and its duty is still open."""
    if (
        version.status not in (Status.WITHDRAWN, Status.TAKEN_DOWN)
        or not selectors.given_up().filter(pk=version.pk).exists()
    ):
        return False
    if version.is_sealed:  # its address promises that something takes its place
        return True
    duties: Any = version.document.duties.all()  # type: ignore[attr-defined]
    return any(duty.closed_at is None for duty in duties)


def lead_partners(agencies: list[str]) -> str:
    """The lead partners of some agencies, in a sentence."""
    if not agencies:
        return "the lead safeguarding partners"
    who = "partner" if len(agencies) == 1 else "partners"
    return f"the lead safeguarding {who} of {listed(agencies)}"


def listed(words: list[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def due(document: Document, *, is_published: bool = False) -> tuple[date | None, str]:
    """The day on which the document's duty is due, and how far off that is; (None, "") for one without a duty."""
    # The duty lives in an app above this one; only its row is read here.
    duty: Any = next(iter(document.duties.all()), None)  # type: ignore[attr-defined]
    if duty is None:
        return None, ""
    if duty.closed_at:
        return duty.due_on, "done"
    if is_published:
        return duty.due_on, "open until it has also been submitted"
    days = (duty.due_on - clock.today()).days
    if days == 0:
        return duty.due_on, "today"
    return duty.due_on, f"in {_days(days)}" if days > 0 else f"overdue by {_days(-days)}"


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def newer_edition(document: Document) -> str:
    """The sentence about guidance that has been replaced since this document's period; empty when it has not."""
    last = document.period.upper - timedelta(days=1)
    return loader.newer_edition_note(loader.edition(document.edition_key), last, clock.today())


def picture_address(document: Document) -> Callable[[str], str]:
    """Where the pages find a picture of this document by its hash."""
    where = [document.area.slug, address_of(document)]
    return lambda sha256: reverse("documents:picture", args=[*where, sha256])


@dataclass(frozen=True)
class HistoryRow:
    """One version in the list of all versions of a document."""

    version: Version
    status: str
    sentence: str
    signatures: str

    @property
    def is_public(self) -> bool:
        return self.version.status in READABLE


def history(document: Document) -> list[HistoryRow]:
    """Every version, the newest first, with what became of it and the signatures that stay with it."""
    versions = document.versions.select_related("returned_by", "withdrawn_by", "voided_by").prefetch_related(
        "sign_offs"
    )
    return [
        HistoryRow(
            version,
            Status(version.status).label,
            _fate(version),
            ", ".join(f"{signed.person_name} for {signed.agency_name}" for signed in version.sign_offs.all()),
        )
        for version in versions.order_by("-number")
    ]


def _fate(version: Version) -> str:
    if version.status == Status.RETURNED:
        return f"Returned by {version.returned_by}: {version.reason}"
    if version.status == Status.VOID:
        return f"Declared void by two persons, {version.voided_by} the second of them: {version.reason}"
    if version.status == Status.TAKEN_DOWN:
        return f"Withdrawn from the public by {version.withdrawn_by} on {_day(version.withdrawn_at)}: {version.reason}"
    if version.status == Status.WITHDRAWN:
        return f"Withdrawn by {version.withdrawn_by}: {version.reason}"
    return ""


def open_matters(document: dict[str, Any]) -> list[str]:
    """What a signer should know is open in a frozen document: challenges, and what is asked and not answered."""
    found = [
        f"Challenge {row['number']} from {row['raised_by']} is answered, and not closed."
        for row in document["challenges"]
        if not row["closed"]
    ]
    local = Level.LOCAL.label
    asked = [row for row in document["guidance"] if row["asked"] and row["level"] != local]
    for row in asked:
        # The first form named sections alone; since then it is a passage that answers, or nothing does.
        is_answered = bool(row.get("answers", row["section_title"]))
        if row["explained"]:
            where = f", in “{row['section_title']}”" if row["section_title"] else ""
            found.append(f"{row['level']}: {row['text']} This is explained, not answered{where}.")
        elif not is_answered:
            found.append(f"{row['level']}: {row['text']} This is neither answered at a named passage nor explained.")
    return found


def banner(version: Version) -> tuple[str, str]:
    """The title and the sentence that stand above any text of a version."""
    words = content.status_in_words(version)
    if version.status == Status.RETURNED:
        return "Returned", f"{words} {version.returned_by} returned it on {_day(version.returned_at)}: {version.reason}"
    if version.status == Status.VOID:
        return "Void", f"{words} Two persons declared it void: {version.reason}"
    if version.status == Status.TAKEN_DOWN:
        by = f"{version.withdrawn_by} withdrew it on {_day(version.withdrawn_at)}"
        return "Withdrawn after publication", f"{words} {by}: {version.reason}"
    if version.status == Status.CONSOLIDATED and version.consolidated_into:
        return "Consolidated", f"{words} Since {_day(version.consolidated_at)}: {version.consolidated_into.title}."
    if version.status == Status.WITHDRAWN:
        return "Withdrawn", f"{words} {version.withdrawn_by} withdrew it: {version.reason}"
    moments = {Status.PUBLISHED: version.published_at, Status.SUPERSEDED: version.superseded_at}
    moment = moments.get(Status(version.status))
    on = f" Since {_day(moment)}." if moment else ""
    return Status(version.status).label, words + on


def _day(moment: Any) -> str:
    day = clock.london_day(moment)
    return f"{day.day} {day:%B %Y}"
