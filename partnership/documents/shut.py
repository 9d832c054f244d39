"""Which doors are shut: what is sealed of a document that was withdrawn for redaction, and to whom."""

from django.db.models import Exists, OuterRef, QuerySet

from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents.models import Document, Ground, Version
from partnership.documents.workflow import Status


def with_seal(document: str = "pk") -> Exists:
    """That a version of a document was withdrawn for redaction, so that its working texts are sealed as well.

    `document`: the field that names the document in the rows that are asked.
    """
    gone = Version.objects.filter(document=OuterRef(document), status=Status.TAKEN_DOWN)
    return Exists(gone.filter(withdrawn_for=Ground.REDACTION))


def is_sealed(document: Document) -> bool:
    """The same of one document, asked only where it was not told when the document was read."""
    known = getattr(document, "is_sealed", None)
    gone = document.versions.filter(status=Status.TAKEN_DOWN, withdrawn_for=Ground.REDACTION)
    return gone.exists() if known is None else bool(known)


def is_shut(document: Document, user: access.Person) -> bool:
    """Whether its texts, but for what the public reads, are sealed to this person, so that no link should lead to them."""
    return is_sealed(document) and not access.can(user, Permission.READ_SEALED, document.area)


def shut_to(user: access.Person) -> QuerySet[Document]:
    """The documents of which that is so."""
    opens = access.areas_for(user, Permission.READ_SEALED).order_by().values("pk")
    return Document.objects.filter(with_seal()).exclude(area__in=opens)
