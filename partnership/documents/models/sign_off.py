"""Whose signature is needed, and each signature: one seat, one hash, one office-holder, one moment."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Appointment, Seat
from partnership.documents.models.version import Version


class RequiredSeat(models.Model):
    """A statutory seat of the area on the day of freezing. The agency's name is that of the day."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="required_seats")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    agency_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["version", "agency_name"]
        constraints = [models.UniqueConstraint(fields=["version", "seat"], name="documents_seat_required_once")]

    def __str__(self) -> str:
        return f"{self.agency_name} on {self.version}"


class SignOff(models.Model):
    """A signature is never changed or removed, and cannot point at content other than what was seen."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="sign_offs")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    agency_name = models.CharField(max_length=200)
    office_name = models.CharField(max_length=120)
    person_name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=160, blank=True)
    capacity = models.CharField(max_length=20)
    statement = models.TextField()
    signed_at = models.DateTimeField(default=clock.now)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version", "signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["version", "seat"], name="documents_one_signature_for_a_seat"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="documents_signature_names_a_hash"
            ),
            models.CheckConstraint(condition=~Q(statement=""), name="documents_signature_has_its_statement"),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} for {self.agency_name} on {self.version}"
