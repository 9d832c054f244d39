"""What every act of the impact test begins and ends with: the draft, locked, and a line on the record."""

from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import selectors as documents
from partnership.documents.models import Document, Version
from partnership.errors import WrongState
from partnership.impact import policies, selectors


def lock(document: Document, by: User, permission: Permission = Permission.DRAFT_DOCUMENT) -> Version:
    """The draft of a document, locked, so that nothing is frozen meanwhile. Raises NotAllowed or WrongState."""
    access.require(by, permission, document.area)
    if not selectors.is_asked(document.kind):
        raise WrongState("The impact test belongs to the yearly report.")
    draft = documents.draft(document)
    return policies.check_draft(documents.lock(draft) if draft else None)


def note(event: Event, document: Document, by: User, **data: object) -> None:
    """Put an act on the record."""
    audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=document,
        subject=document.subject,
        data={"title": document.title, **data},
    )
