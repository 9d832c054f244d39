"""Reading the signs of life."""

from datetime import datetime

from partnership.operations.models import Heartbeat

TICK = "tick"


def last_beat(name: str = TICK) -> datetime | None:
    """When a part last gave a sign of life, or None when it never has."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()
