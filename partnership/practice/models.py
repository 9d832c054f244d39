"""The clock of the practice area: one row, which only ever moves forward."""

from django.db import models


class PracticeClock(models.Model):
    """How far the practice area is ahead of the real time (negative: behind). Never less than before (trigger)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    ahead_by = models.DurationField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="practice_one_clock")]

    def __str__(self) -> str:
        return f"{self.ahead_by} ahead of the real time"
