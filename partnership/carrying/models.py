"""What a document brought from the one of the last period, and whether somebody has looked at each piece of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.documents.models import Document, Version

_PERSON = settings.AUTH_USER_MODEL


class RollForward(models.Model):
    """That a document was begun from a version of an earlier one. Never changed."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="rolled_forward")
    source = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="rolled_into")
    left_out = models.JSONField(default=list, help_text="A sentence for each thing that could not go along.")
    rolled_at = models.DateTimeField(default=clock.now)
    rolled_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.document} from {self.source}"


class Kind(models.TextChoices):
    PASSAGE = "passage", "Passage"
    SECTION = "section", "Why a section is not answered"
    REQUIREMENT = "requirement", "Explanation of a requirement"


class Carried(models.Model):
    """One passage or explanation as it came along: to be changed, removed, or confirmed to be still true.

    `key` is that of the block or the section, or the id of the requirement; `mark` the hash of what was carried.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="carried")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    key = models.CharField(max_length=60)
    mark = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "kind", "key"], name="carrying_carried_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="carrying_kind_is_known"),
            models.CheckConstraint(condition=Q(mark__regex=r"^[0-9a-f]{64}$"), name="carrying_has_its_mark"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="carrying_confirmed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key} of {self.document}"
