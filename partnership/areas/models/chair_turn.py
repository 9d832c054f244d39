"""The plan by which the chair passes from one delegated partner's agency to the next."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models.area import Area
from partnership.areas.models.seat import Seat


class ChairTurn(models.Model):
    """Which agency's delegated partner is to chair from when to when. A plan: the office itself is an appointment."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="chair_turns")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="chair_turns")
    during = DateRangeField()
    note = models.CharField(max_length=300, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True, help_text="The key of the page that planned it.")
    planned_at = models.DateTimeField(default=clock.now)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["area", "during"]
        constraints = [
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__lower_inf=False), name="areas_chair_turn_has_a_first_day"
            ),
            ExclusionConstraint(
                name="areas_one_chair_turn_at_a_time",
                expressions=[("area", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat.agency} chairs {self.area}, {self.during.lower}"
