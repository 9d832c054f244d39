"""Reading the signs of life, and the alarms."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from partnership.operations.models import Alarm, Heartbeat
from partnership.operations.watch import TICK

KEPT_IN_SIGHT = timedelta(days=30)


def last_beat(name: str = TICK) -> datetime | None:
    """When a part last gave a sign of life, or None when it never has."""
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def beats() -> dict[str, Heartbeat]:
    """The last sign of life of everything that ever gave one, by name."""
    return {beat.name: beat for beat in Heartbeat.objects.all()}


def open_alarms() -> QuerySet[Alarm]:
    """What rings now, the oldest first."""
    return Alarm.objects.filter(ended_at=None).order_by("began_at", "pk")


def alarms_of_late(now: datetime) -> QuerySet[Alarm]:
    """What rang in the last thirty days, and what rings still, the newest first."""
    return (Alarm.objects.filter(ended_at__gte=now - KEPT_IN_SIGHT) | Alarm.objects.filter(ended_at=None)).order_by(
        "-began_at", "-pk"
    )
