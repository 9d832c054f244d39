"""A list of members between its upload and its confirmation. Nothing of it is in the register before."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models.area import Area


class MemberImport(models.Model):
    """One uploaded list. `rows` are its cells as they were read, and are emptied within a day, confirmed or not.

    After confirmation `rows` holds only those that were not recorded, so that they can be shown once more.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="member_imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    rows = models.JSONField(default=list, help_text="Of each row its number in the file and its cells by column.")
    notes = models.JSONField(default=list, help_text="What the file holds beside that, and that was not read.")
    made_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    recorded = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many appointments it made.")

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, recorded__isnull=True)
                | Q(confirmed_at__isnull=False, recorded__isnull=False),
                name="areas_import_confirmed_with_its_count",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.area})"
