"""Recording that a body acknowledged what it was sent. A person in office does that; no message does it by itself."""

from datetime import date

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit.events import Event
from partnership.errors import Conflict, WrongState
from partnership.files import services as files
from partnership.files.models import StoredFile
from partnership.mail.incoming.parsing import parse
from partnership.submissions import policies, selectors
from partnership.submissions.models import DeliveryEvent, How, Submission
from partnership.submissions.noting import note

LONGEST_QUOTE = 500  # characters of a reply that stand with the acknowledgement; the whole message is kept


@transaction.atomic
def acknowledge(
    *,
    submission: Submission,
    words: str,
    by: User,
    how: How = How.REPLY,
    received_on: date | None = None,
    receipt: StoredFile | None = None,
    receipt_name: str = "",
) -> Submission:
    """Record that a body acknowledged the submission: how, in whose words, on which day, and with which file.

    By other means than a reply it may have been received although the mail never arrived. Raises NotAllowed; WrongState
    without words, for a day to come, or for a reply to what was never sent; Conflict when it is recorded already.
    """
    submission = selectors.locked(submission)
    access.require(by, Permission.RECORD_ACKNOWLEDGEMENT, submission.version.document.area)
    policies.check_can_acknowledge(submission, how, received_on, clock.today())
    if not words.strip():
        raise WrongState("Say who acknowledged it and how, such as the first line of their reply.")
    return _record(
        submission,
        by,
        acknowledgement=words.strip(),
        acknowledged_how=how,
        received_on=received_on,
        receipt=receipt,
        receipt_name=receipt_name,
    )


@transaction.atomic
def acknowledge_reply(*, event: DeliveryEvent, by: User) -> Submission:
    """Record a reply that somebody has read as the acknowledgement. The message itself is kept as the proof.

    Raises NotAllowed; WrongState for a report of delivery or an automatic answer; Conflict when it is recorded already.
    """
    submission = selectors.locked(event.submission)
    access.require(by, Permission.RECORD_ACKNOWLEDGEMENT, submission.version.document.area)
    policies.check_is_an_answer(event)
    incoming = event.incoming
    text = parse(files.read(incoming.file)).text or incoming.subject
    quoted = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE].rstrip()} …"
    return _record(
        submission,
        by,
        acknowledgement=f"{incoming.sender or 'Somebody'} wrote: {quoted}",
        acknowledged_how=How.REPLY,
        received_on=clock.london_day(event.at),
        reply=event,
    )


def _record(submission: Submission, by: User, **columns: object) -> Submission:
    won = Submission.objects.filter(pk=submission.pk, acknowledged_at=None).update(
        acknowledged_at=clock.now(), acknowledged_by=by, **columns
    )
    if not won:
        raise Conflict("Somebody has already recorded the acknowledgement.")
    note(Event.SUBMISSION_ACKNOWLEDGED, submission, by)
    submission.refresh_from_db()
    return submission
