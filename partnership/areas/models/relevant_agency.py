"""Why a relevant agency was chosen, and whom to tell of the arrangements there."""

from django.db import models
from django.db.models import Q

from partnership.areas.models.seat import Seat


class RelevantAgency(models.Model):
    """Beside the seat of a relevant agency: the category by which it is named and the partners' reason for choosing it.

    Source of the categories: areas/reference/relevant_agency_categories.csv. The address is that of an office, such as
    a shared mailbox; whoever reads it needs no account.
    """

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="relevant_agency")
    category = models.CharField(max_length=40)
    reason = models.CharField(max_length=500, help_text="Why the partners chose this agency.")
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(max_length=254, blank=True)
    once = models.UUIDField(null=True, blank=True, unique=True, help_text="The key of the page that named it.")

    class Meta:
        verbose_name_plural = "relevant agencies"
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(category=""), name="areas_relevant_agency_has_a_reason")
        ]

    def __str__(self) -> str:
        return str(self.seat)
