"""Word files that were read: the file itself, each heading with its text and what became of it, and its pictures."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Area
from partnership.documents.models import Document
from partnership.files.models import StoredFile


class WordImport(models.Model):
    """One file. With a document, it was uploaded to be taken into its draft; without one, it stands for itself.

    What stands for itself is a document of an earlier period, made elsewhere: it has no version, and nobody signs it here.
    A removed one has no file, no parts and no pictures any more: only that it was here, and who removed it.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="word_imports")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="word_imports")
    kind = models.CharField(max_length=40)
    period_label = models.CharField(max_length=20)
    title = models.CharField(max_length=250)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=120)
    not_taken = models.JSONField(default=list, help_text="Sentences on what reading it left out or changed, and where.")
    uploaded_at = models.DateTimeField(default=clock.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, file__isnull=False)
                | Q(removed_at__isnull=False, removed_by__isnull=False, file__isnull=True, document__isnull=False),
                name="word_import_removed_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(file_name="") & ~Q(title=""), name="word_import_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.area})"


class Fate(models.TextChoices):
    WAITING = "waiting", "Not decided"
    TAKEN = "taken", "Taken"
    KEPT_ASIDE = "kept_aside", "Kept aside"
    NOT_TAKEN = "not_taken", "Not taken"


class ImportedPart(models.Model):
    """One heading of a file, with the text under it as it was read. `section_key`: where it went."""

    word = models.ForeignKey(WordImport, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(help_text="0: before the first heading.")
    title = models.CharField(max_length=250, blank=True)
    body = models.TextField(blank=True)
    fate = models.CharField(max_length=20, choices=Fate.choices, default=Fate.WAITING)
    section_key = models.SlugField(max_length=60, blank=True)
    section_title = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["word", "position"]
        constraints = [
            models.UniqueConstraint(fields=["word", "position"], name="word_part_position_once"),
            models.CheckConstraint(condition=Q(fate__in=Fate.values), name="word_fate_is_known"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, fate=Fate.WAITING)
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(fate=Fate.WAITING)),
                name="word_part_decided_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.title or "Text before the first heading"

    @property
    def named(self) -> str:
        """What it is called inside a sentence: a heading by its words, and what has none by its place."""
        return f"“{self.title}”" if self.title else "the text before the first heading"


class ImportedPicture(models.Model):
    """A picture of a file, cleaned. `alt` begins as what the file says of it; `taken_as` is its number in the document."""

    word = models.ForeignKey(WordImport, on_delete=models.PROTECT, related_name="pictures")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    alt = models.CharField(max_length=600, blank=True)
    caption = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=200, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_as = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["word", "number"]
        constraints = [models.UniqueConstraint(fields=["word", "number"], name="word_picture_number_once")]

    def __str__(self) -> str:
        return f"Picture {self.number} of {self.word.file_name}"
