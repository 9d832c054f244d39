"""A version on paper: the bytes of a PDF, by hash."""

from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.documents.models.version import Version
from partnership.files.models import StoredFile


class RenditionKind(models.TextChoices):
    PROOF = "proof", "proof"
    FINAL = "final", "final"


class Rendition(models.Model):
    """The proof is what the lead partners sign; the final one adds the signature page, and nothing else changes."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="renditions")
    kind = models.CharField(max_length=10, choices=RenditionKind.choices)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="documents_one_rendition_of_a_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=RenditionKind.values), name="documents_rendition_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.version}"
