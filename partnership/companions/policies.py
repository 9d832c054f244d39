"""When a children's or an Easy Read version may be put in, agreed to and published. Each check raises with a sentence."""

from partnership.companions.models import Companion
from partnership.documents.models import Document, Ground, Version
from partnership.documents.workflow import Status
from partnership.errors import Conflict, Incomplete, WrongState


def check_version(version: Version | None) -> Version:
    """A companion is made for a text that no longer changes."""
    if version is None:
        raise WrongState(
            "A children's version or Easy Read version is made for a text that is frozen. Send the document for sign-off "
            "first."
        )
    return version


def check_was_not_withdrawn(document: Document, kind: str, sha256: str) -> None:
    """What was withdrawn is not put in again as it was."""
    if document.companions.filter(kind=kind, sha256=sha256, withdrawn_at__isnull=False).exists():
        raise Incomplete("This is exactly what was withdrawn. Take out what must not be read, and put it in again.")


def check_is_public(companion: Companion) -> None:
    """It went out, and was not withdrawn since, alone or with its document."""
    if companion.published_at is None:
        raise WrongState(f"This {companion.words} is not public, so there is nothing to withdraw.")
    if companion.made_for.status == Status.TAKEN_DOWN:
        raise WrongState(f"This {companion.words} was withdrawn with its document.")
    check_stands(companion)


def check_can_withdraw(companion: Companion, *, ground: Ground | None, note: str) -> None:
    """Only what the public can read is withdrawn from it, for a ground and with words that the public reads."""
    check_is_public(companion)
    if ground is None:
        raise WrongState("Say on which ground it is withdrawn.")
    if not note.strip():
        raise WrongState("Say why, in words that the public can read.")


def check_stands(companion: Companion) -> None:
    """What was withdrawn is neither agreed to nor published any more."""
    if companion.withdrawn_at is not None:
        raise WrongState(f"This {companion.words} was withdrawn. Put in a new edition.")


def check_is_newest(companion: Companion, newest: Companion | None) -> None:
    """Only the newest edition of its kind is agreed to and published."""
    if newest is None or newest.pk != companion.pk:
        raise WrongState(f"There is a newer edition of this {companion.words}. Look at that one.")


def check_seen(companion: Companion, seen_sha256: str) -> None:
    """What is agreed to is what was on the screen."""
    if companion.sha256 != seen_sha256:
        raise Conflict("This is not what you had on the screen. Read it again before you agree.")


def check_can_publish(companion: Companion, lacking: list[str]) -> None:
    """It goes out when every delegated partner has agreed, beside the published text that it was made for."""
    if lacking:
        raise WrongState(f"The delegated partner has still to agree for: {', '.join(lacking)}.")
    if companion.made_for.status != Status.PUBLISHED:
        raise WrongState("It is published beside the text that it was made for, and that is not what is public now.")
