"""Recording that a body acknowledged what it was sent. A person in office does that; no message does it by itself."""

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import Conflict, WrongState
from partnership.submissions.models import Submission


@transaction.atomic
def acknowledge(*, submission: Submission, words: str, by: User) -> Submission:
    """Record that a body acknowledged the submission, in its own words. Raises WrongState or Conflict."""
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("version__document__area")
        .get(pk=submission.pk)
    )
    access.require(by, Permission.RECORD_ACKNOWLEDGEMENT, submission.version.document.area)
    if submission.accepted_at is None:
        raise WrongState("The mail relay has not accepted this yet, so nobody can have acknowledged it.")
    if not words.strip():
        raise WrongState("Say who acknowledged it and how, such as the first line of their reply.")
    won = Submission.objects.filter(pk=submission.pk, acknowledged_at=None).update(
        acknowledged_at=clock.now(), acknowledged_by=by, acknowledgement=words.strip()
    )
    if not won:
        raise Conflict("Somebody has already recorded the acknowledgement.")
    audit.record(
        Event.SUBMISSION_ACKNOWLEDGED,
        by=by,
        area_slug=submission.version.document.area.slug,
        target=submission,
        subject=submission.subject,
        data={"title": submission.version.document.title, "recipient": submission.recipient_in_words},
    )
    submission.refresh_from_db()
    return submission
