"""What happens to the arrangements beside their workflow."""

from arrangements.models import Arrangement
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents.models import Document


def record_start(document: Document, *, by: User) -> None:
    """Note from when the arrangements are to be in force. Called in the transaction that begins them."""
    access.require(by, Permission.BEGIN_DOCUMENT, document.area)
    Arrangement.objects.create(document=document, in_force_from=document.period.lower)
