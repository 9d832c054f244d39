"""That the chair lets a report go out although it shows no effect, with the reason that everybody will read."""

from django.db import transaction

from partnership.accounts.models import User
from partnership.areas.roles import Office, Permission
from partnership.audit.events import Event
from partnership.documents.models import Document
from partnership.errors import Conflict
from partnership.impact import policies
from partnership.impact.models import Acceptance
from partnership.impact.services import drafts


@transaction.atomic
def accept(*, document: Document, reason: str, by: User) -> Acceptance:
    """Accept that the draft shows no effect. It counts for this version alone, and is printed in it.

    The same reason again gives back the first. Raises NotAllowed, WrongState, or Conflict for another chair's.
    """
    version = drafts.lock(document, by, Permission.ACCEPT_WITHOUT_EFFECT)
    reason = policies.words(reason, missing="Give the reason. It is printed in the report.")
    found = Acceptance.objects.filter(version=version).first()
    if found and found.reason == reason:
        return found
    if found:
        raise Conflict("This has been accepted already, with another reason. Take that back first.")
    who = f"{by.name}, {Office.CHAIR.label.lower()}"
    row = Acceptance.objects.create(version=version, reason=reason, accepted_as=who, accepted_by=by)
    drafts.note(Event.WITHOUT_EFFECT_ACCEPTED, version.document, by, version=version.number, reason=reason)
    return row


@transaction.atomic
def take_back_acceptance(*, document: Document, by: User) -> None:
    """Take the acceptance of the draft back; a second click finds none. Raises NotAllowed or WrongState."""
    version = drafts.lock(document, by, Permission.ACCEPT_WITHOUT_EFFECT)
    if Acceptance.objects.filter(version=version).delete()[0]:
        drafts.note(Event.ACCEPTANCE_TAKEN_BACK, version.document, by, version=version.number)
