"""The priorities that the partners had, and where there was little or no progress."""

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas.roles import Permission
from partnership.audit.events import Event
from partnership.documents.models import Document
from partnership.errors import Conflict, WrongState
from partnership.impact import policies
from partnership.impact.models import LittleProgress, Priority
from partnership.impact.services import drafts
from partnership.impact.services.claiming import STALE

_MISSING = "Write the priority as the partners agreed it."


@transaction.atomic
def name_priority(*, document: Document, words: str, by: User) -> Priority:
    """Add a priority of the period at the end of the list. The same words again give back the first.

    Raises NotAllowed or WrongState.
    """
    document = drafts.lock(document, by, Permission.NAME_PRIORITIES).document
    words = policies.words(words, missing=_MISSING, longest=300)
    if same := Priority.objects.filter(document=document, words=words).first():
        return same
    policies.check_number(document)
    last = Priority.objects.filter(document=document).count()
    priority = Priority.objects.create(document=document, words=words, position=last + 1, named_by=by)
    drafts.note(Event.PRIORITY_NAMED, document, by, priority=words)
    return priority


@transaction.atomic
def change_priority(*, priority: Priority, words: str, position: int, by: User) -> Priority:
    """Change the words of a priority or its place in the list; the others move up. Raises NotAllowed or WrongState."""
    drafts.lock(priority.document, by, Permission.NAME_PRIORITIES)
    priority = _current(priority)
    words = policies.words(words, missing=_MISSING, longest=300)
    if (words, position) == (priority.words, priority.position):
        return priority
    if Priority.objects.filter(document=priority.document, words=words).exclude(pk=priority.pk).exists():
        raise WrongState("Another priority has these words already.")
    others = list(Priority.objects.filter(document=priority.document).exclude(pk=priority.pk).order_by("position"))
    place = min(max(position, 1), len(others) + 1)
    priority.words = words
    others.insert(place - 1, priority)
    for number, row in enumerate(others, 1):
        row.position = number
        row.save(update_fields=["words", "position"])
    drafts.note(Event.PRIORITY_CHANGED, priority.document, by, priority=words)
    return priority


@transaction.atomic
def remove_priority(*, priority: Priority, by: User) -> None:
    """Take a priority out of the list; a second click finds it gone. Raises NotAllowed, or WrongState while used."""
    drafts.lock(priority.document, by, Permission.NAME_PRIORITIES)
    row = Priority.objects.filter(pk=priority.pk).select_related("document__area", "little_progress").first()
    if row is None:
        return
    policies.check_can_remove_priority(row)
    drafts.note(Event.PRIORITY_REMOVED, row.document, by, priority=row.words)
    row.delete()
    for number, other in enumerate(Priority.objects.filter(document=row.document).order_by("position"), 1):
        Priority.objects.filter(pk=other.pk).update(position=number)


@transaction.atomic
def tell_little_progress(
    *, priority: Priority, why: str, what_next: str, seen_revision: int, by: User
) -> LittleProgress:
    """Say that there was little or no progress on a priority, why, and what comes next. It is printed as it is written.

    `seen_revision` is 0 where there was none. Raises NotAllowed, WrongState, or Conflict when somebody changed it.
    """
    drafts.lock(priority.document, by)
    priority = _current(priority)
    why = policies.words(why, missing="Say why there was little or no progress.")
    what_next = policies.words(what_next, missing="Say what comes next.")
    row = LittleProgress.objects.filter(priority=priority).first()
    if row and (row.why, row.what_next) == (why, what_next):
        return row
    if (row.revision if row else 0) != seen_revision:
        raise Conflict(STALE)
    row = row or LittleProgress(priority=priority, revision=0)
    row.why, row.what_next, row.revision = why, what_next, row.revision + 1
    row.told_at, row.told_by = clock.now(), by
    row.save()
    drafts.note(Event.LITTLE_PROGRESS_TOLD, priority.document, by, priority=priority.words)
    return row


@transaction.atomic
def take_back_little_progress(*, priority: Priority, by: User) -> None:
    """Take that entry back; a second click finds none. Raises NotAllowed or WrongState."""
    drafts.lock(priority.document, by)
    row = LittleProgress.objects.filter(priority=priority).first()
    if row:
        row.delete()
        said = f"{row.why} Next: {row.what_next}"
        drafts.note(Event.LITTLE_PROGRESS_TAKEN_BACK, priority.document, by, priority=priority.words, said=said)


def _current(priority: Priority) -> Priority:
    row = Priority.objects.filter(pk=priority.pk).select_related("document__area").first()
    if row is None:
        raise WrongState("This priority has been removed from the list.")
    return row
