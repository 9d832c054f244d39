"""An address under which somebody's own calendar reads their dates. Whoever has it reads them, so it can be revoked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership import clock
from partnership.areas.models import Area

LONGEST_NAME = 60


class CalendarFeed(models.Model):
    """One address of one person, for all their areas or for one. Kept as its hash: nobody can read it out of here.

    What it gives is what its person may see at that moment, and nothing once they hold no office there.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME, help_text="What its person calls it.")
    fingerprint = models.CharField(max_length=64, unique=True)
    once = models.UUIDField(unique=True, help_text="From the page: a second click makes no second one.")
    made_at = models.DateTimeField(default=clock.now)
    last_read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$"), name="calendars_token_is_hashed"),
            models.CheckConstraint(condition=~Q(name=""), name="calendars_feed_is_named"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("made_at")),
                name="calendars_revoked_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return self.name
