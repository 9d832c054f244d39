"""What an area puts on record of its own that its plans and its reminders follow: meetings, and steps switched off."""

from datetime import date

from django.db import models
from django.db.models import Q

from partnership.areas.models import Area
from partnership.deadlines.models.said import Said
from partnership.guidance.rungs import KEPT, in_words


class LeadMeetingManager(models.Manager["LeadMeeting"]):
    """Meetings of the lead partners."""

    def days(self) -> tuple[date, ...]:
        """The days on which they meet, without what was called off. Of rows that were fetched before, no query."""
        return tuple(row.on for row in self.all() if row.is_on)


class LeadMeeting(Said):
    """A day on which the lead partners of an area meet: the day and what it is called, and nothing of what is said there.

    It may be called off, once, with a reason; another day is another row.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="lead_meetings")
    on = models.DateField()
    called = models.CharField(max_length=160)
    off_at = models.DateTimeField(null=True, blank=True)
    off_as = models.CharField(max_length=250, blank=True)
    off_because = models.CharField(max_length=300, blank=True)

    objects = LeadMeetingManager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "on", "called"], condition=Q(off_at=None), name="deadlines_meeting_once"
            ),
            models.CheckConstraint(condition=~Q(called=""), name="deadlines_meeting_is_named"),
            models.CheckConstraint(
                condition=Q(off_at=None, off_as="", off_because="")
                | (Q(off_at__isnull=False) & ~Q(off_as="") & ~Q(off_because="")),
                name="deadlines_meeting_called_off_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.called}, {self.area}, {self.on}"

    @property
    def is_on(self) -> bool:
        """Whether nobody has called it off."""
        return self.off_at is None


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
