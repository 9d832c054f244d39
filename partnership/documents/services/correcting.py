"""Beginning a corrected version, and declaring how far the correction goes."""

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit.events import Event
from partnership.documents import policies, publication_policies, selectors, workflow
from partnership.documents.models import Correction, Nature, Version
from partnership.documents.services import drafting
from partnership.documents.workflow import Status
from partnership.errors import WrongState

WHY = "Say what was wrong and what is corrected. The public reads it."


@transaction.atomic
def begin_correction(*, version: Version, by: User, nature: Nature | None = None, reason: str = "") -> Version:
    """A new draft that continues from what is published, which stays until the new one is; or from a withdrawn text.

    Of what was public, `nature` and `reason` are declared: both are signed with the text and read by the public. Raises
    NotAllowed or WrongState.
    """
    version = selectors.lock(version)
    access.require(by, Permission.BEGIN_DOCUMENT, version.document.area)
    publication_policies.check_can_correct(version, nature, reason)
    newer = selectors.current(version.document)
    if newer and newer.pk != version.pk and newer.status != Status.PUBLISHED:
        raise WrongState("A newer version is being worked on already.")
    draft = drafting.continue_from(version=version, by=by)
    if version.published_at is not None and nature is not None:
        _declare(draft, version, nature, reason, by)
    return draft


@transaction.atomic
def declare_correction(*, version: Version, nature: Nature, reason: str, by: User) -> Correction:
    """Declare anew what kind of correction a draft is, or why. The same again writes nothing.

    Raises NotAllowed, or WrongState for a text that is frozen or corrects nothing.
    """
    version = selectors.lock(version)
    access.require(by, Permission.BEGIN_DOCUMENT, version.document.area)
    policies.check_can_write(version)
    row = Correction.objects.select_for_update(of=("self",)).select_related("of").filter(version=version).first()
    if row is None:
        raise WrongState("This draft corrects nothing that was published.")
    if (row.nature, row.reason) == (nature, reason.strip()):
        return row
    publication_policies.check_nature(row.of, nature)
    return _declare(version, row.of, nature, reason, by)


def _declare(draft: Version, of: Version, nature: Nature, reason: str, by: User) -> Correction:
    area = draft.document.area
    said = {
        "of": of,
        "nature": nature,
        "reason": policies.printable(reason, WHY),
        "declared_as": f"{by.name}, {access.title_for(by, area, Permission.BEGIN_DOCUMENT)}",
        "declared_at": clock.now(),
        "declared_by": by,
    }
    row, _ = Correction.objects.update_or_create(version=draft, defaults=said)
    workflow.note(Event.CORRECTION_DECLARED, draft, by=by, nature=nature.label.lower(), reason=row.reason)
    return row
