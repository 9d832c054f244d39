"""What an area was told of a new edition of the guidance, and from when on it is told."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Area


class Baseline(models.Model):
    """The editions in force when an area was first seen in use. It began with them, so no briefing tells of them."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="guidance_baseline")
    seen_on = models.DateField()
    edition_keys = ArrayField(models.SlugField(max_length=20))

    class Meta:
        ordering = ["area"]

    def __str__(self) -> str:
        return f"{self.area} since {self.seen_on}"


class Briefing(models.Model):
    """One edition that came to be held after the area began. What it means there is read from the files, each time."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="briefings")
    edition_key = models.SlugField(max_length=20)
    made_at = models.DateTimeField(default=clock.now)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "edition_key"], name="briefings_once_for_each_edition"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="briefings_acknowledged_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_key} for {self.area}"
