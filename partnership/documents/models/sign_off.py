"""Whose signature is needed, and each signature: one seat, one hash, one office-holder, one moment."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Appointment, Seat
from partnership.documents.models.proposal import PaperSignature
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


class Position(models.TextChoices):
    APPROVE = "approve", "Approved"
    RESERVE = "reserve", "Approved with a reservation"


class SignOff(models.Model):
    """A signature is never changed or removed, and cannot point at content other than what was seen.

    `reservation`: the partner's own words, published under the signature. `wording`: which statement was ticked, and the
    number of its wording. `paper`: for one given on paper, which two persons took as given. `proved_by`, `proved_at`: how
    the signer had just shown that it was them; empty for what was signed before that was kept, and on paper. A trigger
    wants it of every other new row, at most ten minutes old.
    """

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
    wording = models.CharField(max_length=60, blank=True)
    position = models.CharField(max_length=10, choices=Position.choices, default=Position.APPROVE)
    reservation = models.TextField(blank=True)
    proved_by = models.CharField(max_length=60, blank=True)
    proved_at = models.DateTimeField(null=True)
    paper = models.OneToOneField(PaperSignature, on_delete=models.PROTECT, null=True, related_name="sign_off")
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
            models.CheckConstraint(
                condition=Q(position=Position.APPROVE, reservation="")
                | (Q(position=Position.RESERVE) & ~Q(reservation="")),
                name="documents_reservation_has_its_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_name} for {self.agency_name} on {self.version}"
