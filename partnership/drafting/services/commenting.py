"""Saying something about a passage, answering it, resolving it. All of it stays, and none of it leaves with the document."""

import uuid

from django.db import transaction
from django.db.models import Max

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import selectors as documents
from partnership.documents.models import Document, Section, Version
from partnership.drafting import policies
from partnership.drafting.models import Comment, CommentKind, Reply
from partnership.errors import Conflict, NotAllowed, WrongState


@transaction.atomic
def raise_comment(
    *, section: Section, block_key: uuid.UUID, kind: CommentKind, text: str, once: uuid.UUID, by: User
) -> Comment:
    """Say something about one passage of a draft. The same `once` gives back the comment that was made.

    Raises NotAllowed, WrongState for a frozen text, or Conflict when the passage is no longer in the text.
    """
    access.require(by, Permission.COMMENT_ON_DRAFT, section.version.document.area)
    version = _draft(section.version.document)
    if made := Comment.objects.filter(once=once, raised_by=by).first():
        return made
    block = version.blocks.filter(section__key=section.key, key=block_key, place__isnull=False).first()
    if block is None:
        raise Conflict("That passage is no longer in the text. Choose one that is.")
    comment = Comment.objects.create(
        document=version.document,
        number=1 + (version.document.comments.aggregate(last=Max("number"))["last"] or 0),
        section_key=section.key,
        section_title=section.title,
        block_key=block_key,
        passage=block.text,
        kind=kind,
        text=_words(text),
        raised_by=by,
        raised_as=", ".join(dict.fromkeys(office.title for office in access.offices_of(by, version.document.area))),
        once=once,
    )
    _note(Event.COMMENT_RAISED, comment, by, kind=comment.get_kind_display())
    return comment


@transaction.atomic
def reply(*, comment: Comment, text: str, once: uuid.UUID, by: User) -> Reply:
    """Answer an open comment. The same `once` gives back the reply that was made. Raises NotAllowed or WrongState."""
    comment = _open(comment, by)
    if made := Reply.objects.filter(once=once, written_by=by).first():
        return made
    policies.check_is_open(comment)
    row = Reply.objects.create(comment=comment, text=_words(text), once=once, written_by=by)
    _note(Event.COMMENT_ANSWERED, comment, by)
    return row


@transaction.atomic
def resolve(*, comment: Comment, resolution: str, by: User) -> Comment:
    """Say what became of a comment, which closes it. By who raised it, or who may write in the draft.

    A second click with the same words finds it resolved. Raises NotAllowed or WrongState.
    """
    comment = _open(comment, by)
    resolution = _words(resolution)
    if comment.resolved_by_id == by.pk and comment.resolution == resolution:
        return comment
    policies.check_is_open(comment)
    if comment.raised_by_id != by.pk and not access.can(by, Permission.DRAFT_DOCUMENT, comment.document.area):
        sentence = "Only who raised a comment, or somebody who writes in the draft, may resolve it."
        raise NotAllowed(sentence, rule=Permission.DRAFT_DOCUMENT.value)
    comment.resolved_at, comment.resolved_by, comment.resolution = clock.now(), by, resolution
    comment.save(update_fields=["resolved_at", "resolved_by", "resolution"])
    _note(Event.COMMENT_RESOLVED, comment, by)
    return comment


def _draft(document: Document) -> Version:
    version = policies.check_is_draft(documents.draft(document))
    return policies.check_is_draft(documents.lock(version))


def _open(comment: Comment, by: User) -> Comment:
    access.require(by, Permission.COMMENT_ON_DRAFT, comment.document.area)
    _draft(comment.document)
    return Comment.objects.select_related("document__area").get(pk=comment.pk)


def _words(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise WrongState("Write what you want to say.")
    return text


def _note(event: Event, comment: Comment, by: User, **data: object) -> None:
    document = comment.document
    audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=document,
        subject=document.subject,
        data={"title": document.title, "section": comment.section_title, "number": comment.number, **data},
    )
