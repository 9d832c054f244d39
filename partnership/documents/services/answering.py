"""Marking which block answers which requirement, confirming it, and explaining what is not met. The version is locked first."""

from collections.abc import Collection

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import policies, selectors
from partnership.documents.models import Answer, Explanation, Section, Version
from partnership.documents.services import blocks
from partnership.errors import Conflict, WrongState
from partnership.guidance import loader
from partnership.guidance.vocabulary import EditionError

Claim = tuple[str, str]  # a block's key and a requirement's id


@transaction.atomic
def mark(*, section: Section, add: Collection[Claim], remove: Collection[Claim], seen_revision: int, by: User) -> int:
    """Claim that blocks of a section answer requirements, and take claims back. Returns how many changed.

    What is there already stays as it is. Raises NotAllowed, WrongState, or Conflict for a text saved in between.
    """
    version = _draft(section.version, by)
    section = Section.objects.select_related("version__document__area").get(pk=section.pk)
    if section.revision != seen_revision:
        raise Conflict("Somebody saved this section while you were marking it. Look at the text again, then mark it.")
    blocks.renew(section, section.updated_by or by)
    standing = {str(row.key): row for row in section.blocks.filter(place__isnull=False)}
    claimed = {(str(row.block.key), row.requirement): row for row in section_answers(section)}
    changed = 0
    for key, requirement in sorted(set(add) - claimed.keys()):
        if key not in standing:
            raise Conflict("A paragraph that you marked is no longer in the text. Look at it again.")
        _check_asked(version, requirement)
        Answer.objects.create(version=version, block=standing[key], requirement=requirement, claimed_by=by)
        _note(Event.ANSWER_MARKED, version, by, section=section.title, requirement=requirement)
        changed += 1
    for claim in sorted(set(remove) & claimed.keys()):
        _remove(claimed[claim], by)
        changed += 1
    return changed


def section_answers(section: Section) -> list[Answer]:
    """The claims of a section's blocks, those of blocks that are gone included."""
    return list(
        Answer.objects.filter(block__section=section).select_related("block__section", "version__document__area")
    )


@transaction.atomic
def confirm(*, answer: Answer, seen_mark: str, by: User) -> Answer:
    """Confirm that a block answers a requirement, as it stood on the screen. A second click finds it confirmed.

    Raises NotAllowed, WrongState for whoever claimed or wrote it, or Conflict when the block changed or is gone.
    """
    version = _draft(answer.version, by)
    answer = _current(answer)
    if answer.state == "confirmed" and answer.confirmed_mark == seen_mark:
        return answer
    policies.check_can_confirm(answer, by=by)
    if answer.block.place is None or answer.block.mark != seen_mark:
        raise Conflict("This paragraph has changed since you opened the page. Read it again before you confirm.")
    answer.confirmed_mark, answer.confirmed_at, answer.confirmed_by = seen_mark, clock.now(), by
    answer.save(update_fields=["confirmed_mark", "confirmed_at", "confirmed_by"])
    title = answer.block.section.title
    _note(Event.ANSWER_CONFIRMED, version, by, section=title, requirement=answer.requirement)
    return answer


@transaction.atomic
def unmark(*, answer: Answer, by: User) -> None:
    """Take one claim back; a second click finds it gone. Raises NotAllowed or WrongState."""
    _draft(answer.version, by)
    row = Answer.objects.filter(pk=answer.pk).select_related("block__section", "version__document__area").first()
    if row:
        _remove(row, by)


@transaction.atomic
def explain(*, version: Version, requirement: str, reason: str, text: str, seen_revision: int, by: User) -> Explanation:
    """Say why a requirement is not met or does not apply. `seen_revision` is 0 where there was no explanation.

    A save that changes nothing writes nothing. Raises NotAllowed, WrongState, or Conflict when somebody changed it.
    """
    version = _draft(version, by)
    _check_asked(version, requirement)
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise WrongState("Say why. The explanation is signed with the document and published.")
    row = version.explanations.filter(requirement=requirement).first()
    if row and (row.reason, row.text) == (reason, text):
        return row
    if (row.revision if row else 0) != seen_revision:
        raise Conflict("Somebody else changed this explanation while you wrote. Read theirs, then save yours again.")
    row = row or Explanation(version=version, requirement=requirement, revision=0)
    row.reason, row.text, row.revision = reason, text, row.revision + 1
    row.written_at, row.written_by = clock.now(), by
    row.save()
    _note(Event.REQUIREMENT_EXPLAINED, version, by, requirement=requirement, reason=row.get_reason_display())
    return row


@transaction.atomic
def take_back_explanation(*, version: Version, requirement: str, by: User) -> None:
    """Remove an explanation from the draft; a second click finds none. Raises NotAllowed or WrongState."""
    version = _draft(version, by)
    row = version.explanations.filter(requirement=requirement).first()
    if row:
        row.delete()
        _note(Event.EXPLANATION_TAKEN_BACK, version, by, requirement=requirement, said=row.text)


def _draft(version: Version, by: User) -> Version:
    version = selectors.lock(version)
    access.require(by, Permission.DRAFT_DOCUMENT, version.document.area)
    policies.check_can_write(version)
    return version


def _current(answer: Answer) -> Answer:
    row = Answer.objects.filter(pk=answer.pk).select_related("block__section", "version__document__area").first()
    if row is None:
        raise WrongState("Somebody has taken this mark back. There is nothing to confirm.")
    return row


def _check_asked(version: Version, requirement: str) -> None:
    edition = loader.edition(version.document.edition_key)
    try:
        rule = edition.requirement(requirement)
    except EditionError as error:
        raise WrongState(str(error)) from error
    if rule.document != version.document.kind:
        raise WrongState(f"{requirement} is not asked of this document.")


def _remove(answer: Answer, by: User) -> None:
    title = answer.block.section.title
    _note(Event.ANSWER_UNMARKED, answer.version, by, section=title, requirement=answer.requirement)
    answer.delete()


def _note(event: Event, version: Version, by: User, **data: object) -> None:
    document = version.document
    audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=document,
        subject=document.subject,
        data={"title": document.title, **data},
    )
