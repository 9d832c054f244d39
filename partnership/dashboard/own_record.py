"""What somebody did in their offices and may always read again: what they signed, and what they said as scrutineer.

It stays theirs after their office has ended. Nothing else of the area is in it: no answer, no draft, no later state.
"""

from dataclasses import dataclass
from datetime import datetime

from partnership.accounts.models import User
from partnership.documents import canonical
from partnership.documents.models import SignOff
from scrutiny.models import ChallengeNote


@dataclass(frozen=True)
class Signed:
    """One signature of theirs: under what, for whom, when, and the fingerprint of the text."""

    title: str
    area: str
    agency: str
    at: datetime
    fingerprint: str


@dataclass(frozen=True)
class Said:
    """One challenge of theirs with their own view on closing, as it is read today. The marks say where words were taken out."""

    title: str
    area: str
    number: int
    text: str
    at: datetime
    view: str
    text_mark: str
    view_mark: str


def signed_by(user: User) -> list[Signed]:
    """Every signature that somebody gave, the newest first."""
    rows = SignOff.objects.filter(signed_by=user).select_related("version__document__area").defer("version__content")
    return [
        Signed(
            title=f"{row.version.document.title}, version {row.version.number}",
            area=row.version.document.area.name,
            agency=row.agency_name,
            at=row.signed_at,
            fingerprint=canonical.short(row.sha256),
        )
        for row in rows.order_by("-signed_at")
    ]


def said_by(user: User) -> list[Said]:
    """Every challenge that somebody raised, the newest first; the view on closing where it is theirs."""
    rows = ChallengeNote.objects.filter(raised_by=user).select_related("document", "area")
    rows = rows.prefetch_related("text_redactions", "view_redactions").order_by("-raised_at")
    return [_said(row, closed_it=row.closed_by_id == user.pk) for row in rows]


def _said(row: ChallengeNote, *, closed_it: bool) -> Said:
    text, view = row.text_redaction, row.view_redaction if closed_it else None
    return Said(
        title=row.document.title,
        area=row.area.name,
        number=row.number,
        text=row.text_as_read,
        at=row.raised_at,
        view=row.view_as_read if closed_it else "",
        text_mark=text.sentence if text else "",
        view_mark=view.sentence if view else "",
    )
