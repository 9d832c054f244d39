"""What the scrutineer and the partners do: raise, answer, close."""

from django.db import transaction
from django.db.models import Max

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Office, Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import selectors as documents
from partnership.documents.models import Document
from partnership.errors import Conflict, WrongState
from scrutiny import letters, policies
from scrutiny.models import ChallengeNote, Position, Response


@transaction.atomic
def raise_challenge(*, document: Document, text: str, by: User, section_key: str = "") -> ChallengeNote:
    """Leave a challenge on the draft of a document. Raises NotAllowed or WrongState."""
    access.require(by, Permission.RAISE_CHALLENGE, document.area)
    # The draft's lock keeps this and a sending for sign-off apart: a challenge is never left on a frozen text.
    draft = documents.draft(document)
    version = policies.check_can_raise(documents.lock(draft) if draft else None)
    if not text.strip():
        raise WrongState("Write the challenge.")
    last = document.challenges.aggregate(last=Max("number"))["last"] or 0  # type: ignore[attr-defined]
    challenge = ChallengeNote.objects.create(
        area=document.area,
        document=document,
        version=version,
        number=last + 1,
        section_key=section_key,
        text=text.strip(),
        raised_by=by,
        raised_as=f"{by.name}, {Office.SCRUTINEER.label.lower()}",
    )
    _note(Event.CHALLENGE_RAISED, challenge, by)
    letters.raised(challenge)
    return challenge


@transaction.atomic
def answer(*, challenge: ChallengeNote, position: Position, text: str, by: User) -> Response:
    """Answer for one's own agency. A correction is another answer. Raises NotAllowed or WrongState."""
    challenge = _lock(challenge)
    access.require(by, Permission.ANSWER_CHALLENGE, challenge.area)
    policies.check_can_answer(challenge)
    if not text.strip():
        raise WrongState("Write the answer.")
    office = (
        access.offices_of(by, challenge.area).filter(office__in=[Office.DSP, Office.CHAIR]).order_by("-office").first()
    )
    seat = office.seat if office else None
    response = Response.objects.create(
        challenge=challenge,
        seat=seat,
        agency_name=seat.agency.name if seat else challenge.area.partnership_name,
        position=position,
        text=text.strip(),
        answered_by=by,
    )
    _note(Event.CHALLENGE_ANSWERED, challenge, by, agency=response.agency_name)
    letters.answered(challenge, response)
    return response


@transaction.atomic
def close(*, challenge: ChallengeNote, view: str, by: User) -> ChallengeNote:
    """Close a challenge with the scrutineer's view of the answers. Raises NotAllowed, WrongState or Conflict."""
    challenge = _lock(challenge)
    access.require(by, Permission.CLOSE_CHALLENGE, challenge.area)
    policies.check_can_close(challenge)
    won = ChallengeNote.objects.filter(pk=challenge.pk, closed_at=None).update(
        closed_at=clock.now(), closed_by=by, view=view.strip()
    )
    if not won:
        raise Conflict("Somebody else closed this challenge while you were reading it.")
    challenge.refresh_from_db()
    _note(Event.CHALLENGE_CLOSED, challenge, by)
    return challenge


def _lock(challenge: ChallengeNote) -> ChallengeNote:
    rows = ChallengeNote.objects.select_for_update(of=("self",)).select_related("area", "document__area")
    return rows.get(pk=challenge.pk)


def _note(event: Event, challenge: ChallengeNote, by: User, **data: object) -> None:
    document = challenge.document
    audit.record(
        event,
        by=by,
        area_slug=challenge.area.slug,
        target=challenge,
        subject=document.subject,
        data={"title": document.title, "number": challenge.number, **data},
    )
