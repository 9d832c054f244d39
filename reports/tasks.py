"""Celery's doors to the jobs of this app."""

from celery import shared_task

from partnership.mail import jobs as mail
from partnership.web.queue import nudge
from reports import jobs


@shared_task(acks_late=True)
def follow_up() -> None:
    """Send what is due now, then note what came of it, so that nobody waits for the next sweep."""
    mail.deliver_due()
    jobs.follow_submissions()


def follow_up_soon() -> None:
    """Ask the worker to look now, once this transaction is done."""
    nudge(follow_up)
