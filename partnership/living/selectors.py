"""Holding what is published against the records: which texts are due, what differs, how a text stands today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from partnership import clock
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import canonical, content
from partnership.documents.kinds import Change, Fact, kinds
from partnership.documents.models import Version
from partnership.documents.workflow import CAME_BACK, WORKED_ON, Status
from partnership.living.models import ClericalEdition, StaleFlag

# After any of these in its area, a text is compared at the next sweep instead of the next day.
CHANGES = (
    Event.APPOINTED,
    Event.APPOINTMENT_ENDED,
    Event.APPOINTMENT_CORRECTED,
    Event.APPOINTMENT_SUSPENDED,
    Event.SUSPENSION_LIFTED,
    Event.APPOINTMENT_VOIDED,
    Event.AGENCY_RENAMED,
    Event.AGENCY_SUCCEEDED,
    Event.AREA_SUCCEEDED,
    Event.SEAT_OPENED,
    Event.SEAT_CLOSED,
    Event.RELEVANT_AGENCY_NAMED,
    Event.RELEVANT_AGENCY_CHANGED,
    Event.MEMBERS_IMPORTED,
    Event.CONTRIBUTION_RECORDED,
    Event.CONTRIBUTION_CORRECTED,
    Event.CONTRIBUTION_REMOVED,
    Event.SPENDING_RECORDED,
    Event.SPENDING_CORRECTED,
    Event.SPENDING_REMOVED,
    Event.COUNT_RECORDED,
    Event.COUNT_CORRECTED,
    Event.COUNT_REMOVED,
    Event.ATTENDANCE_RECORDED,
    Event.ATTENDANCE_CORRECTED,
    Event.ATTENDANCE_REMOVED,
    Event.CHALLENGE_RAISED,
    Event.CHALLENGE_ANSWERED,
    Event.CHALLENGE_CLOSED,
)

# An act notes its moment before others can see what it did. What was compared in between is compared again.
MARGIN = timedelta(minutes=5)


@dataclass(frozen=True)
class Difference:
    """One fact of a frozen text that the records contradict."""

    fact: str
    title: str
    frozen_value: str
    value_now: str
    since: date
    kind: Change


def live() -> QuerySet[Version]:
    """The published texts that claim to be true today; a report tells of its period, and is not among them."""
    living = [kind.key for kind in kinds().values() if kind.is_living]
    found = Version.objects.filter(status=Status.PUBLISHED, document__kind__in=living)
    return found.select_related("document__area", "comparison")


def due(today: date) -> QuerySet[Version]:
    """The live texts that were never compared, not today, or not since something changed in the records of their area."""
    day = TruncDate("comparison__compared_at", tzinfo=clock.LONDON)
    texts = live().annotate(compared_on=day, is_behind=_is_behind(MARGIN))
    return texts.filter(Q(comparison=None) | ~Q(compared_on=today) | Q(is_behind=True)).order_by("pk")


def _is_behind(margin: timedelta = timedelta(0)) -> Exists:
    since = AuditEntry.objects.filter(event__in=CHANGES, at__gte=OuterRef("comparison__compared_at") - margin)
    return Exists(since.filter(area_slug=OuterRef("document__area__slug")))


def facts_of(version: Version) -> list[dict[str, Any]]:
    """The facts that a frozen text names, as they were frozen; none before the second form of the content."""
    if not version.content:
        return []
    facts: list[dict[str, Any]] = canonical.load(version.content).get("facts", [])
    return facts


def differences(version: Version, today: date) -> list[Difference]:
    """Each fact of a frozen text of which the records say something else today."""
    figures = content.Figures(version.document)
    compared = ((row, figures.anything(row["name"])) for row in facts_of(version))
    return [_difference(row, now, today) for row, now in compared if not _agrees(row, now)]


def _agrees(row: dict[str, Any], now: Fact | None) -> bool:
    return now is not None and (now.value, now.key) == (row["value"], row["key"])


def _difference(row: dict[str, Any], now: Fact | None, today: date) -> Difference:
    known = now.since if now and now.since and now.since.isoformat() > row["as_of"] else None
    value = now.value if now else ""
    return Difference(row["name"], row["title"], row["value"], value, known or today, _kind(row, now))


def _kind(row: dict[str, Any], now: Fact | None) -> Change:
    """A name that the records no longer know is a seat that went, or a second body of its kind: the structure changed."""
    if now is None:
        return Change.STRUCTURAL
    is_another = bool(now.value) and now.key != row["key"]
    return Change.STRUCTURAL if row["kind"] == Change.STRUCTURAL and is_another else Change.FACTUAL


def open_flags(version: Version) -> QuerySet[StaleFlag]:
    """What the records contradict in a text now, as it was last found."""
    return StaleFlag.objects.filter(version=version, closed_at=None).order_by("pk")


def contradicted(versions: Iterable[Version]) -> set[int]:
    """Those of these texts, by their keys, of which the records say something else today."""
    rows = StaleFlag.objects.filter(version__in=[version.pk for version in versions], closed_at=None)
    return set(rows.values_list("version_id", flat=True))


def flagged(areas: Iterable[int]) -> QuerySet[Version]:
    """The live texts of these areas with an open flag and no newer version on its way."""
    flags = StaleFlag.objects.filter(version=OuterRef("pk"), closed_at=None)
    newer = Version.objects.filter(document=OuterRef("document"), number__gt=OuterRef("number"))
    on_its_way = newer.filter(status__in=WORKED_ON)
    return live().filter(Exists(flags), ~Exists(on_its_way), document__area__in=areas).order_by("pk")


def is_behind(version: Version) -> bool:
    """Whether the records of its area changed after a text was last held against them."""
    return Version.objects.filter(_is_behind(), pk=version.pk).exists()


def published(document: Any) -> Version | None:
    """The published text of a document, with its last comparison."""
    return live().filter(document=document).first()


def edition_of(version: Version) -> ClericalEdition | None:
    """The mark of a version that is a clerical edition; a draft that continues from one that came back stays one."""
    at: Version | None = version
    while at is not None:
        found = ClericalEdition.objects.filter(version=at).select_related("version__base").first()
        if found:
            return found
        at = at.base if at.base and at.base.status in CAME_BACK else None
    return None


def changed(version: Version, base: Version) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """The frozen facts of a clerical edition that are not those of the text it replaces, each with the one before."""
    before = {row["name"]: row for row in facts_of(base)}
    return [(row, before.get(row["name"])) for row in facts_of(version) if not _same(row, before.get(row["name"]))]


def _same(row: dict[str, Any], before: dict[str, Any] | None) -> bool:
    return before is not None and (row["value"], row["key"]) == (before["value"], before["key"])
