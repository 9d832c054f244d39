"""What shows that a scrutineer is independent: contract, days, fee, interests, earlier work, review."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models.appointment import Appointment


class IndependenceRecord(models.Model):
    """One state of the record; a change is a new row, so what was declared when stays readable.

    Money in pounds, `days` per year. The contract is the partners' to record, interests are the scrutineer's own.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="independence")
    contract = models.CharField(max_length=300, blank=True, help_text="With whom, from when to when, how it ends.")
    days = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    fee = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True, help_text="Pounds a year.")
    paid_by = models.CharField(max_length=200, blank=True)
    interests = models.TextField(blank=True)
    earlier_work = models.TextField(blank=True, help_text="Earlier work for a partner of the area.")
    declared_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["appointment", "-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(days=None) | Q(days__gte=0, days__lte=366), name="areas_days_of_a_year"),
            models.CheckConstraint(condition=Q(fee=None) | Q(fee__gte=0), name="areas_fee_is_no_debt"),
        ]

    def __str__(self) -> str:
        return f"{self.appointment} on {self.recorded_at:%Y-%m-%d}"
