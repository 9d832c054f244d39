"""What the state of a room allows, whoever asks. Each check raises with a sentence."""

from datetime import date, timedelta

from partnership.contributions.models import Release, Room
from partnership.documents.markdown import MOST_CHARACTERS
from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.errors import Conflict, WrongState

LONGEST = 4000
FURTHEST = timedelta(days=366)


def check_is_drafted(version: Version | None) -> Version:
    """Contributions go into a draft. Gives the draft back."""
    if version is None or version.status != Status.DRAFT:
        raise WrongState("This document has no draft at the moment, so nothing can be asked for it or put into it.")
    return version


def check_due(due_on: date, *, today: date) -> None:
    """The day by which it is asked for lies from today to a year ahead."""
    if not today <= due_on <= today + FURTHEST:
        raise WrongState("Choose a day from today to a year ahead.")


def words(text: str, *, missing: str) -> str:
    """What somebody wrote, in full. `missing` is the sentence for nothing; too much is refused, never cut."""
    text = text.replace("\r\n", "\n").strip()
    if not text and missing:
        raise WrongState(missing)
    if len(text) > LONGEST:
        raise WrongState(f"Shorten the text to {LONGEST:,} characters or fewer.")
    return text


def check_is_open(room: Room, live: Release | None) -> None:
    """A room is done once its text is in the draft, or once the document goes without it."""
    if live and live.taken_at:
        raise WrongState("This contribution has been taken into the draft. It stays as it was released.")
    if room.closed_at:
        raise WrongState("The document goes without this contribution. What was written stays on record.")


def check_can_write(room: Room, live: Release | None) -> None:
    """Nothing is written beside a released text."""
    check_is_open(room, live)
    if live:
        raise WrongState(
            "This text is released and stays as it is. To change it, it is taken back or handed back first."
        )


def check_length(body: str) -> None:
    """No longer than can be read."""
    if len(body) > MOST_CHARACTERS:
        raise WrongState(f"Shorten the text to {MOST_CHARACTERS:,} characters or fewer.")


def check_can_release(room: Room, live: Release | None, *, body: str, seen_revision: int) -> None:
    """Only a text that says something is released, and only the one that was on the screen."""
    check_can_write(room, live)
    if not body.strip():
        raise WrongState("Nothing is written here yet, so there is nothing to release.")
    if seen_revision != room.revision:
        raise Conflict("A colleague has saved the text since you opened it. Read it again before you release it.")


def check_can_take_back(room: Room, live: Release | None) -> Release:
    """A release is taken back only while it has not been taken into the draft. Gives it back."""
    check_is_open(room, live)
    if live is None:
        raise WrongState("Nothing is released here at the moment.")
    return live


def check_can_settle(room: Room, live: Release | None) -> Release:
    """What is handed back or taken into the draft must stand released. Gives it back."""
    check_is_open(room, live)
    if live is None:
        raise WrongState(f"{room.agency_name} has not released this contribution.")
    return live
