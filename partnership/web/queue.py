"""Asking a worker to look now. Only a hint: every promise is a row, and the sweep finds it if the hint is lost."""

import logging
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from partnership.web import faults

log = logging.getLogger(__name__)

# A page must not wait for a broker that is away.
BRIEFLY = {"socket_connect_timeout": 2, "socket_timeout": 5, "max_retries": 1, "interval_start": 0, "interval_step": 0}


def nudge(task: Any) -> None:
    """Enqueue a Celery task once this transaction is done. A broker that is away is logged, and never breaks the act."""
    transaction.on_commit(partial(_ask, task), robust=True)


def _ask(task: Any) -> None:
    faults.point("P1_after_commit")
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **BRIEFLY}
    try:
        faults.point("P2_hint")
        with task.app.connection_for_write(connect_timeout=2, transport_options=options) as broker:
            task.apply_async(connection=broker, retry=False)
    except Exception as error:
        # Whatever is wrong with the broker, the act is done and committed; its address stays out of the log.
        log.warning("broker_unreachable task=%s error=%s", task.name, type(error).__name__)
