"""What somebody sent when their session was over or they had to confirm who they are: kept, so that nothing is lost."""

from datetime import timedelta

from django.db import models

from partnership import clock
from partnership.accounts.models.user import User


class KeptPost(models.Model):
    """The fields of one form, for the person who sent it and nobody else. Deleted when sent again, or after a day."""

    GOOD_FOR = timedelta(hours=24)

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="kept_posts")
    path = models.CharField(max_length=500, help_text="Where it was sent.")
    page = models.CharField(max_length=500, blank=True, help_text="The page that it was written on.")
    act = models.CharField(max_length=300, blank=True, help_text="What its person was about to do, as it follows “to”.")
    fields = models.JSONField(help_text="Pairs of name and value, in their order.")
    had_files = models.BooleanField(default=False)
    kept_at = models.DateTimeField(default=clock.now)
    good_until = models.DateTimeField()

    class Meta:
        ordering = ["-kept_at", "-pk"]
        indexes = [models.Index(fields=["good_until"])]

    def __str__(self) -> str:
        return f"{self.path} {self.kept_at:%Y-%m-%d %H:%M}"
