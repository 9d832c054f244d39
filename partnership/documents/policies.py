"""What the state of a version allows, whoever asks. Each check raises with a sentence."""

from partnership.documents.models import Picture, RenditionKind, Version
from partnership.documents.workflow import MOVES, Status, check
from partnership.errors import Conflict, WrongState


def check_can_write(version: Version) -> None:
    """Only a draft is written in."""
    if version.status != Status.DRAFT:
        raise WrongState("This version is frozen. It can be read, and not written in.")


def check_can_change_picture(picture: Picture) -> None:
    """A picture that any frozen text of its document shows stays as it is."""
    frozen = picture.document.versions.filter(frozen_at__isnull=False)
    if frozen.filter(content__contains=picture.file_id).exists():
        raise WrongState("This picture is part of a text that was frozen. It stays with that text.")


def check_can_send(version: Version) -> None:
    """Only a draft goes for sign-off."""
    check(version, MOVES["send_for_sign_off"])


def check_can_sign(version: Version, *, seen_sha256: str) -> None:
    """Only a version with the lead partners is signed, and only the text that was on the screen."""
    if version.status != Status.IN_SIGN_OFF:
        raise WrongState(f"This version is {Status(version.status).label.lower()}. It cannot be signed now.")
    if version.sha256 != seen_sha256:
        raise Conflict("The text has changed since you opened it. Read it again before you sign.")


def check_can_return(version: Version, *, reason: str) -> None:
    """A return needs a version that has not been published, and a reason that everybody will read."""
    check(version, MOVES["return_for_changes"])
    if not reason.strip():
        raise WrongState("Say what has to change, so that everybody can read why it came back.")


def check_can_publish(version: Version) -> None:
    """Publication needs every signature and the final PDF."""
    check(version, MOVES["publish"])
    if not version.renditions.filter(kind=RenditionKind.FINAL).exists():
        raise WrongState("The final PDF is still being made. Try again in a minute.")


def check_can_correct(version: Version) -> None:
    """A new version continues from what is published, or from what was withdrawn before anything was."""
    if version.status not in {Status.PUBLISHED, Status.WITHDRAWN}:
        raise WrongState("A new version continues from what is published or withdrawn. This is neither.")
