"""What may be recorded of an address, and what the state of a submission allows. Each refuses with a sentence."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from partnership.documents.workflow import Status
from partnership.errors import WrongState
from partnership.guidance.vocabulary import EVIDENCE
from partnership.mail.workflow import Sort
from partnership.mail.workflow import Status as Sending
from partnership.submissions.models import DeliveryEvent, How, Recipient, Submission
from partnership.submissions.models.recipient import LONGEST_NAME
from partnership.web import characters

LONGEST_SOURCE = 300


def checked_name(name: str) -> str:
    """Who acts, on one line. Raises WrongState for a name that nobody could be asked by."""
    found = characters.in_one_line(name)
    if len(found) < 3 or len(found) > LONGEST_NAME:
        raise WrongState("Give the name of the person who does this, as others know them.")
    return found


def checked_address(address: str) -> str:
    """An address that mail can be sent to. Raises WrongState."""
    found = address.strip()
    try:
        validate_email(found)
        found.encode("ascii")
    except (ValidationError, UnicodeEncodeError) as error:
        raise WrongState(f"“{found}” is no email address, like name@example.org.") from error
    return found


def checked_source(source: str) -> str:
    """Where the address was read, on one line. Raises WrongState where nothing or too much is said."""
    found = characters.in_one_line(source)
    if not found or len(found) > LONGEST_SOURCE:
        raise WrongState(f"Say where the address was read, in at most {LONGEST_SOURCE} characters.")
    return found


def check_evidence(evidence: str) -> None:
    """Raises WrongState for anything but the codes of the guidance."""
    if not set(evidence.split("+")) <= set(EVIDENCE):
        raise WrongState(f"Evidence is one of {', '.join(EVIDENCE)}, or several joined by “+”.")


def are_one(one: str, other: str) -> bool:
    """Whether two names are the same person's, however they are written."""
    return "".join(one.casefold().split()) == "".join(other.casefold().split())


def check_can_acknowledge(submission: Submission, how: How, received_on: date | None, today: date) -> None:
    """A reply answers something that was sent; other means do not. Nothing was received on a day to come."""
    if how == How.REPLY and submission.accepted_at is None and submission.bounced_at is None:
        raise WrongState("The mail relay has not accepted this yet, so nobody can have acknowledged it.")
    if received_on and received_on > today:
        raise WrongState("The day on which they said so cannot lie ahead.")


def check_is_an_answer(event: DeliveryEvent) -> None:
    """Raises WrongState for what no person wrote."""
    if event.what not in (Sort.REPLY, Sort.UNCLEAR):
        raise WrongState("That is no reply of a person, so it acknowledges nothing.")


def check_may_be_sent_anew(submission: Submission) -> None:
    """Raises WrongState unless the message came back or failed, and what it brings still stands."""
    if submission.acknowledged_at:
        raise WrongState("It has been acknowledged, so nothing is sent again.")
    if submission.version.status != Status.PUBLISHED:
        raise WrongState("Only a published version is submitted.")
    came_back = submission.bounced_at is not None and submission.mail.status == Sending.SENT
    if not came_back and submission.mail.status != Sending.FAILED:
        raise WrongState("A message is sent again only when it came back or could not be sent.")


def check_can_send_anew(submission: Submission, recipient: Recipient) -> None:
    """The same, for the address that is in use: at one that was refused a message only fails again."""
    check_may_be_sent_anew(submission)
    if submission.mail.status == Sending.FAILED and submission.mail.to == recipient.address:
        raise WrongState("It failed at the address that is in use. Try again, or ask an operator for another address.")
