"""What is stored once, by the SHA-256 of its bytes, and never changes: PDFs, pictures, attachments."""

from django.db import models

from partnership import clock


class StoredFile(models.Model):
    """The entry for one sequence of bytes. The bytes lie in the default storage under `name`. No UPDATE (trigger)."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="files_sha256_in_hex"),
            models.CheckConstraint(condition=~models.Q(content_type=""), name="files_content_type_is_known"),
        ]

    def __str__(self) -> str:
        return self.sha256

    @property
    def name(self) -> str:
        """Where the bytes lie in the default storage."""
        return f"{self.sha256[:2]}/{self.sha256[2:4]}/{self.sha256}"
