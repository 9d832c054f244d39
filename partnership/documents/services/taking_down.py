"""Withdrawing what is public. It stays on record; its address says that it was withdrawn, when and why."""

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit.events import Event
from partnership.documents import letters, policies, publication_policies, selectors, workflow
from partnership.documents.kinds import kind
from partnership.documents.models import Document, Ground, Version
from partnership.documents.services import releasing
from partnership.documents.workflow import READABLE, Status
from partnership.errors import NotAllowed


@transaction.atomic
def take_down(*, version: Version, ground: Ground, note: str, by: User) -> Version:
    """Withdraw a publication from the public at once, with every earlier version of it that anybody could read.

    A version that was superseded goes alone with those before it: what stands in its place stays.

    One person is enough, since a child may be at risk by the minute; everybody concerned, and everybody to whom it was
    sent, is told in the same transaction. `note`: what the public reads at its address. A redaction seals the original.
    A second click finds it done. Raises NotAllowed or WrongState.
    """
    version = selectors.lock_all(version)
    access.require(by, Permission.TAKE_DOWN, version.document.area)
    if version.status == Status.TAKEN_DOWN:
        return version
    publication_policies.check_can_take_down(version, ground=ground, note=note)
    words = policies.printable(note, "Say why, in words that the public can read.")
    rows = version.document.versions.select_related("document__area")
    for row in rows.filter(status__in=READABLE, number__lte=version.number).order_by("pk"):
        told = {"reason": words, "ground": ground.label}
        changes = {"reason": words, "withdrawn_at": clock.now(), "withdrawn_by": by, "withdrawn_for": ground}
        workflow.make(row, "take_down", by=by, data=told, **changes)
        for step in kind(row.document.kind).after_withdrawal:
            step(row, by=by)
    for release in selectors.planned_for(version.document):
        releasing.stop_for_withdrawal(release)
    version.refresh_from_db()
    letters.taken_down(version)
    return version


SEALED = (
    "This text was withdrawn because somebody could be identified from it. It is sealed, with what was written for it: the "
    "lead safeguarding partners, the chair and the business manager may open it, and each time is recorded."
)


def require_may_open(document: Document, by: User) -> None:
    """Raise NotAllowed unless this person may open what is sealed of a document."""
    if not access.can(by, Permission.READ_SEALED, document.area):
        raise NotAllowed(SEALED, rule=Permission.READ_SEALED.value)


@transaction.atomic
def open_sealed(version: Version, *, by: User) -> None:
    """Let somebody read the sealed original of what was withdrawn for redaction, and keep that they did.

    Does nothing for any other version. Raises NotAllowed, with the offices that may.
    """
    if version.is_sealed:
        require_may_open(version.document, by)
        workflow.note(Event.SEALED_READ, version, by=by)


def open_document(document: Document, *, by: User) -> None:
    """Let somebody see the working texts of a document of which a version is sealed; while it is the newest, on record.

    Does nothing for any other document, as shut.with_seal told when it was loaded. Raises NotAllowed, with the
    offices that may.
    """
    if getattr(document, "is_sealed", False):
        require_may_open(document, by)
        open_sealed(selectors.newest(document), by=by)
