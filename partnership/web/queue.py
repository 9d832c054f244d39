"""Asking a worker to look now. Only a hint: every promise is a row, and the sweep finds it if the hint is lost."""

import logging
from typing import Any

from django.db import transaction

log = logging.getLogger(__name__)


def nudge(task: Any) -> None:
    """Enqueue a Celery task once this transaction is done. A broker that is away is logged, and never breaks the act."""

    def ask() -> None:
        try:
            task.apply_async(retry=False)
        except task.OperationalError:
            log.warning("broker_unreachable task=%s", task.name)

    transaction.on_commit(ask)
