"""Each quarter a delegated partner looks at who has access for their agency, and signs for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models.appointment import Appointment
from partnership.areas.models.area import Area
from partnership.areas.models.seat import Seat


class AccessReview(models.Model):
    """One seat in one quarter; without a seat, the offices of the whole partnership, which the chair reviews."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="access_reviews")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="access_reviews")
    quarter = models.CharField(max_length=7, help_text="Such as 2026-Q4.")
    due_on = models.DateField()
    opened_at = models.DateTimeField(default=clock.now)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    statement = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "area"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "seat", "quarter"], nulls_distinct=False, name="areas_one_access_review_a_quarter"
            ),
            models.CheckConstraint(condition=Q(quarter__regex=r"^\d{4}-Q[1-4]$"), name="areas_quarter_is_one"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, statement="")
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(statement="")),
                name="areas_access_review_signed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.quarter}"

    @property
    def title(self) -> str:
        """Whose access is looked at."""
        return self.seat.agency.name if self.seat else "Offices of the whole partnership"


class ReviewedAccess(models.Model):
    """What the reviewer said of one appointment: it stays, or it is to end. Kept as it was at signing."""

    class Verdict(models.TextChoices):
        KEEP = "keep", "Still right"
        END = "end", "To be ended"

    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="lines")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="reviews")
    person_name = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    last_signed_in_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)

    class Meta:
        ordering = ["review", "title", "person_name"]
        constraints = [
            models.UniqueConstraint(fields=["review", "appointment"], name="areas_appointment_reviewed_once"),
            models.CheckConstraint(condition=Q(verdict__in=["keep", "end"]), name="areas_verdict_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.get_verdict_display()}"
