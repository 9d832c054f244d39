"""Reading briefings, and what an edition means for an area: computed from the editions and the documents as they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from django.db.models import Q, QuerySet

from partnership.areas.models import Appointment, Area
from partnership.briefings.models import Baseline, Briefing
from partnership.documents.kinds import kinds
from partnership.documents.models import Document, Version
from partnership.documents.workflow import WORKED_ON, Status
from partnership.guidance import loader
from partnership.guidance.crosswalk import (
    Change,
    DeadlineChange,
    OutcomeChange,
    between,
    deadlines_between,
    outcomes_between,
)
from partnership.guidance.schema import Edition
from partnership.guidance.vocabulary import DOCUMENTS


def areas_in_use(on: date) -> QuerySet[Area]:
    """The areas in which anybody holds an office on a day."""
    return Area.objects.filter(pk__in=Appointment.objects.on(on).values("area"))


def of_area(area: Area) -> QuerySet[Briefing]:
    """The briefings of an area, the newest first."""
    return Briefing.objects.filter(area=area).select_related("area", "acknowledged_by")


def baseline_of(area: Area) -> Baseline | None:
    """From when on, and with which editions, an area has been in use here."""
    return Baseline.objects.filter(area=area).first()


def unacknowledged(areas: Iterable[int]) -> QuerySet[Briefing]:
    """What waits to be acknowledged in these areas."""
    return Briefing.objects.filter(area__in=areas, acknowledged_at=None).select_related("area")


@dataclass(frozen=True)
class Live:
    """A document that is worked on or stands in force, begun under an edition before the new one."""

    document: Document
    version: Version
    begun_under: Edition
    is_covered: bool  # its period is one that the new edition is for

    @property
    def state(self) -> str:
        return Status(self.version.status).label


@dataclass(frozen=True)
class KindOfChange:
    """What the new edition changes for one kind of document."""

    document: str
    changes: tuple[Change, ...]

    @property
    def title(self) -> str:
        return DOCUMENTS[self.document]

    def of(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind and not change.is_coming]

    @property
    def new(self) -> list[Change]:
        return self.of("new")

    @property
    def changed(self) -> list[Change]:
        return self.of("changed")

    @property
    def removed(self) -> list[Change]:
        return self.of("removed")

    @property
    def same(self) -> list[Change]:
        return self.of("same")

    @property
    def coming(self) -> list[Change]:
        return [change for change in self.changes if change.is_coming]

    @property
    def unread(self) -> int:
        """How many rows stay only because nobody has read the new text yet."""
        return sum(1 for change in self.changes if change.new and change.new.carried_from)


@dataclass(frozen=True)
class Impact:
    """What an edition means for one area. `before` is the edition it follows, None for the first of its series."""

    edition: Edition
    before: Edition | None
    staying: tuple[Live, ...]
    covered: tuple[Live, ...]
    kinds: tuple[KindOfChange, ...]
    deadlines: tuple[DeadlineChange, ...]
    outcomes: tuple[OutcomeChange, ...]

    @property
    def moving_deadlines(self) -> list[DeadlineChange]:
        return [change for change in self.deadlines if change.kind != "same"]

    @property
    def changed_outcomes(self) -> list[OutcomeChange]:
        return [change for change in self.outcomes if change.kind != "same"]

    def count(self, which: str) -> int:
        """How many requirements of all kinds of document are `new`, `changed`, `removed`, `coming` or `same`."""
        return sum(len(getattr(kind, which)) for kind in self.kinds)


def impact(area: Area, edition: Edition) -> Impact:
    """What an edition means for an area today."""
    before = loader.edition_before(edition)
    live = _live(area, edition)
    comparable = before and before.requirements and edition.requirements
    return Impact(
        edition=edition,
        before=before,
        staying=tuple(row for row in live if not row.is_covered),
        covered=tuple(row for row in live if row.is_covered),
        kinds=changes_between(before, edition) if before and comparable else (),
        deadlines=deadlines_between(before, edition) if before else (),
        outcomes=outcomes_between(before, edition) if before else (),
    )


def changes_between(old: Edition, new: Edition) -> tuple[KindOfChange, ...]:
    """The crosswalk of every kind of document."""
    return tuple(KindOfChange(document, between(old, new, document)) for document in DOCUMENTS)


def _live(area: Area, edition: Edition) -> list[Live]:
    """The live documents of an area that were begun under an earlier edition of the same guidance, newest first."""
    earlier = {
        row.key: row
        for row in loader.editions()
        if row.series == edition.series and row.in_force_from < edition.in_force_from
    }
    standing = [kind.key for kind in kinds().values() if kind.one_current_in_area]
    alive = Q(status__in=WORKED_ON) | Q(status=Status.PUBLISHED, document__kind__in=standing)
    versions = Version.objects.filter(alive, document__area=area, document__edition_key__in=earlier)
    found: dict[int, Live] = {}
    for version in versions.select_related("document__area").order_by("-document__period", "-number"):
        document = version.document
        found.setdefault(
            document.pk,
            Live(document, version, earlier[document.edition_key], _covers(edition, document)),
        )
    return list(found.values())


def _covers(edition: Edition, document: Document) -> bool:
    first, last = document.period.lower, document.period.upper - timedelta(days=1)
    return any(row.document == document.kind and row.covers(first, last) for row in edition.applications)


def pairs() -> list[tuple[Edition, Edition]]:
    """Every two editions of one guidance that can be compared, the older first; the newest pair on top."""
    found = [(old, new) for old, new in combinations(loader.editions(), 2) if old.series == new.series]
    return sorted(found, key=lambda pair: (pair[1].in_force_from, pair[0].in_force_from), reverse=True)
