"""The facts of a yearly report that are not workflow."""

from django.db import models
from django.db.models import Q

from partnership.documents.models import Document


class YearlyReport(models.Model):
    """Beside the document: the financial year that it tells of."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="yearly_report")
    start_year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(start_year__gte=2000, start_year__lte=2100), name="reports_year_is_a_year"
            )
        ]

    def __str__(self) -> str:
        return str(self.document)
