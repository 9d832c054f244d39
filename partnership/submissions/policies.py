"""What may be recorded of an address, and what the state of a submission allows. Each refuses with a sentence."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from partnership.errors import WrongState
from partnership.guidance.vocabulary import EVIDENCE
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
