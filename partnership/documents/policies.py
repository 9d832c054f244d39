"""What the state of a version allows, whoever asks. Each check raises with a sentence."""

from datetime import date, datetime

from partnership import clock
from partnership.accounts.confirming import LATELY, Proof
from partnership.accounts.models import User
from partnership.areas.models import Appointment
from partnership.documents import fonts, publication_policies
from partnership.documents.models import Act, Answer, Document, Picture, Proposal, RenditionKind, RequiredSeat, Version
from partnership.documents.workflow import GONE, MOVES, Status, check
from partnership.errors import Conflict, WrongState
from partnership.guidance import loader
from partnership.guidance.schema import Edition

PRINTED = 16  # figures of a fingerprint as it is printed for people


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
    asked = document.versions.exclude(status__in=[Status.DRAFT, *GONE])
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


def check_proof(proof: Proof, *, now: datetime) -> None:
    """Who signs has shown with their second factor, within the last ten minutes, that it is them."""
    if not now - LATELY <= proof.at <= now:
        raise WrongState("Confirm with your second factor that it is you, and sign within ten minutes.")


def reason_not_to_sign(words: str) -> str:
    """Why a seat does not sign, in words that can be printed."""
    return printable(words, "Say why. It is published if the document goes out without this signature.")


def reason_to_propose(words: str) -> str:
    """Why an act that takes two persons is proposed."""
    return printable(words, "Say why, so that whoever is to agree can judge it.")


def printable(words: str, missing: str) -> str:
    if not words.strip():
        raise WrongState(missing)
    if strange := fonts.unknown(words):
        raise WrongState(f"These characters cannot be printed: {' '.join(strange)}. Use words instead.")
    return words.strip()


def check_has_not_signed(required: RequiredSeat) -> None:
    """A seat that has signed neither signs again nor refuses: a signature stays."""
    if signed := required.version.sign_offs.filter(seat=required.seat_id).first():
        raise Conflict(f"{signed.person_name} has already signed for {required.agency_name}, and a signature stays.")


def check_is_possible(proposal: Proposal) -> None:
    """What was proposed can still be done: the version stands where it did, and a paper's seat has not signed here."""
    check_can_propose(proposal.version, Act(proposal.act))
    if proposal.act == Act.PUBLISH:
        publication_policies.check_nothing_went_since(proposal)
    if proposal.seat_id:
        check_has_not_signed(proposal.version.required_seats.get(seat=proposal.seat_id))


def check_paper(version: Version, *, signed_on: date, fingerprint: str, today: date) -> None:
    """A paper bears the fingerprint of this very text, and a day between its freezing and today."""
    frozen_on = clock.london_day(version.frozen_at) if version.frozen_at else today
    if not frozen_on <= signed_on <= today:
        first = f"{frozen_on.day} {frozen_on:%B %Y}"
        raise WrongState(f"Enter a day from {first}, when the text was frozen, to today.")
    typed = "".join(fingerprint.split()).casefold()
    if len(typed) < PRINTED or not (version.sha256 or "").startswith(typed):
        raise WrongState("That is not the fingerprint of this text. The paper is of another one, or it was mistyped.")


def check_can_propose(version: Version, act: Act) -> None:
    """Void is what is not public yet. Without every signature a text goes out when each other seat said why it does not sign."""
    if act == Act.PAPER:
        check_can_sign(version, seen_sha256=version.sha256 or "")
        return
    if act == Act.PUBLISH:
        check_can_publish(version)
        publication_policies.check_nothing_is_planned(version)
        return
    check(version, MOVES[act.value])
    if act == Act.SETTLE_IN_PART:
        signed = {row.seat_id for row in version.sign_offs.all()}
        unsigned = {row.seat_id for row in version.unsigned.filter(taken_back_at=None)}
        required = {row.seat_id: row.agency_name for row in version.required_seats.all()}
        if not signed:
            raise WrongState("Nobody has signed this version, so it cannot go out.")
        if open_seats := [name for seat, name in required.items() if seat not in signed | unsigned]:
            raise WrongState(f"It is not known yet whether {', '.join(open_seats)} will sign.")


def reservation_of(words: str | None) -> str:
    """The words of a reservation; empty where there is none."""
    return "" if words is None else printable(words, "Write your reservation. It is published under your signature.")


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
    publication_policies.check_corrects_what_stands(version)
    publication_policies.check_nothing_holds_it_back(version)


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
