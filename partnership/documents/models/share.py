"""What is shared by name beside the offices, through django-guardian's direct table, always with an end."""

from django.conf import settings
from django.db import models
from guardian.models import UserObjectPermissionBase

from partnership import clock
from partnership.documents.models.document import Document


class DocumentShare(UserObjectPermissionBase):
    """One named reader of one document, with a reason and the moment at which it ends."""

    content_object = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="shares")
    reason = models.CharField(max_length=300)
    expires_at = models.DateTimeField()
    shared_at = models.DateTimeField(default=clock.now)
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.content_object} for {self.user_id} until {self.expires_at:%Y-%m-%d}"
