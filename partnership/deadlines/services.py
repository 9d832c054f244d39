"""What people's acts do to duties."""

from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.deadlines import jobs
from partnership.deadlines.models import Duty
from partnership.documents.models import Document, Version


def take_up(document: Document, *, by: User) -> None:
    """Tie the duty of a period to the document that has been begun for it."""
    access.require(by, Permission.BEGIN_DOCUMENT, document.area)
    Duty.objects.filter(
        area=document.area, rule_key=document.kind, period_label=document.period_label, document=None
    ).update(document=document)


def note_publication(version: Version, *, by: User) -> None:
    """Publication is one of the facts of the duty. A later version leaves the first day standing."""
    for duty in version.document.duties.all():
        if version.published_at:
            jobs.record_fact(
                duty=duty,
                key="published",
                label="Published",
                happened_at=version.published_at,
                evidence=f"version:{version.pk}",
            )
