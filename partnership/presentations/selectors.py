"""Reading where a document was presented, and which plan has passed without a word of what came of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from partnership.documents.models import Document
from partnership.presentations.kinds import Said, State
from partnership.presentations.models import Entry, Presentation


@dataclass(frozen=True)
class Occasion:
    """One occasion as it stands, and what was recorded of it before, the newest first."""

    presentation: Presentation
    entry: Entry
    earlier: list[Entry]

    @property
    def said(self) -> Said:
        return self.entry.said


def of_document(document: Document) -> list[Occasion]:
    """Every occasion of a document, the latest day first, in two queries."""
    rows = Presentation.objects.filter(document=document).prefetch_related("entries")
    found = [Occasion(row, entries[0], entries[1:]) for row in rows if (entries := list(row.entries.all()))]
    return sorted(found, key=lambda row: (row.entry.day, row.presentation.pk), reverse=True)


def at(document: Document, key: int) -> Occasion | None:
    """One occasion of a document."""
    return next((row for row in of_document(document) if row.presentation.pk == key), None)


def newest() -> QuerySet[Entry]:
    """Of each occasion what counts now."""
    later = Entry.objects.filter(presentation=OuterRef("presentation"), number__gt=OuterRef("number"))
    return Entry.objects.filter(~Exists(later)).select_related("presentation__document__area")


def without_outcome(areas: Collection[int], today: date) -> QuerySet[Entry]:
    """What was planned in these areas for a day that has passed, and of which nobody has said what came of it."""
    return newest().filter(state=State.PLANNED, day__lt=today, presentation__document__area__in=areas)
