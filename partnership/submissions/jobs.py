"""What the clock does with submissions: it notes what became of their mails, and puts beside them what came back."""

import logging

from django.db import transaction

from partnership import clock
from partnership.audit.events import Event
from partnership.mail.models import IncomingMail
from partnership.mail.workflow import Sort
from partnership.submissions import letters, selectors
from partnership.submissions.models import DeliveryEvent, Submission
from partnership.submissions.noting import note

log = logging.getLogger(__name__)

# What stands on record of each sort. That it came back has a sentence of its own.
TOLD: dict[str, str] = {
    Sort.BOUNCED: "an earlier message came back undelivered",
    Sort.DELAYED: "the message is delayed",
    Sort.DELIVERED: "the message was delivered to the recipient’s mail system",
    Sort.RELAYED: "the message was passed on to a system that reports no further",
    Sort.AUTOMATIC: "an automatic answer came",
    Sort.REPLY: "a reply came, which somebody has to read",
    Sort.UNCLEAR: "a message came of which it is not clear what it says",
}


def note_accepted() -> list[Submission]:
    """Note each submission that the relay has accepted since the last look, and return those."""
    accepted = []
    for submission in selectors.not_yet_accepted().filter(mail__status="sent"):
        with transaction.atomic():
            won = Submission.objects.filter(pk=submission.pk, mail=submission.mail_id, accepted_at=None).update(
                accepted_at=submission.mail.sent_at
            )
            if won:
                note(Event.SUBMISSION_ACCEPTED, submission)
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
                error = submission.mail.last_error or "the mail relay refused it"
                note(Event.SUBMISSION_FAILED, submission, error=error)
            noted += won
    return noted


def file_incoming() -> int:
    """Put beside each submission what came back of it, once. Returns how much. Safe to run any number of times."""
    filed = 0
    for incoming in selectors.to_be_filed():
        try:
            filed += _file(incoming)
        except Exception:  # one that cannot be filed must not hide the others; it is tried again at the next sweep
            log.exception("incoming_not_filed incoming=%s", incoming.pk)
    return filed


@transaction.atomic
def _file(incoming: IncomingMail) -> bool:
    assert incoming.answers is not None  # to_be_filed gives no others
    submission = incoming.answers.submission_message.submission
    event, is_new = DeliveryEvent.objects.get_or_create(
        incoming=incoming,
        defaults={
            "submission": submission,
            "mail": incoming.answers,
            "what": incoming.sort,
            "at": incoming.received_at,
        },
    )
    if is_new and not (event.what == Sort.BOUNCED and _note_bounce(event)):
        note(Event.SUBMISSION_REPORTED, submission, told=TOLD[event.what])
    return is_new


def _note_bounce(event: DeliveryEvent) -> bool:
    """That the message which counts now came back, and tell those who must act. False for one that was replaced."""
    won = Submission.objects.filter(pk=event.submission_id, mail=event.mail_id, bounced_at=None).update(
        bounced_at=event.at
    )
    if won:
        note(Event.SUBMISSION_BOUNCED, event.submission, code=event.incoming.code or "no status")
        letters.bounced(event)
    return bool(won)
