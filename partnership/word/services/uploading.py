"""Putting in a Word file: it is read, kept, and nothing of it is taken yet."""

from collections.abc import Mapping

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import pictures
from partnership.documents import selectors as documents
from partnership.documents.cleaning import fold
from partnership.documents.kinds import DocumentKind, Period
from partnership.documents.models import Document
from partnership.errors import Incomplete
from partnership.files import services as files
from partnership.word import policies, reading
from partnership.word.models import Fate, ImportedPart, ImportedPicture, WordImport
from partnership.word.reading import Drawn, Imported, Unreadable, apart

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_NAME = 120
NOT_SIGNED_HERE = "imported, not signed here"


def upload(*, document: Document, data: bytes, name: str, by: User) -> WordImport:
    """A file for the draft of a document. A second click gives back the first, as long as nothing of it was decided.

    Raises NotAllowed, WrongState without a draft, or Incomplete for a file that cannot be taken.
    """
    access.require(by, Permission.DRAFT_DOCUMENT, document.area)
    policies.check_has_draft(documents.draft(document))
    imported = _read(data, name)  # outside of the transaction: it may take a while, and nobody has to wait for it
    return _upload(document, data, name, imported, by)


@transaction.atomic
def _upload(document: Document, data: bytes, name: str, imported: Imported, by: User) -> WordImport:
    Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    policies.check_has_draft(documents.draft(document))
    file = files.put(data, TYPE)
    same = document.word_imports.filter(file=file)  # type: ignore[attr-defined]
    if waiting := same.exclude(parts__fate__in=[Fate.TAKEN, Fate.KEPT_ASIDE, Fate.NOT_TAKEN]).first():
        found: WordImport = waiting
        return found
    word = WordImport.objects.create(
        area=document.area,
        document=document,
        kind=document.kind,
        period_label=document.period_label,
        title=imported.title or document.title,
        file=file,
        file_name=_name(name),
        uploaded_by=by,
    )
    _keep(word, imported)
    _note(Event.WORD_UPLOADED, word, by, parts=len(imported.parts))
    return word


def upload_earlier(*, area: Area, kind: DocumentKind, period: Period, data: bytes, name: str, by: User) -> WordImport:
    """A document of an earlier period that was made elsewhere. It stands for itself, and says that nobody signed it here.

    Uploaded anew, the newer file counts, and the older stays on record. Raises NotAllowed, WrongState for a period that
    has a document here, or Incomplete for a file that cannot be taken.
    """
    access.require(by, Permission.BEGIN_DOCUMENT, area)
    policies.check_is_earlier(area=area, kind=kind, period=period, today=clock.today())
    imported = _read(data, name)
    return _upload_earlier(area=area, kind=kind, period=period, data=data, name=name, imported=imported, by=by)


@transaction.atomic
def _upload_earlier(
    *, area: Area, kind: DocumentKind, period: Period, data: bytes, name: str, imported: Imported, by: User
) -> WordImport:
    Area.objects.select_for_update(of=("self",)).get(pk=area.pk)
    policies.check_is_earlier(area=area, kind=kind, period=period, today=clock.today())
    file = files.put(data, TYPE)
    of_period = WordImport.objects.filter(area=area, document=None, kind=kind.key, period_label=period.label)
    if (newest := of_period.first()) and newest.file_id == file.pk:
        return newest
    word = WordImport.objects.create(
        area=area,
        kind=kind.key,
        period_label=period.label,
        title=kind.title_of(area, period),
        file=file,
        file_name=_name(name),
        uploaded_by=by,
    )
    _keep(word, imported)
    _note(Event.WORD_UPLOADED, word, by, parts=len(imported.parts))
    return word


@transaction.atomic
def describe(*, word: WordImport, words: Mapping[int, tuple[str, str]], by: User) -> int:
    """Give the pictures of an imported document their alternative text and caption; say how many changed."""
    access.require(by, Permission.DRAFT_DOCUMENT, word.area)
    changed = 0
    for picture in word.pictures.select_for_update():
        alt, caption = (fold(said) for said in words.get(picture.number, (picture.alt, picture.caption)))
        if (alt, caption) != (picture.alt, picture.caption):
            picture.alt, picture.caption = alt, caption
            picture.save(update_fields=["alt", "caption"])
            changed += 1
    if changed:
        _note(Event.WORD_PICTURES_DESCRIBED, word, by)
    return changed


def _read(data: bytes, name: str) -> Imported:
    try:
        return apart.read(data, name)
    except Unreadable as refusal:
        raise Incomplete(str(refusal)) from refusal


def _name(name: str) -> str:
    """The file's own name, without what a path or an invisible mark could do."""
    return fold(name.replace("\\", "/").rpartition("/")[2])[-LONGEST_NAME:] or "document.docx"


def _keep(word: WordImport, imported: Imported) -> None:
    """The rows of what was read. A picture that cannot be opened is named among what was not taken."""
    ImportedPart.objects.bulk_create(
        ImportedPart(word=word, position=place, level=part.level, title=part.title, body=part.body)
        for place, part in enumerate(imported.parts)
    )
    refused = [sentence for drawn in imported.pictures if (sentence := _keep_picture(word, drawn))]
    word.not_taken = [*imported.not_taken, *refused]
    word.save(update_fields=["not_taken"])


def _keep_picture(word: WordImport, drawn: Drawn) -> str:
    ending = "png" if drawn.data.startswith(b"\x89PNG") else "jpg"
    try:
        clean = pictures.inspect(drawn.data, f"picture.{ending}", reading.MOST_BYTES)
    except Incomplete as refusal:
        return f"A picture was not taken: {drawn.where}. {refusal.sentence}"
    ImportedPicture.objects.create(
        word=word,
        number=drawn.number,
        file=files.put(clean.data_clean, clean.content_type),
        alt=drawn.alt,
        caption=drawn.caption,
        place=drawn.where,
        width=clean.width,
        height=clean.height,
    )
    return ""


def _note(event: Event, word: WordImport, by: User, **data: object) -> None:
    title = word.document.title if word.document else f"{word.title} ({NOT_SIGNED_HERE})"
    audit.record(
        event,
        by=by,
        area_slug=word.area.slug,
        target=word,
        subject=word.document.subject if word.document else f"word:{word.pk}",
        data={"title": title, "file": word.file_name, **data},
    )
