"""The outbox: every message that leaves is first a row here. Its state moves along `workflow.ALLOWED` (trigger)."""

import uuid

from django.db import models
from django.db.models import Q, Value

from partnership import clock
from partnership.mail.workflow import SETTLING, Matched, Outcome, Ruling, Sort, Status

LONGEST_SUBJECT = 250
ONE_LINE = r"^[^\r\n]*$"


def _one_line(field: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__regex": ONE_LINE}), name=f"mail_{field}_is_one_line")


def _exactly_when(status: Status, field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(status=status, **{f"{field}__isnull": False})
        | (~Q(status=status) & Q(**{f"{field}__isnull": True})),
        name=f"mail_{field}_exactly_when_{status.value}",
    )


class OutgoingMail(models.Model):
    """One message to one recipient. Content, address and Message-ID are fixed when the row is made (trigger).

    `area_slug` and `purpose` are plain words for lists; this app knows no areas. `queued_at` is when it was last put in
    the queue: at creation, or by a person's decision.
    """

    reference = models.UUIDField(default=uuid.uuid4, unique=True)
    to = models.CharField(max_length=254)
    reply_to = models.CharField(max_length=254, blank=True)
    envelope_from = models.CharField(
        max_length=254, blank=True, help_text="The return path, where it is not that of every message."
    )
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    text = models.TextField()
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=320, unique=True)
    dedupe_key = models.CharField(max_length=200, unique=True)
    area_slug = models.CharField(max_length=100, blank=True, db_index=True)
    purpose = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField(default=clock.now)
    retry_at = models.DateTimeField(null=True, blank=True)
    sending_since = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_answer = models.TextField(blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"],
                name="mail_undelivered",
                condition=Q(status__in=[Status.QUEUED, Status.WAITING, Status.SENDING]),
            ),
            models.Index(fields=["reply_to"], name="mail_by_reply_address", condition=~Q(reply_to="")),
            models.Index(fields=["envelope_from"], name="mail_by_return_path", condition=~Q(envelope_from="")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="mail_status_is_known"),
            *(_one_line(field) for field in ("to", "reply_to", "envelope_from", "subject")),
            models.CheckConstraint(
                condition=Q(message_id__regex=r"^<[^<>\s]+@[^<>\s]+>$"), name="mail_message_id_form"
            ),
            _exactly_when(Status.SENT, "sent_at"),
            _exactly_when(Status.SENDING, "sending_since"),
            _exactly_when(Status.WAITING, "retry_at"),
            models.CheckConstraint(condition=~Q(status=Status.SENT, last_answer=""), name="mail_sent_has_an_answer"),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.FAILED, Status.UNCERTAIN, Status.WAITING], last_error=""),
                name="mail_trouble_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.reference})"


class Attachment(models.Model):
    """A stored file that goes with a message, and the name it has there. Immutable (trigger)."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mail", "name"], name="mail_attachment_names_differ"),
            models.CheckConstraint(condition=Q(name__regex=ONE_LINE), name="mail_attachment_name_is_one_line"),
        ]

    def __str__(self) -> str:
        return self.name


class MailAttempt(models.Model):
    """One try to hand a message to the relay, written before the connection is opened. Closed once (trigger)."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=13, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mail", "number"], name="mail_attempt_numbers_differ"),
            models.UniqueConstraint(
                fields=["mail"], condition=Q(ended_at__isnull=True), name="mail_one_attempt_in_flight"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, outcome="") | Q(ended_at__isnull=False, outcome__in=Outcome.values),
                name="mail_attempt_ends_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.number}: {self.get_outcome_display() or 'in flight'}"


class MailRuling(models.Model):
    """What a person, or the reconciler, decided about a message after an attempt. Immutable (trigger).

    Who decided is kept as words and a number, without a foreign key: this app lies below the accounts.
    """

    mail = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, related_name="rulings")
    attempt = models.PositiveIntegerField()
    ruling = models.CharField(max_length=11, choices=Ruling)
    evidence = models.TextField(blank=True)
    ruled_at = models.DateTimeField(default=clock.now)
    ruled_by = models.CharField(max_length=150)
    ruled_by_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ruling__in=Ruling.values), name="mail_ruling_is_known"),
            models.CheckConstraint(condition=~Q(ruled_by=""), name="mail_ruling_has_an_author"),
            models.UniqueConstraint(
                fields=["mail", "attempt"], condition=Q(ruling__in=SETTLING), name="mail_attempt_settled_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ruling_display()}, {self.ruled_by}"


class IncomingMail(models.Model):
    """A message that came into the mailbox, kept as it came, with what was made of it. Immutable (trigger).

    Nothing in it is believed but the address it came to: `answers` says to which message it belongs, `matched` how that
    is known. `is_cut`: it was larger than is kept, and only its beginning is there.
    """

    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    message_id = models.CharField(max_length=320, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    dated_at = models.DateTimeField(null=True, blank=True)
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True)
    sort = models.CharField(max_length=10, choices=Sort)
    code = models.CharField(max_length=12, blank=True, help_text="The status that a report gives, such as 5.1.1.")
    said = models.CharField(max_length=500, blank=True, help_text="What a report says of the reason.")
    is_cut = models.BooleanField(default=False)
    answers = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, null=True, blank=True, related_name="incoming")
    matched = models.CharField(max_length=13, choices=Matched, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message_id", "file"], name="mail_incoming_is_kept_once"),
            models.CheckConstraint(condition=Q(sort__in=Sort.values), name="mail_incoming_sort_is_known"),
            models.CheckConstraint(
                condition=Q(answers__isnull=True, matched="") | Q(answers__isnull=False, matched__in=Matched.values),
                name="mail_incoming_says_how_it_matched",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} ({self.message_id or self.file_id})"


class MailboxMark(models.Model):
    """How far a mailbox has been read."""

    mailbox = models.CharField(max_length=300, unique=True)
    mark = models.CharField(max_length=200)
    read_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.mailbox}: {self.mark}"


class Instance(models.Model):
    """Which database this is, as it was when somebody last vouched for it. One row; a restored copy differs from it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    identity = models.CharField(max_length=200)
    adopted_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.key)


class SendingHold(models.Model):
    """Nothing leaves: the database seems to be older than what was done with it. Ended by an operator, never by time."""

    because = models.CharField(max_length=300)
    began_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    found = models.TextField(blank=True, help_text="What the comparison with the archive found, in numbers.")

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(Value(1), condition=Q(ended_at=None), name="mail_one_hold_at_a_time"),
            models.CheckConstraint(condition=~Q(because=""), name="mail_hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(found="")),
                name="mail_hold_ended_by_somebody_who_looked",
            ),
        ]

    def __str__(self) -> str:
        return f"Held since {self.began_at:%Y-%m-%d %H:%M}"
