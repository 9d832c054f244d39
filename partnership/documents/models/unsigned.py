"""A seat that does not sign a text: its lead partner refused, or no signature was to be had."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Appointment, Seat
from partnership.documents.models.version import Version

_PERSON = settings.AUTH_USER_MODEL


class Why(models.TextChoices):
    REFUSED = "refused", "Refused to sign"
    NOT_GIVEN = "not_given", "Did not sign"


class Unsigned(models.Model):
    """Why one seat does not sign one text, in words that are published if the text goes out without it.

    Refused: said by the lead partner themselves, by whose appointment. Not given: recorded by the chair, of a partner who
    does not answer or of an office that nobody holds. Either may be taken back until the text is settled; the row stays.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="unsigned")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    why = models.CharField(max_length=10, choices=Why.choices)
    reason = models.TextField()
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    agency_name = models.CharField(max_length=200)
    said_as = models.CharField(max_length=250, help_text="The person with their office, as it is printed.")
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["version", "agency_name", "said_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "seat"], condition=Q(taken_back_at=None), name="documents_unsigned_for_one_reason"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="documents_unsigned_has_its_reason"),
            models.CheckConstraint(
                condition=Q(why=Why.REFUSED, appointment__isnull=False)
                | Q(why=Why.NOT_GIVEN, appointment__isnull=True),
                name="documents_refused_by_an_office_holder",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="documents_unsigned_taken_back_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_name}: {self.get_why_display().lower()} {self.version}"
