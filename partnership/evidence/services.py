"""Taking the evidence of a publication away, as one file."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit.events import Event
from partnership.documents import selectors as documents
from partnership.documents import services as documents_services
from partnership.documents import workflow
from partnership.documents.models import Version
from partnership.errors import WrongState
from partnership.evidence import content, policies, selectors, tasks
from partnership.evidence.models import FetchRequest
from partnership.files.services import FileDamaged
from partnership.public import presenting as public


@dataclass(frozen=True)
class Bundle:
    """The file, what it is called, its fingerprint, and whether the public page is being fetched again for it."""

    data: bytes
    name: str
    sha256: str
    asked_again: bool


@transaction.atomic
def take(*, version: Version, by: User, reason: str = "") -> Bundle:
    """Make the evidence of a publication, and put on record that it was taken, by whom and with which fingerprint.

    Of a sealed text by the roles that may open it, with a `reason`. Where the public page has begun to say something else
    since, it is asked for again. Raises NotAllowed, or WrongState for what was never published or a damaged file.
    """
    access.require(by, Permission.VIEW_AREA, version.document.area)
    version = documents.lock(version)
    policies.check_was_published(version)
    documents_services.open_sealed(version, by=by)
    policies.check_reason(version, reason)
    asked = _ask_again(version, by)
    try:
        data = content.bundle(version)
    except FileDamaged as damage:
        raise WrongState(f"The evidence cannot be put together. {damage} Tell whoever runs the service.") from damage
    sha256 = hashlib.sha256(data).hexdigest()
    because = f" The reason: {reason.strip()[: policies.LONGEST_REASON]}" if reason.strip() else ""
    workflow.note(Event.BUNDLE_TAKEN, version, by=by, sha256=sha256, bytes=len(data), because=because)
    return Bundle(data, f"{public.file_name(version)}-version-{version.number}-evidence.zip", sha256, asked)


def _ask_again(version: Version, by: User) -> bool:
    """Have the public page fetched again, if that is due; by the worker, so that nobody waits for another machine."""
    if not selectors.is_to_be_asked_again(version, clock.now()):
        return False
    FetchRequest.objects.create(version=version, asked_at=clock.now(), asked_by=by)
    tasks.fetch_soon()
    return True
