"""After a restored backup: what the archive says of the outbox, and what an operator makes of it.

Source: reliability 5.3, steps 6 and 7.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from partnership import clock
from partnership.errors import WrongState
from partnership.mail import archive, holding, smtp
from partnership.mail.archive import Archived
from partnership.mail.composing import occasion
from partnership.mail.jobs import close, settle
from partnership.mail.models import MailAttempt, OutgoingMail
from partnership.mail.services import cancel
from partnership.mail.workflow import Outcome, Ruling, Status

logger = logging.getLogger(__name__)

BEFORE = timedelta(hours=1)  # clocks differ; what is looked at twice does no harm
FURTHEST = timedelta(days=30)  # what has waited for longer is found by its Message-ID alone, or by a person
TO_SETTLE = (Status.QUEUED, Status.WAITING, Status.SENDING, Status.UNCERTAIN)
# What reached a national body is for a person of the area to say; everything else was merely told once already.
FOR_A_PERSON = ("submission", "submission_withdrawn")


@dataclass(frozen=True)
class Differences:
    """`left`: waits here, but has left, by its own Message-ID. `again`: waits here, and a message for the same occasion
    has left. `unknown`: has left, and nothing here knows of it. `waiting`: everything else that would go now.
    """

    left: tuple[tuple[OutgoingMail, Archived], ...]
    again: tuple[tuple[OutgoingMail, Archived], ...]
    unknown: tuple[Archived, ...]
    waiting: int
    since: datetime

    @property
    def in_words(self) -> str:
        return (
            f"Compared with the archive since {self.since:%Y-%m-%d %H:%M}: {len(self.left)} had left already, "
            f"{len(self.again)} were made once more, {len(self.unknown)} are unknown here, {self.waiting} still go."
        )


def differences() -> Differences:
    """Compare what waits with what left. Raises what the archive raises."""
    since = _since()
    copies = list(archive.after(since))
    by_id = {copy.message_id: copy for copy in copies}
    by_occasion = {copy.occasion: copy for copy in copies if copy.occasion}
    left, again, waiting = [], [], 0
    for mail in OutgoingMail.objects.filter(status__in=TO_SETTLE).order_by("pk"):
        if copy := by_id.get(mail.message_id):
            left.append((mail, copy))
        elif copy := by_occasion.get(occasion(mail)):
            again.append((mail, copy))
        else:
            waiting += 1
    known = set(OutgoingMail.objects.filter(message_id__in=by_id).values_list("message_id", flat=True))
    unknown = tuple(copy for copy in copies if copy.message_id not in known)
    return Differences(tuple(left), tuple(again), unknown, waiting, since)


def reconcile(found: Differences, *, by: str) -> None:
    """Settle what the archive knew when it was compared, and let the rest leave. What breaks in between is held still."""
    for mail, copy in found.left:
        words = f"It had left before the database was restored. {copy.where}"
        if _make_uncertain(mail, words):
            settle(mail, Ruling.FOUND, smtp.Report(Outcome.SENT, words), left_at=copy.at)
    for mail, copy in found.again:
        words = f"A message for the same occasion left before the database was restored. {copy.where}"
        if mail.purpose in FOR_A_PERSON or mail.status not in (Status.QUEUED, Status.WAITING):
            _make_uncertain(mail, words)
        else:
            _cancel(mail, words)
    holding.end(by=by, found=found.in_words)


def release_unseen(*, by: str, reason: str) -> bool:
    """Let messages leave without a comparison, where there is no archive. The reason stays. False without a hold."""
    return holding.end(by=by, found=f"Not compared with an archive: {reason}")


def _since() -> datetime:
    last = MailAttempt.objects.order_by("-pk").first()
    first = OutgoingMail.objects.filter(status__in=TO_SETTLE).order_by("created_at").first()
    moments = [row for row in (last and last.started_at, first and first.created_at) if row]
    return max(min(moments, default=clock.now()), clock.now() - FURTHEST) - BEFORE


def _cancel(mail: OutgoingMail, words: str) -> None:
    try:
        cancel(mail=mail, reason=words)
    except WrongState:
        logger.info("Message %s was settled by somebody else meanwhile.", mail.reference)


def _make_uncertain(mail: OutgoingMail, words: str) -> bool:
    """Along the states that a message has: an attempt that was made elsewhere, of which this database has no answer."""
    with transaction.atomic():
        row = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
        if row.status in (Status.QUEUED, Status.WAITING):
            row.status, row.attempts = Status.SENDING, row.attempts + 1
            row.sending_since, row.retry_at = clock.now(), None
            row.save(update_fields=["status", "attempts", "sending_since", "retry_at"])
            MailAttempt.objects.create(mail=row, number=row.attempts, started_at=clock.now())
    if row.status == Status.SENDING:
        close(row, smtp.Report(Outcome.UNCERTAIN, words))
    mail.refresh_from_db()
    return mail.status == Status.UNCERTAIN
