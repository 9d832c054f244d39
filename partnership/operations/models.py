"""What is known of the machinery itself: when each of its parts last gave a sign of life."""

from django.db import models

from partnership import clock


class Heartbeat(models.Model):
    """The last sign of life of one part, such as `tick` (beat, broker and worker together) or `queue:mail`."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(default=clock.now)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}"
