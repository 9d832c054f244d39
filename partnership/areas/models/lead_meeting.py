"""When the lead partners of an area meet. Plans follow it, whoever asks for them."""

from datetime import date

from django.db import models
from django.db.models import Q

from partnership.areas.models.area import Area
from partnership.areas.models.said import Said


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
                fields=["area", "on", "called"], condition=Q(off_at=None), name="areas_meeting_once"
            ),
            models.CheckConstraint(condition=~Q(called=""), name="areas_meeting_is_named"),
            models.CheckConstraint(
                condition=Q(off_at=None, off_as="", off_because="")
                | (Q(off_at__isnull=False) & ~Q(off_as="") & ~Q(off_because="")),
                name="areas_meeting_called_off_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.called}, {self.area}, {self.on}"

    @property
    def is_on(self) -> bool:
        """Whether nobody has called it off."""
        return self.off_at is None
