"""Publication: what was signed becomes public, once, and everything that follows is written in the same transaction."""

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import letters, policies, selectors, workflow
from partnership.documents.kinds import kind
from partnership.documents.models import Version
from partnership.documents.workflow import Status


@transaction.atomic
def publish(*, version: Version, by: User) -> Version:
    """Make a signed version public. Older versions that it replaces are superseded.

    A second click gives back the published version. Raises NotAllowed, or WrongState with what is missing.
    """
    version = selectors.lock(version)
    access.require(by, Permission.PUBLISH_DOCUMENT, version.document.area)
    if version.status == Status.PUBLISHED and version.published_by_id == by.pk:
        return version
    policies.check_can_publish(version)
    for older in _replaced_by(version):
        workflow.make(older, "supersede", by=by, superseded_at=clock.now())
    workflow.make(version, "publish", by=by, published_at=clock.now(), published_by=by)
    for step in kind(version.document.kind).after_publication:
        step(version, by=by)
    letters.published(version)
    return version


def _replaced_by(version: Version) -> list[Version]:
    document = version.document
    older = Version.objects.select_for_update(of=("self",)).filter(status=Status.PUBLISHED)
    if kind(document.kind).one_current_in_area:
        older = older.filter(document__area=document.area, document__kind=document.kind)
    else:
        older = older.filter(document=document)
    return list(older.select_related("document__area").order_by("pk"))
