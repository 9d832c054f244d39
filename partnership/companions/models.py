"""A children's or an Easy Read version beside a document: what it says, who agreed to exactly that, when it went out."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Seat
from partnership.documents.models import Document, Ground, Version
from partnership.files.models import StoredFile

_PERSON = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    CHILDREN = "children", "Children's version"
    EASY_READ = "easy-read", "Easy Read version"


# Inside a sentence Easy Read keeps its capitals.
WORDS = {Kind.CHILDREN: "children's version", Kind.EASY_READ: "Easy Read version"}


class Companion(models.Model):
    """One edition of a companion: a PDF, a short text, or both. Never changed; a better one is another edition.

    `sha256` is the hash of file and text together; `made_for` the frozen version of the document that it goes with.
    `reason`: why it was withdrawn from the public, as the public reads it.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="companions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    number = models.PositiveIntegerField()
    made_for = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="companions")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    doubts = models.JSONField(
        default=list, help_text="A sentence for each thing that may keep somebody from reading it."
    )
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_for = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["document", "kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "kind", "number"], name="companions_number_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="companions_kind_is_known"),
            models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(text=""), name="companions_says_something"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="companions_has_its_hash"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="companions_published_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_for="", reason="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, published_at__isnull=False)
                    & Q(withdrawn_for__in=Ground.values)
                    & ~Q(reason="")
                ),
                name="companions_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number} of {self.document}"

    @property
    def words(self) -> str:
        """What it is called inside a sentence."""
        return WORDS[Kind(self.kind)]

    @property
    def is_sealed(self) -> bool:
        """Whether it was withdrawn alone, for redaction: only named roles may open it, each time on record."""
        return self.withdrawn_for == Ground.REDACTION


class Agreement(models.Model):
    """That the delegated partner of one statutory seat agreed to exactly this. Never changed or removed."""

    companion = models.ForeignKey(Companion, on_delete=models.PROTECT, related_name="agreements")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    agency_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    agreed_at = models.DateTimeField(default=clock.now)
    agreed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["companion", "agency_name"]
        constraints = [models.UniqueConstraint(fields=["companion", "seat"], name="companions_agreed_once")]

    def __str__(self) -> str:
        return f"{self.agency_name}: {self.companion}"
