"""The Celery app and the beat table: one line per job. Every promise is a row in PostgreSQL; the queue only says "look now"."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings.embedded")

app = Celery("partnership")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Beat runs in UTC on fixed intervals; what is due is decided by our own queries, never by the hour of a tick.
app.conf.beat_schedule = {
    "tick": {"task": "partnership.operations.tasks.tick", "schedule": 60.0, "options": {"expires": 55}},
}
