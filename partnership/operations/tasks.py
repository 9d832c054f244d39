"""Celery's doors to the jobs: beat's minute, the slow work that has queues of its own, and a canary for each queue."""

import logging
from collections.abc import Callable

from celery import shared_task
from kombu.exceptions import OperationalError

from partnership.documents import jobs as documents
from partnership.evidence import daily
from partnership.evidence import jobs as evidence
from partnership.mail import jobs as mail
from partnership.operations import beating, jobs, watch

log = logging.getLogger(__name__)

EXPIRES = 55  # seconds: the next minute asks again, so a queue that stood still is not flooded
# What is asked for each minute, the queue of each, and the job. Whoever acts asks the apps' own tasks for the same jobs.
SLOW: dict[str, tuple[str, Callable[[], int]]] = {
    "pdfs_made": ("pdf", documents.render_missing),
    "messages_sent": ("mail", mail.deliver_due),
    "public_pages_fetched": ("pdf", evidence.fetch_due),
    "daily_lists_made": ("pdf", daily.make_due),
}


@shared_task(acks_late=True)
def tick() -> None:
    """What is due, row by row; then ask the other queues to look at theirs, and to show that they live."""
    jobs.sweep()
    beating.ask(watch.ASKED)
    for name, (queue, _) in SLOW.items():
        _ask(slow, args=(name,), queue=queue)
    for queue in watch.QUEUES:
        _ask(canary, args=(queue,), queue=queue)


@shared_task(acks_late=True)
def slow(name: str) -> None:
    """One look at the work of a queue, with its heartbeat."""
    _, job = SLOW[name]
    beating.done(name, job)


@shared_task(acks_late=True)
def canary(queue: str) -> None:
    """Sent through a queue, it shows that a worker serves it."""
    beating.beat(f"{watch.QUEUE}{queue}")


def _ask(task, **options: object) -> None:  # type: ignore[no-untyped-def]
    try:
        task.apply_async(expires=EXPIRES, retry=False, **options)
    except OperationalError:
        log.warning("broker_unreachable task=%s", task.name)
