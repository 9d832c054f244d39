"""What the practice reports claim and how they know: told beside their texts, and as invented as these."""

from dataclasses import dataclass, field
from datetime import date

from partnership.documents import selectors as documents
from partnership.documents.models import Block, Document, Section
from partnership.impact import services
from partnership.impact.models import Claim
from partnership.operations.demo import cast

PRACTICE = "(invented for practice)"


@dataclass(frozen=True)
class Piece:
    """One piece of evidence, and who contributes it."""

    by: str
    sort: str
    before: str
    after: str
    period: str
    source: str
    limits: str


@dataclass(frozen=True)
class Told:
    """What one passage claims. `words`: some of its own, to find it by; `priority`: which one an effect serves."""

    section: str
    words: str
    kind: str
    for_whom: str = ""
    priority: str = ""
    evidence: tuple[Piece, ...] = ()
    none_yet: tuple[str, date] | None = None


@dataclass(frozen=True)
class Account:
    """What one report claims, its priorities, and those with little or no progress: why, and what comes next."""

    priorities: tuple[str, ...]
    told: tuple[Told, ...]
    little: dict[str, tuple[str, str]] = field(default_factory=dict)


def tell(document: Document, account: Account, *, by: str, at: str) -> None:
    """A person names the priorities and marks the passages; whoever has evidence adds it."""
    with cast.at(at):
        person = cast.person(by)
        named = {
            words: services.name_priority(document=document, words=words, by=person) for words in account.priorities
        }
        for words, (why, what_next) in account.little.items():
            services.tell_little_progress(
                priority=named[words], why=why, what_next=what_next, seen_revision=0, by=person
            )
        for told in account.told:
            claim = _mark(document, told, by)
            if told.for_whom:
                priorities = [named[told.priority].pk] if told.priority else []
                claim = services.describe(
                    claim=claim, for_whom=told.for_whom, priorities=priorities, seen_revision=claim.revision, by=person
                )
            _show(claim, told, by)


def _mark(document: Document, told: Told, by: str) -> Claim:
    draft = documents.draft(document)
    if draft is None:
        raise RuntimeError(f"{document} has no draft to mark.")
    section = Section.objects.get(version=draft, key=told.section)
    block = Block.objects.get(section=section, place__isnull=False, text__contains=told.words)
    kinds = {str(block.key): told.kind}
    services.mark(section=section, kinds=kinds, seen_revision=section.revision, by=cast.person(by))
    return Claim.objects.get(document=document, key=block.key)


def _show(claim: Claim, told: Told, by: str) -> None:
    for piece in told.evidence:
        services.add_evidence(
            claim=claim,
            by=cast.person(piece.by),
            sort=piece.sort,
            before=piece.before,
            after=piece.after,
            period=piece.period,
            source=f"{piece.source} {PRACTICE}",
            limits=piece.limits,
        )
    if told.none_yet:
        words, day = told.none_yet
        seen = claim.revision
        services.say_none_yet(claim=claim, words=words, look_again_on=day, seen_revision=seen, by=cast.person(by))
