"""One statutory document of one area for one period. Its text lies in versions."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Area


class Document(models.Model):
    """The guidance edition is pinned when it is begun. `period` is half-open: its upper day is the first day after."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    period = DateRangeField()
    period_label = models.CharField(max_length=20)
    title = models.CharField(max_length=250)
    edition_key = models.CharField(max_length=20)
    begun_at = models.DateTimeField(default=clock.now)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-period", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["id", "area"], name="documents_document_and_area"),
            models.UniqueConstraint(fields=["area", "kind", "period_label"], name="documents_one_address_each"),
            models.CheckConstraint(condition=Q(period__isempty=False), name="documents_period_lasts_a_day"),
            ExclusionConstraint(
                name="documents_periods_do_not_overlap",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.area}"

    @property
    def subject(self) -> str:
        """What the audit gathers the story of this document by."""
        return f"document:{self.pk}"
