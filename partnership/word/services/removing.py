"""Taking an uploaded Word file away again: it may hold what should never have been uploaded."""

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.files import services as files
from partnership.files.models import StoredFile
from partnership.word import selectors
from partnership.word.models import WordImport


@transaction.atomic
def remove(*, word: WordImport, by: User) -> WordImport:
    """Remove a file with all that was read from it, and keep that it was here. Its bytes go when nothing else uses them.

    A file is removed whatever the draft's state: what must not be here cannot wait. What was taken into the draft stays
    there. A second click finds it removed. Raises NotAllowed.
    """
    access.require(by, Permission.DRAFT_DOCUMENT, word.area)
    word = selectors.lock(word)
    assert word.document is not None
    if word.removed_at is not None:
        return word
    stored = StoredFile.objects.filter(pk__in=[word.file_id, *word.pictures.values_list("file_id", flat=True)])
    unused = list(stored)
    # The title and the remarks quote the file. The database lets the rest go once the row says that it was removed.
    word.file, word.title, word.not_taken = None, word.document.title, []
    word.removed_at, word.removed_by = clock.now(), by
    word.save(update_fields=["file", "title", "not_taken", "removed_at", "removed_by"])
    word.parts.all().delete()
    word.pictures.all().delete()
    for file in unused:
        files.forget(file)
    document = word.document
    audit.record(
        Event.WORD_REMOVED,
        by=by,
        area_slug=word.area.slug,
        target=word,
        subject=document.subject,
        data={"title": document.title, "file": word.file_name},
    )
    return word
