"""What an area puts on record of its own that its reminders follow: steps switched off."""

from django.db import models
from django.db.models import Q

from partnership.areas.models import Area
from partnership.areas.models.said import Said
from partnership.guidance.rungs import KEPT, in_words


class SwitchedOffStep(Said):
    """A rung of the ladder of reminders that an area has switched off, for every duty of a rule; on again by a person.

    `days` is negative before the date. `followed_by`: how many rungs come after it. The last two stay on everywhere.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="switched_off_steps")
    rule_key = models.CharField(max_length=40)
    days = models.IntegerField()
    followed_by = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_as = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["area", "rule_key", "days", "-said_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "rule_key", "days"], condition=Q(ended_at=None), name="deadlines_step_off_once"
            ),
            models.CheckConstraint(condition=Q(followed_by__gte=KEPT), name="deadlines_last_steps_stay_on"),
            models.CheckConstraint(condition=~Q(reason=""), name="deadlines_step_off_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_as="") | (Q(ended_at__isnull=False) & ~Q(ended_as="")),
                name="deadlines_step_on_again_by",
            ),
        ]

    @property
    def where(self) -> str:
        """Where on the ladder it stands, in words."""
        return in_words(self.days)

    def __str__(self) -> str:
        return f"{self.rule_key}, {self.days} days, off in {self.area}"
