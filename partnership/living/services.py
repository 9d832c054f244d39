"""Putting a published text right without writing it anew."""

from django.db import transaction

from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import selectors as documents
from partnership.documents import services as drafting
from partnership.documents.models import Nature, Version
from partnership.living import policies, selectors
from partnership.living.models import ClericalEdition


@transaction.atomic
def begin_clerical_edition(*, version: Version, by: User) -> ClericalEdition:
    """A draft that continues from the published text and may differ from it in the flagged facts alone.

    It goes to every lead partner of today by the ordinary sign-off. Raises NotAllowed, or WrongState with what forbids
    it: nothing flagged, a change of the structure, a vacant office, a newer version on its way.
    """
    version = documents.lock(version)
    access.require(by, Permission.BEGIN_DOCUMENT, version.document.area)
    flags = list(selectors.open_flags(version))
    policies.check_can_begin_clerical(version, flags)
    reason = f"Facts of the partnership's records have changed since: {'; '.join(flag.title for flag in flags)}."
    draft = drafting.begin_correction(version=version, by=by, nature=Nature.CLERICAL, reason=reason)
    edition = ClericalEdition.objects.create(version=draft, begun_by=by)
    edition.flags.set(flags)
    document = version.document
    audit.record(
        Event.CLERICAL_EDITION_BEGUN,
        by=by,
        area_slug=document.area.slug,
        target=edition,
        subject=document.subject,
        data={"title": document.title, "version": draft.number, "facts": "; ".join(flag.title for flag in flags)},
    )
    return edition
