"""Reading how the service itself is doing."""

from datetime import datetime


def last_beat() -> datetime | None:
    """When beat last ran, or None when it never has."""
    return None
