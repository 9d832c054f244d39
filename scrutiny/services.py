"""What the scrutineer and the partners do: raise, answer, close, take words out; and the scrutineer's statement."""

import hashlib

from django.db import transaction
from django.db.models import Max

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Seat
from partnership.areas.roles import Office, Permission, offices_with
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import selectors as documents
from partnership.documents.models import Document
from partnership.errors import Conflict, NotAllowed
from partnership.notices import services as notices
from scrutiny import letters, policies, selectors
from scrutiny.models import ChallengeNote, Position, Redaction, Response, Statement, StatementDraft
from scrutiny.passages import Passage


@transaction.atomic
def raise_challenge(*, document: Document, text: str, by: User, section_key: str = "") -> ChallengeNote:
    """Leave a challenge on the draft of a document. Raises NotAllowed or WrongState.

    The same words of the same person on the same draft are one challenge: a second click gives back the first.
    """
    access.require(by, Permission.RAISE_CHALLENGE, document.area)
    # The draft's lock keeps this and a sending for sign-off apart: a challenge is never left on a frozen text.
    draft = documents.draft(document)
    version = policies.check_can_raise(documents.lock(draft) if draft else None)
    policies.check_section(version, section_key)
    text = policies.words(text, missing="Write the challenge.")
    said = ChallengeNote.objects.filter(
        version=version, raised_by=by, section_key=section_key, text=text, closed_at=None
    )
    if same := said.first():
        return same
    last = ChallengeNote.objects.filter(document=document).aggregate(last=Max("number"))["last"] or 0
    challenge = ChallengeNote.objects.create(
        area=document.area,
        document=document,
        version=version,
        number=last + 1,
        section_key=section_key,
        text=text,
        raised_by=by,
        raised_as=f"{by.name}, {Office.SCRUTINEER.label.lower()}",
    )
    _note(Event.CHALLENGE_RAISED, challenge, by)
    letters.raised(challenge)
    return challenge


@transaction.atomic
def answer(*, challenge: ChallengeNote, position: Position, text: str, by: User) -> Response:
    """Answer for one's own agency. A correction is another answer. Raises NotAllowed or WrongState.

    An answer that repeats the agency's last one, word for word, is that one: a second click adds nothing.
    """
    challenge = _lock(challenge)
    access.require(by, Permission.ANSWER_CHALLENGE, challenge.area)
    policies.check_can_answer(challenge)
    text = policies.words(text, missing="Write the answer.")
    seat = _seat_of(by, challenge)
    last = challenge.responses.filter(seat=seat).order_by("answered_at", "pk").last()
    if last and (last.position, last.text) == (position, text):
        return last
    response = Response.objects.create(
        challenge=challenge,
        seat=seat,
        agency_name=seat.agency.name if seat else challenge.area.partnership_name,
        position=position,
        text=text,
        answered_by=by,
    )
    _note(Event.CHALLENGE_ANSWERED, challenge, by, agency=response.agency_name)
    letters.answered(challenge, response)
    return response


def _seat_of(by: User, challenge: ChallengeNote) -> Seat | None:
    """The delegated partner's own seat; every chair has one. The first of several, always the same."""
    offices = access.offices_of(by, challenge.area).filter(office__in=[Office.DSP, Office.CHAIR])
    office = offices.order_by("-office", "seat_id").first()
    return office.seat if office else None


@transaction.atomic
def close(*, challenge: ChallengeNote, view: str, by: User) -> ChallengeNote:
    """Close a challenge with the scrutineer's view of the answers. Raises NotAllowed or WrongState."""
    challenge = _lock(challenge)
    access.require(by, Permission.CLOSE_CHALLENGE, challenge.area)
    policies.check_can_close(challenge)
    challenge.view = policies.words(view, missing="Write your view of the answers.")
    challenge.closed_at, challenge.closed_by = clock.now(), by
    challenge.save(update_fields=["closed_at", "closed_by", "view"])
    notices.settle(about=letters.about(challenge))
    _note(Event.CHALLENGE_CLOSED, challenge, by)
    return challenge


@transaction.atomic
def redact(*, passage: Passage, words: str, reason: str, seen: int, by: User) -> Redaction:
    """Give other words for one passage of a document whose published text is sealed, for everybody to read from now on.

    Only its own side does: a challenge and the view on closing it the scrutineer, an answer the delegated partner of the
    agency that gave it. `seen`: the redaction that was on the screen, 0 for none. `reason` says nothing of what goes.
    The same again is one redaction; other words later take its place, and both stay on record. Raises NotAllowed,
    WrongState, or Conflict when other words were given meanwhile.
    """
    # Publishing and freezing hold these locks too: no text goes out or is frozen with words that are just being taken out.
    documents.lock_all(documents.newest(passage.challenge.document))
    challenge = _lock(passage.challenge)
    passage = selectors.again(passage)
    require_own_side(passage, by)
    policies.check_can_redact(challenge.document)
    policies.check_was_said(passage)
    words = policies.words(words, missing="Write the words that stand in its place.")
    reason = policies.why(reason)
    last = passage.redaction
    if last and (last.words, last.reason) == (words, reason):
        return last
    policies.check_redaction(passage, words, reason, seen)
    said = {"words": words, "reason": reason, "redacted_as": _office_in_words(passage, by), "redacted_by": by}
    redaction = Redaction.objects.create(**passage.of, **said)
    _note(Event.WORDS_TAKEN_OUT, challenge, by, passage=passage.name, reason=reason)
    letters.words_taken_out(redaction, challenge.document, passage.name)
    return redaction


def require_own_side(passage: Passage, by: User) -> None:
    """Raise NotAllowed unless this person may take words out of this passage: nobody does of what another side said."""
    if selectors.its_own_side(by, passage):
        return
    area = passage.challenge.area
    if passage.answer is None:
        raise NotAllowed(access.sentence(Permission.REDACT_CHALLENGE, area), rule=Permission.REDACT_CHALLENGE.value)
    agency = passage.answer.agency_name
    sentence = f"Only the delegated safeguarding partner of {agency} may take words out of its answer."
    raise NotAllowed(sentence, rule=Permission.REDACT_ANSWER.value)


def _office_in_words(passage: Passage, by: User) -> str:
    """The office by which somebody takes words out, as it stands in a sentence that the public reads."""
    right = Permission.REDACT_ANSWER if passage.answer else Permission.REDACT_CHALLENGE
    held = access.offices_of(by, passage.challenge.area).filter(office__in=offices_with(right))
    if passage.answer and passage.answer.seat:
        held = held.filter(seat__agency=passage.answer.seat.agency_id)
    words = held.order_by("pk")[0].office_words
    return f"the {words[0].lower()}{words[1:]}" + (f" of {passage.answer.agency_name}" if passage.answer else "")


@transaction.atomic
def save_statement(*, document: Document, body: str, seen_revision: int, by: User) -> StatementDraft:
    """Keep what the scrutineer has written of their own statement, for themselves alone. No record says that they did.

    Raises NotAllowed, WrongState, or Conflict when they saved elsewhere since `seen_revision`.
    """
    access.require(by, Permission.GIVE_STATEMENT, document.area)
    policies.check_can_state(documents.draft(document))
    body = body.replace("\r\n", "\n")
    policies.check_length(body)
    draft = _own_draft(document, by)
    if body == draft.body:
        return draft
    if draft.revision != seen_revision:
        raise Conflict("You have saved another text since you opened this page. Both are below: put them together.")
    draft.body, draft.revision, draft.saved_at = body, draft.revision + 1, clock.now()
    draft.save(update_fields=["body", "revision", "saved_at"])
    return draft


@transaction.atomic
def give_statement(*, document: Document, seen_revision: int, by: User) -> Statement:
    """Give exactly the text that was on the screen, as one's own act; it takes the place of one's earlier one.

    Nobody else is asked. The same text given twice is one statement. Raises NotAllowed, WrongState, Conflict, or
    Incomplete for what could not be printed.
    """
    access.require(by, Permission.GIVE_STATEMENT, document.area)
    # The draft's lock keeps this and a sending for sign-off apart: what goes with a frozen text never changes.
    found = documents.draft(document)
    version = policies.check_can_state(documents.lock(found) if found else None)
    draft = _own_draft(document, by)
    policies.check_can_give(draft.body, revision=draft.revision, seen_revision=seen_revision)
    last = Statement.objects.filter(document=document, author=by).order_by("-number").first()
    if last and last.body == draft.body:
        return last
    statement = Statement.objects.create(
        document=document,
        version=version,
        author=by,
        number=last.number + 1 if last else 1,
        author_name=by.name,
        office_name=Office.SCRUTINEER.label,
        body=draft.body,
        sha256=hashlib.sha256(draft.body.encode()).hexdigest(),
    )
    audit.record(
        Event.STATEMENT_GIVEN,
        by=by,
        area_slug=document.area.slug,
        target=statement,
        subject=document.subject,
        data={"title": document.title},
    )
    letters.statement_given(statement)
    return statement


def _own_draft(document: Document, by: User) -> StatementDraft:
    """The person's own draft of a statement, locked until the end of the transaction; an empty one at first."""
    StatementDraft.objects.get_or_create(document=document, author=by)
    return StatementDraft.objects.select_for_update().get(document=document, author=by)


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
