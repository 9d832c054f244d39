"""Sharing one document with one reader by name, for a time, and ending that."""

from datetime import date, datetime, time, timedelta

from django.contrib.auth.models import Permission as ModelPermission
from django.db import transaction

from partnership import clock
from partnership.accounts import services as accounts
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Appointment
from partnership.areas.roles import OFFICES, Office, Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.documents import letters, policies
from partnership.documents.models import Document, DocumentShare
from partnership.errors import WrongState

ONE_DAY = timedelta(days=1)


@transaction.atomic
def share_document(*, document: Document, email: str, name: str, reason: str, until: date, by: User) -> DocumentShare:
    """Let whoever has this address read the document up to and with the day `until`; somebody new is invited.

    Shared anew with the same person, the end and the reason change. Asked again for what holds already, nothing is
    written. An account that exists keeps its name. Raises NotAllowed, or WrongState with what must be different.
    """
    access.require(by, Permission.SHARE_DOCUMENT, document.area)
    document = Document.objects.select_for_update(of=("self",)).select_related("area").get(pk=document.pk)
    person = User.objects.filter(email__iexact=email.strip()).first()
    policies.check_can_share(
        person=person or User(name=name.strip(), email=email),
        office=_office_that_sees(person, document) if person else None,
        reason=reason,
        until=until,
        today=clock.today(),
    )
    expires_at = datetime.combine(until + ONE_DAY, time.min, tzinfo=clock.LONDON)
    share = DocumentShare.objects.filter(user=person, content_object=document).first() if person else None
    if share and share.ended_at is None and (share.expires_at, share.reason) == (expires_at, reason.strip()):
        return share
    said = {"reason": reason.strip(), "expires_at": expires_at, "shared_at": clock.now(), "shared_by": by}
    share, _ = DocumentShare.objects.update_or_create(
        user=_invited(person, email, name, document, by),
        permission=ModelPermission.objects.get(content_type__app_label="documents", codename="view_document"),
        content_object=document,
        defaults={**said, "ended_at": None, "ended_by": None},
    )
    entry = _note(Event.DOCUMENT_SHARED, share, by, until=f"{until.day} {until:%B %Y}", reason=share.reason)
    letters.shared(share, str(entry.pk))
    return share


@transaction.atomic
def end_share(*, share: DocumentShare, by: User) -> DocumentShare:
    """Let the reader see nothing more from this moment on. A second click finds it ended. Raises NotAllowed, WrongState."""
    access.require(by, Permission.SHARE_DOCUMENT, share.content_object.area)
    locked = DocumentShare.objects.select_for_update(of=("self",)).select_related("content_object__area", "user")
    share = locked.get(pk=share.pk)
    if share.ended_at is not None:
        return share
    if share.expires_at <= clock.now():
        raise WrongState("This came to its end by itself. There is nothing to end.")
    share.ended_at, share.ended_by = clock.now(), by
    share.save(update_fields=["ended_at", "ended_by"])
    _note(Event.SHARE_ENDED, share, by)
    return share


def _office_that_sees(person: User, document: Document) -> Appointment | None:
    held = access.offices_of(person, document.area)
    return next((row for row in held if Permission.VIEW_AREA in OFFICES[Office(row.office)].permissions), None)


def _invited(person: User | None, email: str, name: str, document: Document, by: User) -> User:
    """The account of the reader. Who was invited and has not come yet gets a new link, which may be needed."""
    if person is None:
        return accounts.invite(email=email, name=name, by=by, area_slug=document.area.slug)
    if not person.has_usable_password():
        return accounts.resend(user=person, by=by, area_slug=document.area.slug)
    return person


def _note(event: Event, share: DocumentShare, by: User, **data: str) -> AuditEntry:
    document = share.content_object
    return audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=share,
        subject=document.subject,
        data={"title": document.title, "person": share.user.name, **data},
    )
