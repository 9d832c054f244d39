"""The list of each day: the fingerprints of all that became public, chained to the day before and signed where we can.

Whoever keeps one list of a later day can show that a file was there on its day and that nothing was slipped in or taken
out afterwards: each list names the fingerprint of the one before. It names that of the audit records as well, so that
`verify_records` finds a record that was rewritten or cut. Source: capabilities 47 and 110. See docs/adr/0035.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from partnership import clock
from partnership.audit.models import AuditEntry
from partnership.companions.models import Companion
from partnership.documents import canonical, sealing
from partnership.documents.models import Rendition, RenditionKind, Version
from partnership.documents.workflow import READABLE, Status
from partnership.evidence.models import DailyList, Listed
from partnership.files import services as files

FORM = "partnership daily list 1"
SIGNATURE = "application/pkcs7-signature"
AT_ONCE = 60  # days in one run: what is left after a long stop is done in the next minutes
WAS_PUBLIC = (*READABLE, Status.TAKEN_DOWN)
What = Listed.What


@dataclass(frozen=True)
class Found:
    """A fingerprint that is in no list yet."""

    sha256: str
    what: str
    version: Version
    at: datetime
    seal: dict[str, str]

    def told(self) -> dict[str, Any]:
        """As it stands in the list."""
        document = self.version.document
        said = {
            "sha256": self.sha256,
            "what": self.what,
            "partnership": document.area.partnership_name,
            "title": document.title,
            "version": self.version.number,
            "published_at": self.at.astimezone(UTC).isoformat(timespec="seconds"),
        }
        return said | ({"seal": self.seal} if self.seal else {})


def make_due() -> int:
    """Make the list of each day that is over and has none yet, in order. Returns how many. Safe to run at any time.

    Raises what `sealing.signature` raises: a list that was to be signed is not made without.
    """
    made = 0
    while made < AT_ONCE and _make_next():
        made += 1
    return made


@transaction.atomic
def _make_next() -> bool:
    """Make the list of the next day, if one is due. Workers take turns, so that two do not make the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('evidence:daily-lists', 0))")
    day = _next_day()
    if day is not None:
        _make(day)
    return day is not None


def _next_day() -> date | None:
    """The first day without a list that is over. Before anything was published there is none."""
    yesterday = clock.today() - timedelta(days=1)
    newest = DailyList.objects.order_by("-day").values_list("day", flat=True).first()
    if newest is None:
        first = (
            Version.objects.filter(status__in=WAS_PUBLIC, published_at__isnull=False).order_by("published_at").first()
        )
        day = clock.london_day(first.published_at) if first and first.published_at else None
    else:
        day = newest + timedelta(days=1)
    return day if day and day <= yesterday else None


def _make(day: date) -> None:
    before = DailyList.objects.order_by("-day").first()
    found = sorted(_unlisted(day), key=lambda row: row.sha256)
    heads = _heads()
    told = {
        "form": FORM,
        "day": day.isoformat(),
        "previous": before.sha256 if before else "",
        "records": canonical.fingerprint(heads),
        "published": [row.told() for row in found],
    }
    content = as_text(told)
    signature = files.put(sealing.signature(content.encode()), SIGNATURE) if sealing.is_configured() else None
    made = DailyList.objects.create(
        day=day, content=content, previous=before.sha256 if before else "", heads=heads, signature=signature
    )
    Listed.objects.bulk_create(
        Listed(day=made, sha256=row.sha256, what=row.what, version=row.version, seal=row.seal) for row in found
    )


def _unlisted(day: date) -> list[Found]:
    """What was public by the end of this day and is in no list; each fingerprint once."""
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.LONDON)
    rows = [*_texts(end), *_pdfs(end), *_companions(end)]
    known = set(Listed.objects.filter(sha256__in=[row.sha256 for row in rows]).values_list("sha256", flat=True))
    return list({row.sha256: row for row in rows if row.sha256 not in known}.values())


def _texts(end: datetime) -> Iterator[Found]:
    listed = Listed.objects.values("sha256")
    rows = Version.objects.filter(status__in=WAS_PUBLIC, published_at__lt=end).exclude(sha256__in=listed)
    for row in rows.select_related("document__area").defer("content"):
        if row.sha256 and row.published_at:
            yield Found(row.sha256, What.TEXT, row, row.published_at, {})


def _pdfs(end: datetime) -> Iterator[Found]:
    listed = Listed.objects.values("sha256")
    rows = Rendition.objects.filter(
        kind=RenditionKind.FINAL, version__status__in=WAS_PUBLIC, version__published_at__lt=end
    ).exclude(file__in=listed)
    for row in rows.select_related("version__document__area", "file").defer("version__content"):
        if row.version.published_at:
            seal = sealing.told_of(files.read(row.file))
            yield Found(row.file_id, What.PDF, row.version, row.version.published_at, seal)


def _companions(end: datetime) -> Iterator[Found]:
    listed = Listed.objects.values("sha256")
    rows = Companion.objects.filter(published_at__lt=end, file__isnull=False).exclude(file__in=listed)
    for row in rows.select_related("made_for__document__area").defer("made_for__content"):
        if row.file_id and row.published_at:
            yield Found(row.file_id, What.COMPANION, row.made_for, row.published_at, {})


def _heads() -> str:
    """The newest entry of each chain of the audit record, as canonical text."""
    newest = AuditEntry.objects.order_by("area_slug", "-sequence").distinct("area_slug")
    rows = newest.values_list("area_slug", "sequence", "hash")
    return as_text([list(row) for row in rows])


def as_text(told: Any) -> str:
    """Data as text of which the fingerprint is taken: the same for the same data."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def listed(sha256: str) -> Listed | None:
    """The list in which a fingerprint stands, if it stands in one."""
    return Listed.objects.filter(sha256=sha256).select_related("day").first()
