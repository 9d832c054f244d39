"""When a challenge may be raised, answered and closed, and with which words."""

from partnership.documents import fonts, plain
from partnership.documents.markdown import MOST_CHARACTERS
from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.errors import Conflict, Incomplete, WrongState
from scrutiny.models import ChallengeNote

LONGEST = 5000


def check_can_raise(version: Version | None) -> Version:
    """A challenge is left on a draft. Gives the draft back."""
    if version is None or version.status != Status.DRAFT:
        raise WrongState("A challenge is left on a draft. This document has no draft at the moment.")
    return version


def check_section(version: Version, key: str) -> None:
    """A challenge is on the whole document, or on a section that its draft has."""
    if key and not version.sections.filter(key=key).exists():
        raise WrongState("This draft has no such section. Choose one from the list.")


def words(text: str, *, missing: str) -> str:
    """What somebody wrote, in full. `missing` is the sentence for nothing; too much is refused, never cut."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise WrongState(missing)
    if len(text) > LONGEST:
        raise WrongState(f"Shorten the text to {LONGEST:,} characters or fewer.")
    if strange := fonts.unknown(text):
        # These words go into a signed document and can never be changed, so what cannot be printed is refused here.
        raise WrongState(f"These characters cannot be printed: {' '.join(strange)}. Use words instead.")
    return text


def check_can_answer(challenge: ChallengeNote) -> None:
    """A closed challenge is not answered."""
    if challenge.closed_at:
        raise WrongState("The scrutineer has closed this challenge.")


def check_can_close(challenge: ChallengeNote) -> None:
    """A challenge is closed once."""
    if challenge.closed_at:
        raise WrongState("This challenge is closed already.")


def check_can_state(version: Version | None) -> Version:
    """A statement is given, and replaced by a newer one, until the document is sent for sign-off. Gives the draft back."""
    if version is None or version.status != Status.DRAFT:
        raise WrongState("A statement is given on a draft. This document has no draft at the moment.")
    return version


def check_length(body: str) -> None:
    """No longer than can be read; the scrutineer has no other limit."""
    if len(body) > MOST_CHARACTERS:
        raise WrongState(f"Shorten the statement to {MOST_CHARACTERS:,} characters or fewer.")


def check_can_give(body: str, *, revision: int, seen_revision: int) -> None:
    """What is given says something, can be printed as it is, and is what was on the screen."""
    if not body.strip():
        raise WrongState("Write your statement before you give it.")
    if revision != seen_revision:
        raise Conflict("You have saved another text since you opened this page. Read it again before you give it.")
    if problems := plain.read(body).problems:
        # It is printed unedited and never changed, so its author mends what could not be shown before it is given.
        sentences = tuple(f"Line {problem.line}: {problem.message}" for problem in problems)
        raise Incomplete("Some of it could not be printed as you wrote it. Mend it first.", sentences)
