"""Reading what was carried: what still waits, in which section, and from which documents."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from partnership.carrying import last_year
from partnership.carrying.models import Carried, Kind, RollForward
from partnership.documents.kinds import Problem, address_of
from partnership.documents.models import Block, Document, Explanation, Section, Version


@dataclass(frozen=True)
class Waiting:
    """One carried piece that stands in the draft as it came. Of a requirement's explanation `section` is None."""

    row: Carried
    text: str
    warnings: last_year.Warnings
    section: Section | None = None
    block: Block | None = None

    @property
    def value(self) -> str:
        """What a form sends back of it: which one, and how it stood."""
        return f"{self.row.pk}:{self.row.mark}"


def rolled(document: Document) -> RollForward | None:
    """From what a document was rolled forward, or None."""
    rows = RollForward.objects.filter(document=document)
    return rows.select_related("source__document__area", "rolled_by").first()


def sources_of(document: Document) -> list[Document]:
    """The earlier documents that this one was rolled forward from, directly and through others, the last first."""
    found: list[Document] = []
    row = rolled(document)
    while row:
        found.append(row.source.document)
        row = rolled(row.source.document)
    return found


def rows_of(document: Document) -> QuerySet[Carried]:
    """Everything that a document brought along."""
    return Carried.objects.filter(document=document).select_related("confirmed_by")


def mark_of_explanation(reason: str, text: str) -> str:
    """The hash of an explanation."""
    return hashlib.sha256(f"{reason}\n{text}".encode()).hexdigest()


def waiting(version: Version) -> list[Waiting]:
    """What stands in a version as it was carried and nobody has confirmed; in the order of the text."""
    roll: RollForward | None = getattr(
        version.document, "rolled_forward", None
    )  # asked once, and kept with the document
    if roll is None:
        return []
    carried = list(Carried.objects.filter(document=version.document_id))
    still = {(row.kind, row.key): row for row in carried if row.confirmed_at is None}
    if not still:
        return []
    warn = _Warn(roll)
    sections = list(version.sections.select_related("version__document__area").order_by("position"))
    by_pk = {row.pk: row for row in sections}
    blocks = list(version.blocks.filter(place__isnull=False).order_by("section__position", "place"))
    own = {row.key for row in carried if row.kind == Kind.PASSAGE}
    found = [
        Waiting(row, block.text, warn(block.text), by_pk[block.section_id], block)
        for block, row in _passages(blocks, still, own)
    ]
    for section in sections:
        row = still.get((Kind.SECTION, section.key))
        if row and row.mark == mark_of_explanation("", section.explanation):
            found.append(Waiting(row, section.explanation, warn(section.explanation), section))
    return found + _explanations(version, still, warn)


def has_waiting() -> Exists:
    """Whether a version (of a query of versions) has passages that stand as they were carried, unconfirmed."""
    same = Block.objects.filter(version=OuterRef(OuterRef("pk")), mark=OuterRef("mark"), place__isnull=False)
    rows = Carried.objects.filter(document=OuterRef("document"), kind=Kind.PASSAGE, confirmed_at=None)
    return Exists(rows.filter(Exists(same)))


def _passages(blocks: list[Block], still: dict[tuple[str, str], Carried], own: set[str]) -> list[tuple[Block, Carried]]:
    """Each block with the row that it settles or not: its own, or one with the same words that was moved or typed again."""
    by_mark = {row.mark: row for (kind, _), row in still.items() if kind == Kind.PASSAGE}
    found = []
    for block in blocks:
        row = still.get((Kind.PASSAGE, str(block.key)))
        if row is None and str(block.key) not in own:
            row = by_mark.get(block.mark)
        if row and row.mark == block.mark:
            found.append((block, row))
    return found


def _explanations(version: Version, still: dict[tuple[str, str], Carried], warn: "_Warn") -> list[Waiting]:
    found = []
    rows: QuerySet[Explanation] = version.explanations.all()
    for explanation in rows:
        row = still.get((Kind.REQUIREMENT, explanation.requirement))
        if row and row.mark == mark_of_explanation(explanation.reason, explanation.text):
            found.append(Waiting(row, explanation.text, warn(explanation.text)))
    return found


class _Warn:
    """Looks for what was last year's, given what the document was rolled from."""

    def __init__(self, roll: RollForward) -> None:
        self._old = roll.source.document

    def __call__(self, text: str) -> last_year.Warnings:
        first, after = self._old.period.lower, self._old.period.upper
        return last_year.warnings(text, self._old.period_label, first, after - timedelta(days=1))


def unconfirmed(version: Version) -> list[Problem]:
    """What stops the sending: each section with pieces that are neither changed nor confirmed, with the place for it."""
    document = version.document
    counts: dict[tuple[str, str], int] = {}
    for piece in waiting(version):
        key = (piece.section.key, piece.section.title) if piece.section else ("", "Explanations of requirements")
        counts[key] = counts.get(key, 0) + 1
    return [
        Problem(_sentence(title, number), section_href(document, key), key) for (key, title), number in counts.items()
    ]


def section_href(document: Document, key: str) -> str:
    """Where the carried pieces of a section are confirmed; of no section, those of the whole document."""
    where = [document.area.slug, address_of(document)]
    if not key:
        return f"{reverse('carrying:carried', args=where)}#explanations"
    return reverse("carrying:section", args=[*where, key])


def _sentence(title: str, number: int) -> str:
    if number == 1:
        return f"{title}: one carried passage is neither changed nor confirmed to be still true."
    return f"{title}: {number} carried passages are neither changed nor confirmed to be still true."
