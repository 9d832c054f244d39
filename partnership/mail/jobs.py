"""What the clock does with the outbox: deliver what is due, free what is stuck, reconcile what is uncertain.

Nothing irreversible happens inside a transaction: the intention is committed before the relay hears of the message,
the result after. A process killed in between leaves a row in `sending`, which becomes `uncertain` and is never resent
blindly.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils.module_loading import import_string

from partnership import clock
from partnership.files.services import FileDamaged
from partnership.mail import holding, selectors, smtp
from partnership.mail.composing import compose, sender
from partnership.mail.models import MailAttempt, MailRuling, OutgoingMail
from partnership.mail.workflow import AFTER_ATTEMPT, GIVE_UP_AFTER, STUCK_AFTER, Outcome, Ruling, Status, retry_after
from partnership.web import faults

logger = logging.getLogger(__name__)

LOOK_SECONDS = 20  # for searching the archive: the sweep has other things to do
RUN_SECONDS = 45  # stop claiming then: a task may run for two minutes, and a slow relay needs the rest
RECORD_SECONDS = 20  # how long an answer in hand is kept for a database that was away in the meantime


@dataclass(frozen=True)
class Evidence:
    """What an archive finder returns when it holds the message: a sentence that says where and when."""

    sentence: str


def deliver_due(limit: int = 50) -> int:
    """Send what is due, each message once, and return how many the relay accepted.

    Safe in any number of processes at once. Nothing while sending is held (holding.py). Stops early when
    the relay cannot be used, so that the rest stays queued.
    """
    if holding.hold():
        return 0
    accepted, stop_at = 0, time.monotonic() + RUN_SECONDS
    for _ in range(limit):
        mail = _claim() if time.monotonic() < stop_at else None
        if mail is None:
            break
        faults.point("P4_after_claim")
        report = _attempt(mail)
        _keep_recording(mail, report)
        faults.point("P10_recorded")
        accepted += report.outcome == Outcome.SENT
        if report.relay_unusable:
            # What the relay answers may name an address, so it is kept with the message and not in the log.
            logger.error(
                "The mail relay cannot be used; sending stops until the next run. See message %s.", mail.reference
            )
            break
    return accepted


def free_stuck() -> int:
    """Messages in `sending` for over two minutes become uncertain: their process may have died after the final dot."""
    freed = 0
    since = clock.now() - STUCK_AFTER
    stuck = OutgoingMail.objects.filter(status=Status.SENDING, sending_since__lt=since)
    for mail in stuck:
        faults.point("P11_sweep")
        freed += close(
            mail, smtp.Report(Outcome.UNCERTAIN, "The process that was sending it stopped, or is very slow.")
        )
    return freed


def reconcile_uncertain() -> int:
    """Look for each uncertain message by its Message-ID in the archive mailbox; those found are sent. Returns how many.

    MAIL_ARCHIVE_FINDER names a function `find(message_id) -> Evidence | None`. Not finding it settles nothing.
    """
    path = getattr(settings, "MAIL_ARCHIVE_FINDER", None)
    if not path:
        return 0
    find: Callable[[str], Evidence | None] = import_string(path)
    reconciled, stop_at = 0, time.monotonic() + LOOK_SECONDS
    for mail in OutgoingMail.objects.filter(status=Status.UNCERTAIN).order_by("pk"):
        try:
            evidence = find(mail.message_id)
        except Exception:
            logger.exception("The archive mailbox could not be searched for message %s.", mail.reference)
            break  # what does not answer now is not asked a dozen times: the next minute does
        if evidence:
            left_at = mail.tries.get(number=mail.attempts).started_at
            reconciled += settle(mail, Ruling.FOUND, smtp.Report(Outcome.SENT, evidence.sentence), left_at=left_at)
        if time.monotonic() > stop_at:
            break
    return reconciled


def _claim() -> OutgoingMail | None:
    """Take the next due message and write the attempt, committed before anything leaves."""
    with transaction.atomic(durable=True):
        now = clock.now()
        mail = selectors.due(now).select_for_update(skip_locked=True).first()
        if mail is None:
            return None
        mail.status, mail.attempts, mail.sending_since, mail.retry_at = Status.SENDING, mail.attempts + 1, now, None
        mail.save(update_fields=["status", "attempts", "sending_since", "retry_at"])
        MailAttempt.objects.create(mail=mail, number=mail.attempts, started_at=now)
        faults.point("P3_before_claim_commit")
        return mail


def _attempt(mail: OutgoingMail) -> smtp.Report:
    try:
        holding.note_attempt(mail.tries.get(number=mail.attempts).pk)
        message = compose(mail)
    except FileDamaged as damage:
        return smtp.Report(Outcome.PERMANENT, f"Not sent, because an attachment is not what was attached: {damage}")
    except (OperationalError, OSError) as error:  # a database or a disk that is away says nothing about the message
        logger.warning("Message %s could not be put together yet: %s", mail.reference, type(error).__name__)
        words = f"Not sent yet, because its parts could not be read ({type(error).__name__})."
        return smtp.Report(Outcome.TEMPORARY, words)
    except Exception as error:  # one message that cannot be built must not stop the others
        logger.exception("Message %s could not be put together.", mail.reference)
        return smtp.Report(Outcome.PERMANENT, f"Not sent, because it could not be put together: {error}")
    copy_to = settings.MAIL_ARCHIVE_ADDRESS
    return smtp.deliver(sender=mail.envelope_from or sender(), recipient=mail.to, message=message, copy_to=copy_to)


def _keep_recording(mail: OutgoingMail, report: smtp.Report) -> None:
    """Write the result; where the connection was lost while the relay was spoken to, over a new one."""
    until = time.monotonic() + RECORD_SECONDS
    while True:
        try:
            _record(mail, report)
            return
        except OperationalError:
            if time.monotonic() > until:
                raise
            logger.warning("The answer for message %s could not be recorded yet.", mail.reference)
            connection.close()
            time.sleep(0.5)


def _record(mail: OutgoingMail, report: smtp.Report) -> None:
    """Write the result; if the sweep was quicker, the answer in hand settles what the sweep left uncertain."""
    if close(mail, report):
        return
    if report.outcome != Outcome.UNCERTAIN and settle(mail, Ruling.LATE_ANSWER, report):
        return
    logger.warning("Message %s had moved on when attempt %s ended: %s", mail.reference, mail.attempts, report.outcome)


def close(mail: OutgoingMail, report: smtp.Report) -> bool:
    """End the attempt in flight. False when it is no longer in flight."""
    with transaction.atomic(durable=True):
        in_flight = OutgoingMail.objects.filter(pk=mail.pk, status=Status.SENDING, attempts=mail.attempts)
        if not in_flight.update(**_state_after(mail, report)):
            return False
        MailAttempt.objects.filter(mail=mail, number=mail.attempts).update(
            ended_at=clock.now(), outcome=report.outcome, answer=report.answer
        )
    return True


def settle(mail: OutgoingMail, ruling: Ruling, report: smtp.Report, *, left_at: datetime | None = None) -> bool:
    """Move an uncertain message by what has become known of its last attempt. False when somebody else settled it.

    `left_at`: when it left, where that was not now: a date in law may hang on it.
    """
    with transaction.atomic(durable=True):
        uncertain = OutgoingMail.objects.select_for_update().filter(
            pk=mail.pk, status=Status.UNCERTAIN, attempts=mail.attempts
        )
        if uncertain.first() is None:
            return False
        MailRuling.objects.create(
            mail=mail, attempt=mail.attempts, ruling=ruling, evidence=report.answer, ruled_by="The system"
        )
        state = _state_after(mail, report)
        if state["sent_at"] and left_at:
            state["sent_at"] = left_at
        uncertain.update(**state)
    return True


def _state_after(mail: OutgoingMail, report: smtp.Report) -> dict[str, object]:
    """The columns of a message after an attempt."""
    now = clock.now()
    status, error = AFTER_ATTEMPT[report.outcome], report.answer
    # A relay set up wrongly is the operator's to mend and says nothing about the message, so that never gives up.
    if report.outcome == Outcome.TEMPORARY and now - mail.queued_at >= GIVE_UP_AFTER:
        status, error = Status.FAILED, f"Given up after 72 hours. The last answer was: {report.answer}"
    sent = status == Status.SENT
    return {
        "status": status,
        "sending_since": None,
        "sent_at": now if sent else None,
        "retry_at": now + retry_after(mail.attempts) if status == Status.WAITING else None,
        "last_answer": report.answer if sent or report.is_reply else "",
        "last_error": "" if sent else error,
    }
