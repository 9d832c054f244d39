"""Celery's doors to the jobs of this app."""

from celery import shared_task

from partnership.documents import jobs
from partnership.web.queue import nudge


@shared_task(acks_late=True)
def render_missing() -> None:
    jobs.render_missing()


def render_soon() -> None:
    """Ask the worker to look now, once this transaction is done."""
    nudge(render_missing)
