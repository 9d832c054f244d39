"""One agency's place in one area, from a day to a day. How many there are is data, never three in code."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from partnership.areas.models.agency import Agency
from partnership.areas.models.area import Area


class SeatKind(models.TextChoices):
    STATUTORY = "statutory", "Statutory safeguarding partner"
    STRATEGIC = "strategic", "Strategic partner"
    RELEVANT = "relevant", "Relevant agency"


class Seat(models.Model):
    """Only statutory seats sign. `during` is half-open: its upper day is the first day without the seat."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="seats")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="seats")
    kind = models.CharField(max_length=20, choices=SeatKind.choices)
    during = DateRangeField()

    class Meta:
        ordering = ["area", "agency__kind", "agency__name"]
        constraints = [
            models.UniqueConstraint(fields=["id", "area"], name="areas_seat_and_area"),
            models.CheckConstraint(condition=Q(kind__in=SeatKind.values), name="areas_seat_kind_is_known"),
            models.CheckConstraint(condition=Q(during__isempty=False), name="areas_seat_lasts_a_day"),
            ExclusionConstraint(
                name="areas_one_seat_for_an_agency_at_a_time",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} in {self.area}"
