"""What may be put in a message, and what its state allows."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from partnership.errors import Incomplete, WrongState
from partnership.mail.models import LONGEST_SUBJECT, OutgoingMail
from partnership.mail.workflow import ALLOWED, Status


def check_one_line(label: str, value: str) -> None:
    """A line break in a header would let its author write further headers (RFC 5322, section 2.2).

    Other control characters and Unicode's line separators are refused too: some readers take them for line breaks.
    """
    if any(unicodedata.category(character) in {"Cc", "Zl", "Zp"} for character in value):
        raise Incomplete(f"The {label} of a message must be on one line. Remove the line break.")


def check_address(label: str, value: str) -> None:
    """One plain address: validated, on one line, in ASCII (the relay need not know SMTPUTF8)."""
    check_one_line(label, value)
    try:
        validate_email(value)
        value.encode("ascii")
    except (ValidationError, UnicodeEncodeError) as error:
        raise Incomplete(f"The {label} of a message must be one e-mail address, like name@example.org.") from error


def check_can_be_queued(
    *, to: str, reply_to: str, envelope_from: str, subject: str, text: str, names: list[str]
) -> None:
    """Every header is safe, and nothing is empty that a reader needs."""
    check_address("recipient", to)
    if reply_to:
        check_address("reply address", reply_to)
    if envelope_from:
        check_address("return path", envelope_from)
    check_one_line("subject", subject)
    for name in names:
        check_one_line("attachment's name", name)
    if not subject.strip() or not text.strip():
        raise Incomplete("A message needs a subject and a text.")
    if len(subject) > LONGEST_SUBJECT:
        raise Incomplete(f"The subject of a message must be {LONGEST_SUBJECT} characters or fewer.")


def check_can_cancel(mail: OutgoingMail) -> None:
    if Status.CANCELLED not in ALLOWED[Status(mail.status)]:
        raise WrongState(
            f"Only a message that has not been sent can be cancelled. This one stands at “{mail.get_status_display()}”."
        )


def check_can_settle(mail: OutgoingMail) -> None:
    if mail.status != Status.UNCERTAIN:
        raise WrongState(
            "Only a message of which it is not known whether it was accepted can be settled. "
            f"This one stands at “{mail.get_status_display()}”."
        )


def check_can_try_again(mail: OutgoingMail) -> None:
    if mail.status != Status.FAILED:
        raise WrongState(
            f"Only a message that failed can be tried again. This one stands at “{mail.get_status_display()}”."
        )
