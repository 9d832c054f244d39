"""What had to be sent to whom by when, and the proof of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.documents.models import Version
from partnership.files.models import StoredFile
from partnership.guidance.vocabulary import with_article
from partnership.mail.models import OutgoingMail
from partnership.submissions.models.recipient import Recipient


class How(models.TextChoices):
    """How a body said that it has what it was sent."""

    REPLY = "reply", "They replied by email"
    PORTAL = "portal", "Their portal or form gave a receipt"
    POST = "post", "On paper, or in person"
    TELEPHONE = "telephone", "By telephone"


class Submission(models.Model):
    """One version to one body. How far it came is read from its mail, what came back and the acknowledgement.

    It stays one submission, first queued at one moment, however many messages it takes: `mail` is the one that counts
    now, and `messages` are all. `bounced_at` is when that one came back; it is empty again once another is sent.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="submissions")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="submissions")
    party = models.SlugField(max_length=40)
    recipient_name = models.CharField(max_length=160)
    address = models.EmailField(help_text="The address of the day; a later change does not touch it.")
    due_on = models.DateField(null=True)
    mail = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, related_name="submissions")
    queued_at = models.DateTimeField(default=clock.now)
    without_file = models.CharField(max_length=300, blank=True, help_text="Why the PDF did not go along.")
    accepted_at = models.DateTimeField(null=True, help_text="When the mail relay took it.")
    failure_noted_at = models.DateTimeField(null=True, help_text="When it was put on record that it was refused.")
    bounced_at = models.DateTimeField(null=True, help_text="When its message came back undelivered.")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    acknowledgement = models.TextField(blank=True)
    acknowledged_how = models.CharField(max_length=9, choices=How, blank=True)
    received_on = models.DateField(null=True, help_text="On which day the body said that it has it.")
    reply = models.ForeignKey(
        "submissions.DeliveryEvent",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="What it said it in.",
    )
    receipt = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    receipt_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-queued_at", "party"]
        constraints = [
            models.UniqueConstraint(fields=["version", "party"], name="submissions_once_for_each_body"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | (Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False) & ~Q(acknowledgement="")),
                name="submissions_acknowledged_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(
                    acknowledged_at__isnull=True,
                    acknowledged_how="",
                    received_on__isnull=True,
                    reply__isnull=True,
                    receipt__isnull=True,
                )
                | Q(acknowledged_at__isnull=False, acknowledged_how__in=How.values),
                name="submissions_acknowledged_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} to {self.recipient_name}"

    @property
    def recipient_in_words(self) -> str:
        """The recipient as it stands inside a sentence."""
        return with_article(self.recipient_name)

    @property
    def subject(self) -> str:
        return self.version.document.subject


class SubmittedFile(models.Model):
    """A file that went with a submission, by hash."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name
