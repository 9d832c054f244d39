"""What the clock does with submissions: it notes what became of their mails."""

from django.db import transaction

from partnership import clock
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.submissions import selectors
from partnership.submissions.models import Submission


def note_accepted() -> list[Submission]:
    """Note each submission that the relay has accepted since the last look, and return those."""
    accepted = []
    for submission in selectors.not_yet_accepted().filter(mail__status="sent"):
        with transaction.atomic():
            won = Submission.objects.filter(pk=submission.pk, accepted_at=None).update(
                accepted_at=submission.mail.sent_at
            )
            if won:
                audit.record(
                    Event.SUBMISSION_ACCEPTED,
                    area_slug=submission.version.document.area.slug,
                    target=submission,
                    subject=submission.subject,
                    data={"title": submission.version.document.title, "recipient": submission.recipient_in_words},
                )
                submission.refresh_from_db()
                accepted.append(submission)
    return accepted


def note_failed() -> int:
    """Put on record, once, each submission that the relay has refused for good. Returns how many."""
    noted = 0
    for submission in selectors.not_yet_accepted().filter(mail__status="failed", failure_noted_at=None):
        with transaction.atomic():
            won = Submission.objects.filter(pk=submission.pk, failure_noted_at=None).update(
                failure_noted_at=clock.now()
            )
            if won:
                audit.record(
                    Event.SUBMISSION_FAILED,
                    area_slug=submission.version.document.area.slug,
                    target=submission,
                    subject=submission.subject,
                    data={
                        "title": submission.version.document.title,
                        "recipient": submission.recipient_in_words,
                        "error": submission.mail.last_error or "the mail relay refused it",
                    },
                )
            noted += won
    return noted
