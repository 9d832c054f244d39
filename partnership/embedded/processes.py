"""The three programs of the application, in one place for `up` and for `manage.py web|worker|beat`."""

import sys
from pathlib import Path

QUEUES = ("default", "mail", "pdf")


def web(port: int, host: str = "127.0.0.1") -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "partnership.wsgi"),
        *("--bind", f"{host}:{port}", "--workers", "2", "--threads", "4", "--preload"),
        *("--graceful-timeout", "5", "--no-control-socket"),
    ]


def worker() -> list[str]:
    return [
        *(sys.executable, "-m", "celery", "-A", "partnership", "worker"),
        *("-Q", ",".join(QUEUES), "-c", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"),
    ]


def beat(data: Path) -> list[str]:
    schedule = data / "beat" / "schedule"
    return [
        *(sys.executable, "-m", "celery", "-A", "partnership", "beat"),
        *("--schedule", str(schedule), "--pidfile=", "--loglevel", "INFO"),
    ]
