"""Marking what passages claim, and what belongs to one effect. The draft is locked first."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.audit.events import Event
from partnership.documents.models import Block, Section
from partnership.documents.services import blocks
from partnership.errors import Conflict, WrongState
from partnership.impact import policies
from partnership.impact.models import Claim, Kind, Priority
from partnership.impact.services import drafts

STALE = "Somebody else changed this while you wrote. Read what is there now, then save yours again."


@transaction.atomic
def mark(*, section: Section, kinds: Mapping[str, str], seen_revision: int, by: User) -> int:
    """Say of passages of a section, by their identifiers, what they claim; an empty kind takes a mark back.

    What is there already stays as it is. Returns how many changed. Raises NotAllowed, WrongState, or Conflict for a
    text saved in between.
    """
    drafts.lock(section.version.document, by)
    section = Section.objects.select_related("version__document__area").get(pk=section.pk)
    if section.revision != seen_revision:
        raise Conflict("Somebody saved this section while you were marking it. Look at the text again, then mark it.")
    blocks.renew(section, section.updated_by or by)
    standing = {str(row.key): row for row in section.blocks.filter(place__isnull=False).exclude(kind="heading")}
    claims = Claim.objects.filter(document=section.version.document, key__in=list(kinds))
    claimed = {str(row.key): row for row in claims}
    changed = 0
    for key, kind in sorted(kinds.items()):
        claim = claimed.get(key)
        if (claim.kind if claim else "") == kind:
            continue
        if claim:
            policies.check_kind(claim, kind)
        if kind:
            _claim(section, claim, standing.get(key), kind, by)
        elif claim:
            _remove(claim, section, by)
        changed += 1
    return changed


def _claim(section: Section, claim: Claim | None, block: Block | None, kind: str, by: User) -> None:
    if block is None:
        raise Conflict("A paragraph that you marked is no longer in the text. Look at it again.")
    if kind not in Kind.values:
        raise WrongState("Choose activity, output or effect for each passage that claims something.")
    claim = claim or Claim(document=section.version.document, key=block.key)
    claim.kind, claim.mark, claim.text = kind, block.mark, block.text
    claim.said_at, claim.said_by, claim.revision = clock.now(), by, claim.revision + 1
    claim.none_yet, claim.look_again_on = "", None
    claim.save()
    if kind != Kind.EFFECT:
        claim.priorities.clear()
    drafts.note(Event.CLAIM_MARKED, claim.document, by, section=section.title, kind=kind)


def _remove(claim: Claim, section: Section, by: User) -> None:
    drafts.note(Event.CLAIM_UNMARKED, claim.document, by, section=section.title, kind=claim.kind)
    claim.priorities.clear()
    claim.delete()


@transaction.atomic
def unmark(*, claim: Claim, by: User) -> None:
    """Take back a claim whose passage is no longer in the text, or any other. A second click finds it gone.

    Raises NotAllowed, or WrongState while it has evidence.
    """
    drafts.lock(claim.document, by)
    row = Claim.objects.filter(pk=claim.pk).select_related("document__area").first()
    if row is None:
        return
    policies.check_kind(row, "")
    block = Block.objects.filter(version__document=row.document, key=row.key).select_related("section").last()
    if block:
        _remove(row, block.section, by)


@transaction.atomic
def describe(*, claim: Claim, for_whom: str, priorities: Collection[int], seen_revision: int, by: User) -> Claim:
    """Say for whom an effect is, and which priorities of the report it serves.

    A save that changes nothing writes nothing. Raises NotAllowed, WrongState, or Conflict when somebody changed it.
    """
    drafts.lock(claim.document, by)
    claim = current(claim)
    policies.check_is_effect(claim)
    for_whom = policies.words(for_whom, missing="Say for whom.", longest=300)
    named = set(Priority.objects.filter(document=claim.document, pk__in=priorities).values_list("pk", flat=True))
    if named != set(priorities):
        raise Conflict("One of these priorities has been removed. Look at the list again.")
    if (for_whom, named) == (claim.for_whom, set(claim.priorities.values_list("pk", flat=True))):
        return claim
    if claim.revision != seen_revision:
        raise Conflict(STALE)
    claim.for_whom, claim.revision = for_whom, claim.revision + 1
    claim.save(update_fields=["for_whom", "revision"])
    claim.priorities.set(named)
    drafts.note(Event.CLAIM_DESCRIBED, claim.document, by)
    return claim


@transaction.atomic
def look_again(*, claim: Claim, seen_mark: str, by: User) -> Claim:
    """Say that a passage which was changed still claims the same, as it stood on the screen. A second click is none.

    Raises NotAllowed, WrongState, or Conflict when it has changed once more or is gone.
    """
    version = drafts.lock(claim.document, by)
    claim = current(claim)
    if claim.mark == seen_mark:
        return claim
    block = version.blocks.filter(key=claim.key, place__isnull=False).first()
    if block is None or block.mark != seen_mark:
        raise Conflict("This paragraph has changed since you opened the page. Read it again.")
    claim.mark, claim.text = block.mark, block.text
    claim.said_at, claim.said_by, claim.revision = clock.now(), by, claim.revision + 1
    claim.save(update_fields=["mark", "text", "said_at", "said_by", "revision"])
    drafts.note(Event.CLAIM_LOOKED_AT, claim.document, by, kind=claim.kind)
    return claim


@transaction.atomic
def say_none_yet(*, claim: Claim, words: str, look_again_on: date, seen_revision: int, by: User) -> Claim:
    """Say plainly that an effect has no evidence yet, what is waited for, and when somebody looks again.

    Raises NotAllowed, WrongState beside evidence or for a day that is over, or Conflict when somebody changed it.
    """
    drafts.lock(claim.document, by)
    claim = current(claim)
    policies.check_is_effect(claim)
    policies.check_no_evidence(claim)
    words = policies.words(words, missing="Say what would show it, and why that is not there yet.")
    if (words, look_again_on) == (claim.none_yet, claim.look_again_on):
        return claim
    policies.check_look_again(look_again_on, clock.today())
    if claim.revision != seen_revision:
        raise Conflict(STALE)
    claim.none_yet, claim.look_again_on, claim.revision = words, look_again_on, claim.revision + 1
    claim.save(update_fields=["none_yet", "look_again_on", "revision"])
    drafts.note(Event.NO_EVIDENCE_YET, claim.document, by, on=f"{look_again_on:%-d %B %Y}")
    return claim


def current(claim: Claim) -> Claim:
    """The claim as it is now. Called with the draft's lock held."""
    row = Claim.objects.filter(pk=claim.pk).select_related("document__area").first()
    if row is None:
        raise WrongState("Somebody has taken this mark back. There is nothing to say about it.")
    return row
