"""The Celery app and the beat table: one line per job. Every promise is a row in PostgreSQL; the queue only says "look now"."""

import logging
import os
import threading
import time
from typing import Any

from celery import Celery, bootsteps
from celery.worker import state

log = logging.getLogger(__name__)

SILENCE = 180.0  # seconds; beat asks each minute, and no task may take longer than 150
SILENT = 75  # the exit code

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings.embedded")

app = Celery("partnership")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Beat runs in UTC on fixed intervals; what is due is decided by our own queries, never by the hour of a tick.
app.conf.beat_schedule = {
    "tick": {"task": "partnership.operations.tasks.tick", "schedule": 60.0, "options": {"expires": 55}},
}


class EndsWhenSilent(bootsteps.StartStopStep):  # type: ignore[misc]
    """Ends a worker that was given nothing for three minutes, so that whoever keeps it running starts a new one.

    A worker can lose the broker and never notice: it lives, and answers nothing. Nothing runs in it then, and what was on
    its way is a row. A worker without a beat ends in the same way, which does no harm.
    """

    def start(self, worker: Any) -> None:
        threading.Thread(target=_end_when_silent, daemon=True).start()


def _end_when_silent() -> None:
    seen, since = -1, time.monotonic()
    while True:
        time.sleep(SILENCE / 20)
        count = state.all_total_count[0]
        if count != seen or state.active_requests:
            seen, since = count, time.monotonic()
        elif time.monotonic() - since > SILENCE:
            log.critical("worker_silent seconds=%d", SILENCE)
            logging.shutdown()
            os._exit(SILENT)


app.steps["worker"].add(EndsWhenSilent)
