"""What people put on record stays under their name."""

from django.conf import settings
from django.db import models

from partnership import clock


class Said(models.Model):
    """What a person did, with their office and the moment. Never changed or removed (trigger)."""

    said_as = models.CharField(max_length=250, help_text="The person with their office.")
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
