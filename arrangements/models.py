"""The facts of published arrangements that are not workflow."""

from django.db import models

from partnership.documents.models import Document


class Arrangement(models.Model):
    """Beside the document: the day from which they are in force, which is neither signature nor publication."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="arrangement")
    in_force_from = models.DateField()

    def __str__(self) -> str:
        return str(self.document)
