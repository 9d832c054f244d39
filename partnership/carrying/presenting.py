"""What is shown before a document is rolled forward, and of what was carried afterwards."""

from dataclasses import dataclass, field

from partnership.carrying import selectors
from partnership.carrying.models import Kind
from partnership.documents import rolling
from partnership.documents.kinds import DocumentKind, Period
from partnership.documents.models import Document, Section, Version


@dataclass(frozen=True)
class Brings:
    """What would come along: under each heading a sentence for each thing."""

    source: Version
    edition: str
    parts: list[tuple[str, list[str]]]


def brings(source: Version, kind: DocumentKind, period: Period) -> Brings:
    """Everything that rolling a version forward to a period would bring. Reads alone."""
    plan = rolling.plan(source, period)
    parts = [("Text", _text(plan)), ("How it meets the guidance", _guidance(plan))]
    parts += [(carrier.title, carrier.brings(source, period)) for carrier in kind.carriers]
    return Brings(source, plan.edition.short_title, [(title, lines) for title, lines in parts if lines])


def _text(plan: rolling.Plan) -> list[str]:
    sections = [row.pk for row in plan.sections]
    passages = plan.source.blocks.filter(place__isnull=False, section__in=sections).count()
    pictures = plan.source.document.pictures.count()
    found = [f"{_count(passages, 'passage')} in {_count(len(sections), 'section')}, each to be changed or confirmed."]
    if plan.own:
        titles = ", ".join(f"“{row.title}”" for row in plan.own)
        found.append(f"Sections that its edition of the guidance does not ask for, at the end: {titles}.")
    for row in plan.source.sections.filter(key__in=rolling.STAYS).exclude(body=""):
        found.append(f"“{row.title}” stays behind: these are the scrutineer's own words on one year.")
    if pictures:
        found.append(f"{_count(pictures, 'picture')} with the descriptions.")
    return found


def _guidance(plan: rolling.Plan) -> list[str]:
    answers = plan.source.answers.filter(block__place__isnull=False, requirement__in=plan.requirements).count()
    explanations = plan.source.explanations.filter(requirement__in=plan.requirements).count()
    found = []
    if plan.edition.key != plan.old.key:
        found.append(f"{plan.old.short_title} applied to the last one. {plan.edition.short_title} applies to this one.")
        gone = [row.old.id for row in plan.changes if row.kind == "removed" and row.old]
        if gone:
            found.append(f"No longer asked, so its marks and explanations stay behind: {', '.join(gone)}.")
    if answers:
        found.append(
            f"{_count(answers, 'mark')} of a passage that answers a requirement, for somebody else to confirm."
        )
    if explanations:
        found.append(
            f"{_count(explanations, 'explanation')} of what is not met or does not apply, to be looked at again."
        )
    return found


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


@dataclass
class Standing:
    """One section of the draft: how many pieces it still has to confirm."""

    section: Section
    waiting: int


@dataclass
class Overview:
    """Where everything that was carried stands now."""

    sections: list[Standing]
    explanations: list[selectors.Waiting]
    confirmed: int
    settled: int  # changed or removed since
    total: int
    waiting: int = field(default=0)


def overview(document: Document, version: Version) -> Overview:
    """What of the carried pieces waits, was confirmed, and was changed or removed."""
    pieces = selectors.waiting(version)
    rows = list(selectors.rows_of(document))
    waiting = len({piece.row.pk for piece in pieces})
    confirmed = sum(1 for row in rows if row.confirmed_at)
    counts: dict[int, int] = {}
    for piece in pieces:
        if piece.section:
            counts[piece.section.pk] = counts.get(piece.section.pk, 0) + 1
    sections = [Standing(row, counts.get(row.pk, 0)) for row in version.sections.order_by("position")]
    explanations = [piece for piece in pieces if piece.row.kind == Kind.REQUIREMENT]
    return Overview(sections, explanations, confirmed, len(rows) - waiting - confirmed, len(rows), waiting)
