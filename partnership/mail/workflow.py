"""The life of an outgoing message as tables. The database trigger holds the same graph; a test compares the two."""

from datetime import timedelta

from django.db import models


class Status(models.TextChoices):
    QUEUED = "queued", "Queued"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Accepted by the relay"
    WAITING = "waiting", "Waiting to be tried again"
    FAILED = "failed", "Failed"
    UNCERTAIN = "uncertain", "Not known whether it was accepted"
    CANCELLED = "cancelled", "Cancelled"


class Outcome(models.TextChoices):
    """How one attempt ended (reliability of mail: RFC 5321 reply classes, RFC 1047 for the uncertain one)."""

    SENT = "sent", "Accepted"
    TEMPORARY = "temporary", "Not sent for now"
    PERMANENT = "permanent", "Refused for good"
    CONFIGURATION = "configuration", "The relay cannot be used as it is set up"
    UNCERTAIN = "uncertain", "Cut off after the message was complete"


class Ruling(models.TextChoices):
    """What was decided about a message apart from sending it, by a person or by the reconciler."""

    FOUND = "found", "Found in the archive mailbox"
    LATE_ANSWER = "late_answer", "The relay's answer came late"
    ARRIVED = "arrived", "A person found that it arrived"
    SEND_AGAIN = "send_again", "A person found that it did not arrive, and had it sent again"
    GIVEN_UP = "given_up", "A person decided not to send it again"
    TRY_AGAIN = "try_again", "A person had a failed message tried again"
    CANCELLED = "cancelled", "Cancelled"


SETTLING = (Ruling.FOUND, Ruling.LATE_ANSWER, Ruling.ARRIVED, Ruling.SEND_AGAIN, Ruling.GIVEN_UP)

# An uncertain message leaves that state only with a settling ruling for the attempt in question (invariant 15).
ALLOWED: dict[Status, frozenset[Status]] = {
    Status.QUEUED: frozenset({Status.SENDING, Status.CANCELLED}),
    Status.SENDING: frozenset({Status.SENT, Status.WAITING, Status.FAILED, Status.UNCERTAIN}),
    Status.WAITING: frozenset({Status.SENDING, Status.CANCELLED}),
    Status.FAILED: frozenset({Status.QUEUED, Status.CANCELLED}),
    Status.UNCERTAIN: frozenset({Status.SENT, Status.WAITING, Status.FAILED, Status.QUEUED}),
    Status.SENT: frozenset(),
    Status.CANCELLED: frozenset(),
}

AFTER_ATTEMPT = {
    Outcome.SENT: Status.SENT,
    Outcome.TEMPORARY: Status.WAITING,
    Outcome.CONFIGURATION: Status.WAITING,
    Outcome.PERMANENT: Status.FAILED,
    Outcome.UNCERTAIN: Status.UNCERTAIN,
}
AFTER_SETTLING = {
    Ruling.ARRIVED: Status.SENT,
    Ruling.SEND_AGAIN: Status.QUEUED,
    Ruling.GIVEN_UP: Status.FAILED,
}

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
GIVE_UP_AFTER = timedelta(hours=72)
STUCK_AFTER = timedelta(minutes=2)
PERSON_AFTER_WAITING = timedelta(hours=1)
PERSON_AFTER_UNCERTAIN = timedelta(minutes=30)


def retry_after(attempts: int) -> timedelta:
    """How long to wait after the given number of attempts (1 for the first)."""
    return RETRY_AFTER[min(attempts, len(RETRY_AFTER)) - 1]


class Sort(models.TextChoices):
    """What an incoming message is (RFC 3464 for reports of delivery, RFC 3834 for automatic answers)."""

    BOUNCED = "bounced", "Reports that a message could not be delivered"
    DELAYED = "delayed", "Reports that a message is delayed"
    DELIVERED = "delivered", "Reports that a message was delivered"
    RELAYED = "relayed", "Reports that a message was passed on to a system that reports no further"
    AUTOMATIC = "automatic", "An automatic answer"
    REPLY = "reply", "A reply"
    UNCLEAR = "unclear", "It is not clear what it is"


REPORTS = (Sort.BOUNCED, Sort.DELAYED, Sort.DELIVERED, Sort.RELAYED)


class Matched(models.TextChoices):
    """How it is known to which message an incoming one belongs. Only the return path proves a report: none but the
    systems that carried the message, and its recipient, ever saw it."""

    RETURN_PATH = "return_path", "By its return path"
    REPLY_ADDRESS = "reply_address", "By its reply address"
    REFERENCE = "reference", "By the Message-ID that it refers to"
