"""Celery's doors to the jobs of this app."""

from celery import shared_task

from partnership.evidence import jobs
from partnership.web.queue import nudge


@shared_task(acks_late=True)
def fetch_due() -> None:
    jobs.fetch_due()


def fetch_soon() -> None:
    """Ask the worker to look now, once this transaction is done."""
    nudge(fetch_due)
