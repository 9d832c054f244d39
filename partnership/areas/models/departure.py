"""Where practice departs from the guidance: noted with its reason and shown, never blocked."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.departures import DepartureRule
from partnership.areas.models.appointment import Appointment


class Departure(models.Model):
    """One rule that one appointment departs from, and why. Rows are only added."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="departures")
    rule = models.CharField(max_length=40, choices=DepartureRule.choices)
    reason = models.CharField(max_length=500)
    noted_at = models.DateTimeField(default=clock.now)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["appointment", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["appointment", "rule"], name="areas_departure_noted_once"),
            models.CheckConstraint(condition=Q(rule__in=DepartureRule.values), name="areas_departure_rule_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="areas_departure_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()} ({self.appointment})"
