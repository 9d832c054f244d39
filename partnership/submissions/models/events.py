"""Which messages a submission took, and what came back of them. Rows are only added (triggers)."""

from django.db import models

from partnership import clock
from partnership.mail.models import IncomingMail, OutgoingMail
from partnership.mail.workflow import Sort
from partnership.submissions.models.recipient import Recipient
from partnership.submissions.models.submission import Submission


class SubmissionMail(models.Model):
    """One message by which a submission was sent. The first is that of the publication; others follow a bounce."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="messages")
    mail = models.OneToOneField(OutgoingMail, on_delete=models.PROTECT, related_name="submission_message")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="+")
    queued_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["queued_at", "pk"]

    def __str__(self) -> str:
        return f"{self.submission} at {self.mail.to}"


class DeliveryEvent(models.Model):
    """Something that came back of one of its messages: a report, an automatic answer, a reply.

    A report is here only when it came to the return path of that very message (trigger): nobody else's word counts.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="events")
    mail = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, related_name="+")
    incoming = models.OneToOneField(IncomingMail, on_delete=models.PROTECT, related_name="delivery_event")
    what = models.CharField(max_length=10, choices=Sort)
    at = models.DateTimeField(help_text="When it came in.")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.at:%Y-%m-%d %H:%M}"
