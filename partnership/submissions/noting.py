"""What happened to a submission, put on record in one way."""

from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.submissions.models import Submission


def note(event: Event, submission: Submission, by: User | None = None, **data: str) -> None:
    """Add an entry about a submission, in the transaction of the act. `by` None: the clock did it."""
    document = submission.version.document
    audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=submission,
        subject=submission.subject,
        data={"title": document.title, "recipient": submission.recipient_in_words, **data},
    )
