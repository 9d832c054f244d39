"""The mail of the practice story's past: what went to bodies outside leaves at its own moment, old notices do not."""

import socket
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from arrangements import letters
from partnership import clock
from partnership.mail import jobs as mail_jobs
from partnership.mail import services as mail
from partnership.mail.models import OutgoingMail
from partnership.mail.workflow import Status
from partnership.notices import services as notices
from partnership.notices.models import Notice
from reports import jobs as reports

# The notices of the last days are kept: somebody has still to act on them.
NOTICES_FROM = datetime(2026, 9, 1, tzinfo=clock.LONDON)
STORY_ENDS = datetime(2026, 9, 14, 9, 0, tzinfo=clock.LONDON)
# What left in its time, so that what is known of it is known in practice too: submissions, and what agencies were told.
SENT_IN_TIME = ("submission", letters.PURPOSE)
LATER = timedelta(minutes=1)


def settle() -> int:
    """Cancel the mail of old notices, take these for read, and deliver what else is queued, each a minute after it was.

    Returns how many were sent. Without a mailbox that answers, what is to be sent stays queued, and the worker sends it later.
    """
    for notice in _queued().filter(created_at__lt=NOTICES_FROM).exclude(purpose__in=SENT_IN_TIME):
        with clock.frozen(notice.created_at + LATER):
            mail.cancel(mail=notice, reason="From before the practice began.")
    notices.mark_read(notices=Notice.objects.all(), until=NOTICES_FROM)
    sent = 0
    while (oldest := _queued().first()) and mailbox_answers():
        with clock.frozen(oldest.created_at + LATER):
            mail_jobs.deliver_due(limit=1)
            oldest.refresh_from_db()
            if oldest.status != Status.SENT:
                break
            sent += 1
            reports.follow_submissions()
    return sent


def _queued() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(status=Status.QUEUED, created_at__lt=STORY_ENDS).order_by("created_at", "pk")


def mailbox_answers() -> bool:
    """Whether something listens where mail is handed over."""
    try:
        with socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), timeout=2):
            return True
    except OSError:
        return False
