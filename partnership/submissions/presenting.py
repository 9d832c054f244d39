"""The addresses of the national bodies, as the page of them and the page before publishing show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.conf import settings

from partnership.documents.kinds import Addressed
from partnership.documents.models import RenditionKind, Version
from partnership.guidance.vocabulary import EVIDENCE
from partnership.submissions import selectors
from partnership.submissions.models import AddressChange, Recipient


@dataclass(frozen=True)
class Body:
    """A national body with the address in use, the one to come, those before, and a change that waits."""

    party: str
    name: str
    in_use: Recipient | None
    coming: Recipient | None
    before: list[Recipient] = field(default_factory=list)
    proposed: AddressChange | None = None
    decided: list[AddressChange] = field(default_factory=list)
    warning: str = ""

    @property
    def evidence(self) -> list[str]:
        """How the address in use is known, in words."""
        codes = self.in_use.evidence.split("+") if self.in_use else []
        return [EVIDENCE.get(code, code) for code in codes]


def bodies(today: date) -> list[Body]:
    """Every body that has or had an address, by its name."""
    changes: dict[str, list[AddressChange]] = {}
    for change in selectors.changes():
        changes.setdefault(change.party, []).append(change)
    rows = {party: list(found) for party, found in groupby(selectors.addresses(), key=lambda row: row.party)}
    found = [_body(party, rows.get(party, []), changes.get(party, []), today) for party in {*rows, *changes}]
    return sorted(found, key=lambda body: body.name)


def _body(party: str, rows: list[Recipient], changes: list[AddressChange], today: date) -> Body:
    coming = next((row for row in rows if row.valid_from > today), None)
    in_use = next((row for row in rows if _holds(row, today)), None)
    return Body(
        party=party,
        name=(in_use or coming or rows[0]).name if rows else changes[0].name,
        in_use=in_use,
        coming=coming,
        before=[row for row in rows if row not in (in_use, coming)],
        proposed=next((change for change in changes if not change.outcome), None),
        decided=[change for change in changes if change.outcome],
        warning=_warning(in_use, today),
    )


def _holds(row: Recipient, today: date) -> bool:
    return row.valid_from <= today and (row.valid_until is None or row.valid_until > today)


def _warning(in_use: Recipient | None, today: date) -> str:
    if in_use is None:
        return "No address is in use. An operator must add one before anything can be sent to it."
    if selectors.is_stale(in_use, today):
        days = (today - in_use.checked_on).days
        return f"This address was last checked {days} days ago. Ask an operator to look at it again before it is used."
    return ""


def addressed(version: Version, parties: Iterable[tuple[str, str]], today: date) -> list[Addressed]:
    """To which address of each body a version goes today, given as pairs of party and name; what is to be known first."""
    in_use = {row.party: row for row in selectors.in_force(today)}
    final = version.renditions.filter(kind=RenditionKind.FINAL).select_related("file").first()
    left_out = selectors.left_out(final.file) if final else ""
    return [_addressed(name, in_use.get(party), today, left_out) for party, name in parties]


def _addressed(name: str, row: Recipient | None, today: date, left_out: str) -> Addressed:
    checked = f"Source: {row.source}, checked on {row.checked_on:%-d %B %Y}." if row else ""
    address = row.address if row else ""
    return Addressed(
        row.name if row else name, address, checked, _warning(row, today), left_out, settings.DEFAULT_FROM_EMAIL
    )
