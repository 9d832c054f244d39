"""Celery as it must be run (ADR 34). Every promise is a row in PostgreSQL; a queue only says “look now”."""

from partnership.settings import env

CELERY_BROKER_URL = env.text("BROKER_URL", "redis://localhost:6379/0")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
CELERY_TASK_DEFAULT_QUEUE = "default"
_QUEUES = {"mail": "mail", "documents": "pdf", "evidence": "pdf"}  # no date waits for a PDF or another machine
CELERY_TASK_ROUTES = {f"partnership.{app}.tasks.*": {"queue": queue} for app, queue in _QUEUES.items()}
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 600, "unacked_restore_interval": 2}
CELERY_BROKER_TRANSPORT_OPTIONS["unacked_restore_throttle"] = 1
CELERY_TIMEZONE = "UTC"
