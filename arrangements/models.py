"""Which relevant agency was told of published arrangements, and what it acknowledged."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership.areas.models import Seat
from partnership.documents.models import Version
from partnership.mail.models import OutgoingMail


class Way(models.TextChoices):
    """How an agency acknowledged; each reads on from “acknowledged by”."""

    LINK = "link", "the link in the message"
    LETTER = "letter", "letter"
    EMAIL = "email", "a reply by email"
    MEETING = "meeting", "word at a meeting"
    TELEPHONE = "telephone", "telephone"


class AgencyNotice(models.Model):
    """One relevant agency and one published edition: told when and where, acknowledged when, by whom and how.

    Of the link in the message only the SHA-256 of its token is kept here. An agency that was never told by message has
    a row when it acknowledged in another way. `acknowledged_at` is when the record was made, `acknowledged_on` the day
    of the act. What was acknowledged stays (trigger).
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="agency_notices")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="notices")
    agency_name = models.CharField(max_length=200, help_text="The name of the day.")
    reference = models.UUIDField(default=uuid.uuid4, unique=True)

    contact_name = models.CharField(max_length=120, blank=True)
    address = models.EmailField(max_length=254, blank=True, help_text="The address of the day.")
    token_sha256 = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 unique where there is one
    mail = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, null=True, related_name="agency_notices")
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_on = models.DateField(null=True)
    acknowledged_by_name = models.CharField(max_length=120, blank=True)
    acknowledged_office = models.CharField(max_length=160, blank=True)
    way = models.CharField(max_length=10, choices=Way, blank=True)
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["agency_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "seat"], name="arrangements_one_notice_for_each_agency"),
            models.CheckConstraint(
                condition=Q(
                    told_at__isnull=True, told_by__isnull=True, mail__isnull=True, token_sha256__isnull=True, address=""
                )
                | (
                    Q(told_at__isnull=False, told_by__isnull=False, mail__isnull=False, token_sha256__isnull=False)
                    & ~Q(address="")
                ),
                name="arrangements_told_with_a_message",
            ),
            models.CheckConstraint(
                condition=Q(
                    acknowledged_at__isnull=True,
                    acknowledged_on__isnull=True,
                    acknowledged_by_name="",
                    acknowledged_office="",
                    way="",
                    note="",
                    recorded_by__isnull=True,
                )
                | (
                    Q(acknowledged_at__isnull=False, acknowledged_on__isnull=False)
                    & ~Q(acknowledged_by_name="")
                    & ~Q(acknowledged_office="")
                    & (
                        Q(way=Way.LINK, recorded_by__isnull=True, told_at__isnull=False)
                        | (Q(way__in=[way.value for way in Way if way != Way.LINK]) & Q(recorded_by__isnull=False))
                    )
                ),
                name="arrangements_acknowledged_by_somebody_in_some_way",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=False) | Q(acknowledged_at__isnull=False),
                name="arrangements_notice_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_name}, {self.version}"
