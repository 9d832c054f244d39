"""What the clock does with yearly reports: a submission is a fact of its duty for as long as it has not come back."""

from django.db.models import Q

from partnership.deadlines import facts
from partnership.deadlines import jobs as deadlines
from partnership.deadlines.models import Duty, DutyFact
from partnership.guidance import dates
from partnership.submissions import jobs as submissions
from partnership.submissions.models import Submission

CAME_BACK = "the recipient’s own server sent it back"


def follow_submissions() -> int:
    """Note what was accepted and what came back, and hold the facts of the duties against it. Safe to run again."""
    submissions.file_incoming()
    submissions.note_accepted()
    submissions.note_failed()
    return _fallen() + _recorded()


def _fallen() -> int:
    """What came back, or was sent anew and is not accepted yet, has reached nobody: its fact falls, and the duty opens."""
    gone = Submission.objects.filter(Q(bounced_at__isnull=False) | Q(accepted_at=None)).values_list("pk", flat=True)
    resting = DutyFact.objects.filter(evidence__in=[f"submission:{pk}" for pk in gone], fallen_at=None)
    return sum(
        facts.fall(duty=fact.duty, evidence=fact.evidence, because=CAME_BACK) for fact in resting.select_related("duty")
    )


def _recorded() -> int:
    """What the relay accepted, and what a body received by other means although its mail came back."""
    recorded = 0
    reached = Q(accepted_at__isnull=False, bounced_at=None) | Q(bounced_at__isnull=False, acknowledged_at__isnull=False)
    open_ones = Submission.objects.filter(
        reached, version__document__duties__closed_at=None, version__document__duties__isnull=False
    )
    for submission in open_ones.select_related("version__document").order_by("accepted_at"):
        for duty in submission.version.document.duties.filter(closed_at=None):
            recorded += _record(duty, submission)
    return recorded


def _record(duty: Duty, submission: Submission) -> bool:
    happened_at, evidence = submission.accepted_at, f"submission:{submission.pk}"
    if submission.bounced_at:
        day = submission.received_on
        happened_at = dates.due_instant(day) if day else submission.acknowledged_at
        evidence = f"acknowledgement:{submission.pk}"
    if happened_at is None:
        return False
    return deadlines.record_fact(
        duty=duty,
        key=f"submitted:{submission.party}",
        label=f"Submitted to {submission.recipient_name}",
        happened_at=happened_at,
        evidence=evidence,
    )
