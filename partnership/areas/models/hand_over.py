"""What has to pass from one holder of an office to the next."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models.appointment import Appointment


class HandOver(models.Model):
    """Made when an office begins or ends. `leaving` is None where nobody held it; `arriving` until somebody does."""

    leaving = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="handed_over"
    )
    arriving = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="taken_over"
    )
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(leaving__isnull=False) | Q(arriving__isnull=False), name="areas_hand_over_is_of_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"Hand-over: {self.appointment.title}"

    @property
    def appointment(self) -> Appointment:
        """The office that changes hands, by either holder."""
        found = self.leaving or self.arriving
        assert found is not None  # the database refuses a hand-over of nobody
        return found


class HandOverItem(models.Model):
    """One thing to hand over; done by a person, on a day."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="items")
    key = models.CharField(max_length=40)
    text = models.CharField(max_length=300)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["hand_over", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hand_over", "key"], name="areas_hand_over_item_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
                name="areas_hand_over_item_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.text
