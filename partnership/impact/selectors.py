"""Reading the impact test: what stops the sending, what is printed, and what is carried into the next year."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from partnership import clock
from partnership.areas import access
from partnership.areas.models import Area
from partnership.documents import meeting
from partnership.documents import selectors as documents
from partnership.documents.kinds import Problem, address_of, kind
from partnership.documents.models import Document, Version
from partnership.impact import standing
from partnership.impact.models import Claim, Evidence, LittleProgress
from partnership.impact.standing import PriorityRow, Said

SUPPRESSED = "A small number, which is not shown"
A_YEAR = timedelta(days=365)


def document_at(user: access.Person, area_slug: str, address: str) -> Document | None:
    """The document at an address, if its kind has the impact test, for whoever holds an office in its area."""
    found = documents.at(address, access.visible_to(Document.objects.filter(area__slug=area_slug), user))
    return found if found and is_asked(found.kind) else None


def is_asked(kind_key: str) -> bool:
    """Whether documents of this kind have the impact test."""
    return kind(kind_key).claims is printed


def problems(version: Version) -> list[Problem]:
    """What stops the sending: no effect at all, a priority with nothing to it, an effect whose passage has changed."""
    found, impact = [], standing.of(version)
    page = reverse("impact:impact", args=where(version.document))
    if impact.lacks_an_effect:
        found.append(
            Problem(
                "The draft tells what was done and marks nothing that is different because of it. Mark an effect with its "
                "evidence, or with the word that there is none yet; or the partnership chair accepts it with a reason.",
                f"{page}#effects",
            )
        )
    found += [
        Problem(
            f"The priority “{row.priority.words}” has neither an effect with evidence nor an entry of little or no progress.",
            f"{page}#priority-{row.priority.pk}",
        )
        for row in impact.unanswered
    ]
    found += [
        Problem(
            f"A passage that claims an effect was changed since it was marked. Look again whether it still does: “{said.opening}”",
            reverse("impact:claim", args=[*where(version.document), said.claim.pk]),
        )
        for said in impact.changed_effects
    ]
    return found


def where(document: Document) -> list[str]:
    """The arguments of every address of the impact test of a document."""
    return [document.area.slug, address_of(document)]


def printed(version: Version, written: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is frozen and published: effects with their evidence, priorities, and why the chair let it go without.

    `written`: the states of the sections that will be read, by key. Activities and outputs are marked for the drafters.
    """
    impact = standing.of(version)
    effects = {said.claim.pk: _effect(said, written) for said in impact.effects}
    shown: list[dict[str, Any]] = [entry for entry in effects.values() if entry]
    found = [*shown, *(_priority(row, effects) for row in impact.priorities)]
    if impact.acceptance and impact.is_only_activity:
        accepted = impact.acceptance
        on = clock.london_day(accepted.accepted_at).isoformat()
        found.append({"type": "accepted", "reason": accepted.reason, "by": accepted.accepted_as, "on": on})
    return found


def _effect(said: Said, written: Mapping[str, Any]) -> dict[str, Any] | None:
    """One effect, its passage found by what it says; None where no reader will see the passage."""
    claim, block = said.claim, said.block
    state = written.get(block.section.key) if block else None
    if block is None or state is None or block.mark not in state.marks:
        return None
    return {
        "type": "effect",
        "section": block.section.key,
        "block": meeting.place_of(block, state.marks),
        "for_whom": claim.for_whom,
        "evidence": [_evidence(row) for row in said.evidence],
        "none_yet": "" if said.evidence else claim.none_yet,
        "look_again_on": "" if said.evidence or not claim.look_again_on else claim.look_again_on.isoformat(),
    }


def _evidence(row: Evidence) -> dict[str, str]:
    return {
        "sort": row.get_sort_display(),
        "before": SUPPRESSED if row.is_before_suppressed else row.before,
        "after": SUPPRESSED if row.is_after_suppressed else row.after,
        "period": row.period,
        "source": row.source,
        "strength": row.strength,
        "limits": row.limits,
        "by": row.contributed_as,
    }


def _priority(row: PriorityRow, effects: Mapping[int, dict[str, Any] | None]) -> dict[str, Any]:
    shown = [entry for said in row.effects if (entry := effects.get(said.claim.pk))]
    little = row.little_progress
    return {
        "type": "priority",
        "words": row.priority.words,
        "effects": [{"section": entry["section"], "block": entry["block"]} for entry in shown],
        "why": little.why if little else "",
        "what_next": little.what_next if little else "",
    }


def carried_to_next_year(document: Document) -> list[LittleProgress]:
    """The priorities with little or no progress, with why and what comes next, for the plan of the year after."""
    rows = LittleProgress.objects.filter(priority__document=document).select_related("priority")
    return list(rows.order_by("priority__position"))


def left_from_before(document: Document) -> list[LittleProgress]:
    """What the document of the same kind for the period before carries into this one."""
    before = _earlier(document).order_by("-period").first()
    return carried_to_next_year(before) if before else []


def to_look_at_again(document: Document) -> QuerySet[Claim]:
    """Effects of earlier documents that had no evidence, and were to be looked at again by the end of this drafting."""
    first, after = document.period.lower, document.period.upper
    rows = Claim.objects.filter(document__in=_earlier(document), look_again_on__gte=first)
    return rows.filter(Q(look_again_on__lt=after + A_YEAR)).select_related("document").order_by("look_again_on", "pk")


def _earlier(document: Document) -> QuerySet[Document]:
    area: Area = document.area
    rows = Document.objects.filter(area=area, kind=document.kind, period__startswith__lt=document.period.lower)
    return rows.select_related("area")
