"""That a draft corrects what is published: how far the change goes, and why, as the public will read it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.documents.models.version import Version

_PERSON = settings.AUTH_USER_MODEL


class Nature(models.TextChoices):
    CLERICAL = "clerical", "Clerical"
    MATERIAL = "material", "Material"


class Correction(models.Model):
    """Declared when the draft is begun, declared anew while it is one, and fixed once it is frozen (trigger).

    A clerical correction names each changed passage to whoever signs; a material one is signed like a new text.
    `of`: the publication that it corrects. `reason`: the change note that the public reads, frozen with the text.
    """

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="correction")
    of = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="corrections")
    nature = models.CharField(max_length=10, choices=Nature.choices)
    reason = models.TextField()
    declared_as = models.CharField(max_length=250, help_text="The person with their office.")
    declared_at = models.DateTimeField(default=clock.now)
    declared_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(nature__in=Nature.values), name="documents_nature_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="documents_corrected_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_nature_display()} correction: {self.version}"
