"""Celery's doors to the jobs: beat's minute, and a canary for each queue."""

import logging

from celery import shared_task
from kombu.exceptions import OperationalError

from partnership.documents import tasks as documents
from partnership.evidence import tasks as evidence
from partnership.mail import tasks as mail
from partnership.operations import jobs

log = logging.getLogger(__name__)

QUEUES = ("mail", "pdf")
EXPIRES = 55  # seconds: the next minute asks again, so a queue that stood still is not flooded


@shared_task(acks_late=True)
def tick() -> None:
    """What is due, row by row; then ask the other queues to look at theirs, and to show that they live."""
    jobs.sweep()
    _ask(documents.render_missing)
    _ask(mail.deliver_due)
    _ask(evidence.fetch_due)
    for queue in QUEUES:
        _ask(canary, args=(queue,), queue=queue)


@shared_task(acks_late=True)
def canary(queue: str) -> None:
    """Sent through a queue, it shows that a worker serves it."""
    jobs.beat(f"queue:{queue}")


def _ask(task, **options: object) -> None:  # type: ignore[no-untyped-def]
    try:
        task.apply_async(expires=EXPIRES, retry=False, **options)
    except OperationalError:
        log.warning("broker_unreachable task=%s", task.name)
