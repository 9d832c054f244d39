"""Who agreed to a text, who did not and why: as pages and PDFs print it, and as a file for machines."""

import json
from datetime import UTC, date, datetime
from typing import Any

from partnership import clock
from partnership.areas.models import Basis
from partnership.documents import canonical
from partnership.documents.models import Act, Outcome, RenditionKind, RequiredSeat, SignOff, Unsigned, Version

FORM = "partnership evidence 1"
HOW = (
    "Compute the SHA-256 of the content at `content.address`, byte by byte: it is `content.sha256`.",
    "Each signature names the same SHA-256. Nothing else was signed.",
    "Compute the SHA-256 of the PDF: it is `pdf.sha256`. The attachment document.json of the PDF is the content.",
)


def signatures(version: Version) -> list[dict[str, Any]]:
    """Each required seat with its signature, or with why it has none; in the order of the agencies' names."""
    signed = {
        sign_off.seat_id: sign_off for sign_off in version.sign_offs.select_related("appointment", "paper__proposal")
    }
    unsigned = {row.seat_id: row for row in version.unsigned.all() if row.taken_back_at is None}
    return [
        _signature(seat, signed.get(seat.seat_id), unsigned.get(seat.seat_id)) for seat in version.required_seats.all()
    ]


def _signature(seat: RequiredSeat, sign_off: SignOff | None, unsigned: Unsigned | None) -> dict[str, Any]:
    nothing = dict.fromkeys(
        ("name", "job_title", "capacity", "statement", "position", "reservation", "fingerprint"), ""
    )
    found: dict[str, Any] = {**nothing, "agency": seat.agency_name, "office": "Lead safeguarding partner", "at": None}
    found |= {"why": "", "reason": "", "said_as": "", "said_at": None, "proved_by": "", "left_on": None, "paper": ""}
    if sign_off:
        found |= {
            "office": sign_off.office_name,
            "name": sign_off.person_name,
            "job_title": sign_off.job_title,
            "capacity": Basis(sign_off.capacity).label,
            "statement": sign_off.statement,
            "position": sign_off.get_position_display(),
            "reservation": sign_off.reservation,
            "at": sign_off.signed_at,
            "fingerprint": sign_off.sha256,
            "proved_by": sign_off.proved_by,
            "paper": on_paper(sign_off),
            "left_on": left_before_publication(sign_off, seat.version),
        }
    elif unsigned:
        found |= {"why": unsigned.get_why_display(), "reason": unsigned.reason}
        found |= {"said_as": unsigned.said_as, "said_at": unsigned.said_at}
    return found


def on_paper(sign_off: SignOff) -> str:
    """Of a signature on paper: when, and which two persons took it as given. Empty for any other."""
    if sign_off.paper is None:
        return ""
    day, row = sign_off.paper.signed_on, sign_off.paper.proposal
    return (
        f"Signed on paper on {day.day} {day:%B %Y}. The scan was recorded by {row.proposed_as}, and taken as given by "
        f"{row.decided_as}."
    )


def left_before_publication(sign_off: SignOff, version: Version) -> date | None:
    """The first day on which who signed held that office no longer, if that was before the text was published.

    The signature stands all the same (invariant 13 of the design).
    """
    after: date | None = sign_off.appointment.during.upper
    day = clock.london_day(version.published_at or clock.now())
    return after if after and after <= day else None


def agreed_in_words(version: Version) -> str:
    """Who agreed to a text that is to be published or was: every lead partner, or which of them did not sign."""
    rows = signatures(version)
    without = [row["agency"] for row in rows if not row["at"]]
    reserved = [row["agency"] for row in rows if row["reservation"]]
    if not without and reserved:
        return f"Signed by every lead safeguarding partner, with a reservation of {_listed(reserved)}."
    if not without:
        return "Signed by every lead safeguarding partner."
    who = _listed(without)
    return f"Not signed by every lead safeguarding partner: {who} {'has' if len(without) == 1 else 'have'} not signed."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def evidence(version: Version, where: str = "") -> dict[str, Any]:
    """Everything that shows who agreed to a frozen text. `where`: the address of its content, once that is public."""
    document = version.document
    final = version.renditions.filter(kind=RenditionKind.FINAL).select_related("file").first() if where else None
    signed = version.sign_offs.select_related("appointment", "paper__proposal").order_by("agency_name")
    return {
        "form": FORM,
        "document": {
            "area": document.area.slug,
            "partnership": document.area.partnership_name,
            "kind": document.kind,
            "period": document.period_label,
            "title": document.title,
            "version": version.number,
        },
        "content": {
            "sha256": version.sha256,
            "canonical_form": canonical.load(version.content)["form"],
            "address": where,
            "frozen_at": _at(version.frozen_at),
        },
        "required": [row.agency_name for row in version.required_seats.all()],
        "signatures": [_signed(row, version) for row in signed],
        "not_signed": [_not_signed(row) for row in version.unsigned.all() if row.taken_back_at is None],
        "signed_by_all_at": _at(version.signed_at),
        "settled_without": _settled(version),
        "published_at": _at(version.published_at) if where else None,
        "pdf": {"sha256": final.file_id, "bytes": final.file.size, "pages": final.pages} if final else None,
        "how_to_check": list(HOW),
    }


def as_text(told: dict[str, Any]) -> str:
    """The evidence as it is written into a file: the same every time."""
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _signed(row: SignOff, version: Version) -> dict[str, Any]:
    left = left_before_publication(row, version) if version.published_at else None
    return {
        "agency": row.agency_name,
        "name": row.person_name,
        "office": row.office_name,
        "job_title": row.job_title,
        "capacity": row.capacity,
        "in_office_since": row.appointment.during.lower.isoformat(),
        "left_office_before_publication": left.isoformat() if left else None,
        "position": row.position,
        "reservation": row.reservation,
        "statement": row.statement,
        "wording": row.wording,
        "sha256": row.sha256,
        "on_paper": _paper(row),
        "proved_by": row.proved_by,
        "proved_at": _at(row.proved_at),
        "signed_at": _at(row.signed_at),
    }


def _paper(row: SignOff) -> dict[str, Any] | None:
    if row.paper is None:
        return None
    proposal = row.paper.proposal
    return {
        "signed_on": row.paper.signed_on.isoformat(),
        "scan_sha256": row.paper.scan_id,
        "recorded_as": proposal.proposed_as,
        "taken_as_given_by": proposal.decided_as,
    }


def _not_signed(row: Unsigned) -> dict[str, Any]:
    said = {"agency": row.agency_name, "why": row.why, "reason": row.reason}
    return {**said, "said_as": row.said_as, "said_at": _at(row.said_at)}


def _settled(version: Version) -> dict[str, Any] | None:
    row = version.proposals.filter(act=Act.SETTLE_IN_PART, outcome=Outcome.AGREED).first()
    if version.settled_at is None or row is None:
        return None
    return {
        "proposed_as": row.proposed_as,
        "proposed_at": _at(row.proposed_at),
        "reason": row.reason,
        "agreed_as": row.decided_as,
        "agreed_at": _at(row.decided_at),
    }


def _at(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
