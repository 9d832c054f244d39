"""Beginning a document and writing in it."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.audit import selectors as record
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import pictures, policies, selectors, workflow
from partnership.documents.kinds import DocumentKind, Period
from partnership.documents.models import Correction, Document, Picture, Section, SectionText, Version
from partnership.documents.models.drafting import Outcome
from partnership.documents.services import blocks
from partnership.documents.workflow import CAME_BACK
from partnership.errors import Incomplete, WrongState
from partnership.files import services as files
from partnership.guidance import loader


@transaction.atomic
def begin(*, area: Area, kind: DocumentKind, period: Period, by: User) -> Document:
    """Begin the document of a period: pin the edition that applies to it, and lay out its sections.

    Raises NotAllowed, or WrongState when that document has been begun already.
    """
    access.require(by, Permission.BEGIN_DOCUMENT, area)
    edition = loader.edition_for(kind.key, period.first, period.last)
    try:
        with transaction.atomic():
            document = Document.objects.create(
                area=area,
                kind=kind.key,
                period=DateRange(period.first, period.after),
                period_label=period.label,
                title=kind.title_of(area, period),
                edition_key=edition.key,
                begun_by=by,
            )
    except IntegrityError as error:
        raise WrongState(f"{kind.title_of(area, period)} has been begun already.") from error
    version = Version.objects.create(document=document, number=1, created_by=by)
    Section.objects.bulk_create(
        Section(version=version, key=section.key, title=section.title, position=section.position)
        for section in edition.sections_for(kind.key)
    )
    _note(Event.DOCUMENT_BEGUN, document, by, edition=edition.title)
    for step in kind.after_begin:
        step(document, by=by)
    return document


@dataclass(frozen=True)
class Saved:
    """What became of a save. `kept_aside` is set when somebody else had saved first, and their text stands."""

    section: Section
    changed: bool
    kept_aside: SectionText | None = None


@transaction.atomic
def save_section(*, section: Section, body: str, explanation: str, seen_revision: int, by: User) -> Saved:
    """Save a section, unless somebody saved it since `seen_revision`; then both texts are kept and theirs stands.

    A save that changes nothing writes nothing. Raises NotAllowed or WrongState.
    """
    version = selectors.lock(section.version)
    access.require(by, Permission.DRAFT_DOCUMENT, version.document.area)
    policies.check_can_write(version)
    section = Section.objects.select_related("version__document__area").get(pk=section.pk)
    body, explanation = body.replace("\r\n", "\n"), explanation.replace("\r\n", "\n").strip()
    if (body, explanation) == (section.body, section.explanation):
        return Saved(section, changed=False)
    clash = section.revision != seen_revision
    same = section.texts.filter(outcome=Outcome.KEPT_ASIDE, saved_by=by, body=body, explanation=explanation)
    if clash and (kept := same.first()):  # a second click
        return Saved(section, changed=False, kept_aside=kept)
    outcome = Outcome.KEPT_ASIDE if clash else Outcome.SAVED
    text = SectionText.objects.create(section=section, body=body, explanation=explanation, outcome=outcome, saved_by=by)
    if clash:
        _note(Event.SECTION_KEPT_ASIDE, version.document, by, section=section.title)
        return Saved(section, changed=False, kept_aside=text)
    explained = explanation != section.explanation
    section.body, section.explanation, section.revision = body, explanation, section.revision + 1
    section.updated_at, section.updated_by = clock.now(), by
    section.save(update_fields=["body", "explanation", "revision", "updated_at", "updated_by"])
    blocks.renew(section, by)
    _note(
        Event.EXPLANATION_SAVED if explained and explanation else Event.SECTION_SAVED,
        version.document,
        by,
        section=section.title,
    )
    return Saved(section, changed=True)


@transaction.atomic
def keep_aside(*, section: Section, body: str, explanation: str, by: User) -> SectionText:
    """Keep a text of a section beside the one that stands, to go on from. A second click gives back the first."""
    version = selectors.lock(section.version)
    access.require(by, Permission.DRAFT_DOCUMENT, version.document.area)
    policies.check_can_write(version)
    said = {"body": body, "explanation": explanation, "outcome": Outcome.KEPT_ASIDE, "saved_by": by}
    return section.texts.filter(**said).first() or SectionText.objects.create(section=section, **said)


@transaction.atomic
def add_picture(
    *, document: Document, data: bytes, name: str, alt: str, caption: str, largest: int, by: User
) -> Picture:
    """Clean a picture, keep it and number it. `largest` is in bytes. Raises Incomplete for a bad file.

    A second click gives back the picture that was added.
    """
    access.require(by, Permission.DRAFT_DOCUMENT, document.area)
    said = _words(alt, caption)
    inspected = pictures.inspect(data, name, largest)
    document = Document.objects.select_for_update(of=("self",)).select_related("area").get(pk=document.pk)
    file = files.put(inspected.data_clean, inspected.content_type)
    if same := document.pictures.filter(file=file, **said).first():
        return same
    picture = Picture.objects.create(
        document=document,
        number=1 + _last_number(document),
        file=file,
        **said,
        width=inspected.width,
        height=inspected.height,
        added_by=by,
    )
    _note(Event.PICTURE_ADDED, document, by)
    return picture


@transaction.atomic
def change_picture(*, picture: Picture, alt: str, caption: str, by: User) -> Picture:
    """Change what is said with a picture. A change of nothing writes nothing.

    Raises NotAllowed, Incomplete without alternative text, or WrongState when a frozen text shows the picture.
    """
    picture = _picture_to_change(picture, by)
    said = _words(alt, caption)
    if said == {"alt": picture.alt, "caption": picture.caption}:
        return picture
    picture.alt, picture.caption = said["alt"], said["caption"]
    picture.save(update_fields=["alt", "caption"])
    _note(Event.PICTURE_CHANGED, picture.document, by, number=picture.number)
    return picture


@transaction.atomic
def remove_picture(*, picture: Picture, by: User) -> None:
    """Take a picture out of its document, with its bytes when nothing else uses them. Its number is not given again.

    Raises NotAllowed, or WrongState when a frozen text shows the picture.
    """
    picture = _picture_to_change(picture, by)
    _note(Event.PICTURE_REMOVED, picture.document, by, number=picture.number)
    picture.delete()
    files.forget(picture.file)


def _picture_to_change(picture: Picture, by: User) -> Picture:
    """The picture, locked with every version of its document, so that no text is frozen in the meantime."""
    access.require(by, Permission.DRAFT_DOCUMENT, picture.document.area)
    list(picture.document.versions.select_for_update(of=("self",)).order_by("-pk"))  # as in selectors.lock_all
    locked = Picture.objects.select_for_update(of=("self",)).select_related("document__area", "file")
    try:
        picture = locked.get(pk=picture.pk)
    except Picture.DoesNotExist:
        raise WrongState(f"Picture {picture.number} has been removed already.") from None
    policies.check_can_change_picture(picture)
    return picture


def _words(alt: str, caption: str) -> dict[str, str]:
    if not alt.strip():
        raise Incomplete("Describe the picture for people who cannot see it.")
    return {"alt": alt.strip(), "caption": caption.strip()}


def _last_number(document: Document) -> int:
    """The highest number given so far. A text may still name a removed picture, and must not show another for it."""
    removed = (
        record.of_subject(document.subject).filter(event=Event.PICTURE_REMOVED).values_list("data__number", flat=True)
    )
    return max([0, *removed, *document.pictures.values_list("number", flat=True)])


def continue_from(*, version: Version, by: User) -> Version:
    """A new draft with the sections of another version. Called inside a transaction that holds that version's lock."""
    document = version.document
    draft = Version.objects.create(
        document=document,
        number=1 + (document.versions.aggregate(last=Max("number"))["last"] or 0),
        base=version,
        created_by=by,
    )
    Section.objects.bulk_create(
        Section(
            version=draft,
            key=old.key,
            title=old.title,
            position=old.position,
            body=old.body,
            explanation=old.explanation,
            updated_at=old.updated_at,
            updated_by=old.updated_by,
        )
        for old in version.sections.all()
    )
    blocks.copy(version, draft)
    _stay_a_correction(version, draft)
    _note(Event.VERSION_CONTINUED, document, by, version=draft.number, base=version.number)
    return draft


def _stay_a_correction(version: Version, draft: Version) -> None:
    """A draft that goes on from a correction that came back is one of the same kind."""
    row = Correction.objects.filter(version=version).first()
    if row and version.status in CAME_BACK:
        said = ("of_id", "nature", "reason", "declared_as", "declared_at", "declared_by_id")
        Correction.objects.create(version=draft, **{name: getattr(row, name) for name in said})


@transaction.atomic
def withdraw(*, version: Version, reason: str, by: User) -> Version:
    """Give a version up before publication, with a reason. It stays on record."""
    version = selectors.lock(version)
    if not reason.strip():
        raise WrongState("Say why it is withdrawn. The reason stays on record.")
    reason = reason.strip()
    workflow.make(
        version, "withdraw", by=by, data={"reason": reason}, reason=reason, withdrawn_at=clock.now(), withdrawn_by=by
    )
    return version


def _note(event: Event, document: Document, by: User, **data: object) -> None:
    audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=document,
        subject=document.subject,
        data={"title": document.title, **data},
    )
