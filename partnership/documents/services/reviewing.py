"""Recording that what stands was reviewed and stays as it is."""

from datetime import date

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit.events import Event
from partnership.documents import policies, publication_policies, selectors, workflow
from partnership.documents.models import Review, Version


@transaction.atomic
def record_review(*, version: Version, reviewed_on: date, next_on: date, found: str, by: User) -> Review:
    """Put a review of a publication on record, with what was found and the day of the next one. The public reads both.

    A second click gives back the first. Raises NotAllowed, or WrongState for what does not stand or days that cannot be.
    """
    version = selectors.lock(version)
    access.require(by, Permission.PUBLISH_DOCUMENT, version.document.area)
    publication_policies.check_review(version, reviewed_on=reviewed_on, next_on=next_on)
    words = policies.printable(found, "Say what the review found. The public reads it.")
    said = {"reviewed_on": reviewed_on, "next_on": next_on, "found": words}
    if same := version.reviews.filter(**said).first():
        return same
    title = f"{by.name}, {access.title_for(by, version.document.area, Permission.PUBLISH_DOCUMENT)}"
    row = Review.objects.create(version=version, recorded_as=title, recorded_at=clock.now(), recorded_by=by, **said)
    days = {"on": f"{reviewed_on:%-d %B %Y}", "next": f"{next_on:%-d %B %Y}"}
    workflow.note(Event.REVIEW_RECORDED, version, by=by, **days)
    return row
