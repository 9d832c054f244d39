"""What people write: sections, every text that was ever saved in them, and pictures."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.documents.models.document import Document
from partnership.documents.models.version import Version
from partnership.files.models import StoredFile


class Section(models.Model):
    """One section of a draft. `revision` counts the saves; a save that names an older one is a clash, never a loss."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sections")
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    position = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    explanation = models.TextField(blank=True, help_text="Why a duty of this section is not answered. It is published.")
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(null=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="documents_section_once"),
            models.CheckConstraint(
                condition=Q(updated_at__isnull=True, updated_by__isnull=True)
                | Q(updated_at__isnull=False, updated_by__isnull=False),
                name="documents_section_updated_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class Outcome(models.TextChoices):
    SAVED = "saved", "Saved"
    KEPT_ASIDE = "kept_aside", "Kept aside"


class SectionText(models.Model):
    """A text as somebody wrote it at a moment. Kept aside: somebody else had saved in between."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="texts")
    body = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["section", "-saved_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="documents_text_outcome_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.section.title}, {self.saved_at:%Y-%m-%d %H:%M}"


class Picture(models.Model):
    """A picture of a document, cleaned, with the alternative text that was demanded of whoever put it in."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="pictures")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(max_length=600)
    caption = models.CharField(max_length=300, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_picture_number_once"),
            models.CheckConstraint(condition=~Q(alt=""), name="documents_picture_has_alternative_text"),
        ]

    def __str__(self) -> str:
        return f"Picture {self.number} of {self.document}"
