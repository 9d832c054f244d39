"""When a challenge may be raised, answered and closed, and when words are taken out of it; and with which words."""

import re

from partnership.documents import fonts, plain
from partnership.documents.markdown import MOST_CHARACTERS
from partnership.documents.models import Document, Ground, Version
from partnership.documents.workflow import READABLE, Status
from partnership.errors import Conflict, Incomplete, WrongState
from scrutiny.models import ChallengeNote
from scrutiny.passages import Passage

LONGEST = 5000
LONGEST_REASON = 300


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"\w+", text)}


# Words with a capital letter that give nobody away.
BEGINNINGS = _words(
    """a an and are as at but by each every for from he her his how i if in is it no not of on one or our she some that the
    their there these they this those to was we were what when where which who why with you"""
)


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


def why(text: str) -> str:
    """Why words are taken out. Everybody in the area reads it; nothing of what goes may stand in it."""
    text = " ".join(text.split())
    if not text:
        raise WrongState("Say why words are taken out.")
    if len(text) > LONGEST_REASON:
        raise WrongState(f"Shorten the reason to {LONGEST_REASON} characters or fewer.")
    return text


def check_can_answer(challenge: ChallengeNote) -> None:
    """A closed challenge is not answered."""
    if challenge.closed_at:
        raise WrongState("The scrutineer has closed this challenge.")


def check_can_close(challenge: ChallengeNote) -> None:
    """A challenge is closed once."""
    if challenge.closed_at:
        raise WrongState("This challenge is closed already.")


def check_can_redact(document: Document) -> Version:
    """Words are taken out while what was published is sealed and nothing is public. Gives the newest sealed version back."""
    rows = document.versions.select_related("document__area")
    sealed = rows.filter(status=Status.TAKEN_DOWN, withdrawn_for=Ground.REDACTION).order_by("-number").first()
    if sealed is None:
        raise WrongState(
            "What was said stays as it was written. Words are taken out only of a document that was withdrawn because "
            "somebody could be identified from it."
        )
    if rows.filter(status__in=READABLE).exists():
        raise WrongState("Something of this document is public, so nothing is taken out of its challenges and answers.")
    return sealed


def check_was_said(passage: Passage) -> None:
    """There is a view only where the challenge was closed."""
    if passage.view and not passage.challenge.closed_at:
        raise WrongState("This challenge is not closed, so there is no view on closing it.")


def check_redaction(passage: Passage, words: str, reason: str, seen: int) -> None:
    """The new words differ from those of today, which were on the screen; the reason repeats nothing that goes."""
    standing = passage.redaction
    if (standing.pk if standing else 0) != seen:
        raise Conflict("Other words were given since you opened this page. They are below: read them, then send yours.")
    if words == passage.as_read:
        raise WrongState("Nothing is taken out: these are the words as they stand.")
    gone = _names_in(passage.original) - _words(words)
    if gone & _words(reason):
        raise WrongState("The reason repeats something that is taken out. Say in general words why it goes.")


def _names_in(text: str) -> set[str]:
    """What could be a name, a place or a date: each word with a capital letter or a figure that no sentence begins with."""
    found = {word.casefold() for word in re.findall(r"\w+", text) if word != word.lower() or not word.isalpha()}
    return found - BEGINNINGS


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
