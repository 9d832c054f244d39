"""What the clock does with yearly reports: submissions that were accepted become facts of the duty."""

from partnership.deadlines import jobs as deadlines
from partnership.submissions import jobs as submissions
from partnership.submissions.models import Submission


def follow_submissions() -> int:
    """Note what was accepted and what came back, and record what was accepted as a fact of its duty. Safe to run again."""
    submissions.file_incoming()
    submissions.note_accepted()
    submissions.note_failed()
    recorded = 0
    accepted = Submission.objects.filter(accepted_at__isnull=False, version__document__duties__closed_at=None)
    # What came back does not count as sent; whether a fact that is recorded already still holds is for the duties to say.
    accepted = accepted.filter(bounced_at=None)
    accepted = accepted.exclude(version__document__duties=None).select_related("version__document")
    for submission in accepted.order_by("accepted_at"):
        if submission.accepted_at is None:
            continue
        for duty in submission.version.document.duties.filter(closed_at=None):
            recorded += deadlines.record_fact(
                duty=duty,
                key=f"submitted:{submission.party}",
                label=f"Submitted to {submission.recipient_name}",
                happened_at=submission.accepted_at,
                evidence=f"submission:{submission.pk}",
            )
    return recorded
