"""What the state of a version allows, whoever asks. Each check raises with a sentence."""

from datetime import date

from partnership import clock
from partnership.accounts.models import User
from partnership.areas.models import Appointment
from partnership.documents.models import Answer, Document, Picture, RenditionKind, Version
from partnership.documents.workflow import MOVES, Status, check
from partnership.errors import Conflict, WrongState
from partnership.guidance import loader
from partnership.guidance.schema import Edition


def check_can_write(version: Version) -> None:
    """Only a draft is written in."""
    if version.status != Status.DRAFT:
        raise WrongState("This version is frozen. It can be read, and not written in.")


def check_has_draft(version: Version | None) -> Version:
    """There is a draft to work on."""
    if version is None:
        raise WrongState("There is no draft of this document now.")
    return version


def editions_to_move_to(document: Document, today: date) -> list[Edition]:
    """The newer editions of the document's guidance that are in force by today and ask for this kind of document."""
    now = loader.edition(document.edition_key)
    return [
        row
        for row in loader.editions()
        if row.series == now.series
        and now.in_force_from < row.in_force_from <= today
        and row.requirements_for(document.kind)
    ]


def check_can_move(document: Document, edition_key: str) -> None:
    """A draft moves forward alone, and only where no lead partner has been asked to sign under the older edition."""
    asked = document.versions.exclude(status__in=[Status.DRAFT, Status.RETURNED, Status.WITHDRAWN])
    if asked.exists():
        raise WrongState("What is published was signed under its edition, and stays under it.")
    if edition_key not in [row.key for row in editions_to_move_to(document, clock.today())]:
        raise WrongState("A draft can be moved to a newer edition that is in force. This is none.")


def check_can_confirm(answer: Answer, *, by: User) -> None:
    """An answer is confirmed by somebody who neither marked it nor wrote the passage."""
    if answer.claimed_by_id == by.pk:
        raise WrongState("You marked this passage yourself. Somebody else has to confirm it.")
    if answer.block.written_by_id == by.pk:
        raise WrongState("You wrote this passage yourself. Somebody else has to confirm it.")


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


def last_day_to_share(today: date) -> date:
    """The last day until which a document can be shared today: twelve months ahead."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:  # the 29th of February
        return today.replace(year=today.year + 1, day=28)


def check_can_share(*, person: User, office: Appointment | None, reason: str, until: date, today: date) -> None:
    """A share has a reason and an end that is near enough, and goes to nobody who sees the document by an `office`."""
    if not reason.strip():
        raise WrongState("Say why this person is to read it.")
    if not today <= until <= last_day_to_share(today):
        raise WrongState("Choose a last day from today to twelve months from today.")
    if not person.is_active:
        raise WrongState(f"The account of {person.name} is closed, so nothing can be shared with them.")
    if office is not None:
        raise WrongState(f"{person.name} sees this document already, by an office: {office.title}.")
