"""What is shared by name beside the offices, through django-guardian's direct table, always with an end."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from guardian.models import UserObjectPermissionBase

from partnership import clock
from partnership.documents.models.document import Document

ONE_MOMENT = timedelta(microseconds=1)


class DocumentShare(UserObjectPermissionBase):
    """One named reader of one document, with a reason and the moment at which it ends.

    There is one row for each reader, which is never removed (trigger): shared anew, it says the newest reason, end and
    sharer. What it said before is in the audit.
    """

    content_object = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="shares")
    reason = models.CharField(max_length=300)
    expires_at = models.DateTimeField()
    shared_at = models.DateTimeField(default=clock.now)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="When somebody ended it before its time.")
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="documents_share_ended_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="documents_share_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.content_object} for {self.user_id} until {self.expires_at:%Y-%m-%d}"

    @property
    def last_day(self) -> date:
        """The last day on which the reader sees the document, as far as nobody ends it before."""
        return clock.london_day(self.expires_at - ONE_MOMENT)
