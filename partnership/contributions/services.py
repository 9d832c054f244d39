"""What people do in a room: ask, write, release, take back, hand back, take into the draft, do without."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access as rights
from partnership.areas.models import Agency
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.contributions import access, letters, policies, selectors
from partnership.contributions.models import Outcome, Release, Room, Unsaved, Writing
from partnership.documents import selectors as documents
from partnership.documents import services as drafting
from partnership.documents.models import Document
from partnership.errors import WrongState
from partnership.notices import services as notices


@transaction.atomic
def ask(*, document: Document, section_key: str, agency: Agency, asked: str, due_on: date, by: User) -> Room:
    """Ask an agency of the area for a contribution to a section. Raises NotAllowed or WrongState.

    The same question to the same agency is one room: a second click gives back the first.
    """
    rights.require(by, Permission.GATHER_CONTRIBUTIONS, document.area)
    draft = documents.draft(document)
    version = policies.check_is_drafted(documents.lock(draft) if draft else None)
    policies.check_due(due_on, today=clock.today())
    asked = policies.words(asked, missing="Say what the agency is asked for.")
    section = version.sections.filter(key=section_key).first()
    if section is None:
        raise WrongState("This draft has no such section. Choose one from the list.")
    if agency.pk not in {known.pk for known, _ in selectors.agencies_to_ask(document.area, clock.today())}:
        raise WrongState(f"Nobody in {document.area.name} holds an office in which they could write for {agency.name}.")
    open_one = Room.objects.filter(document=document, section_key=section_key, agency=agency, closed_at=None).first()
    if open_one:
        if open_one.asked == asked:
            return open_one
        raise WrongState(f"{agency.name} has been asked for a contribution to “{section.title}” already.")
    last = Room.objects.filter(document=document).aggregate(last=Max("number"))["last"] or 0
    room = Room.objects.create(
        document=document,
        number=last + 1,
        section_key=section_key,
        section_title=section.title,
        agency=agency,
        agency_name=agency.name_on(clock.today()),
        asked=asked,
        due_on=due_on,
        asked_by=by,
    )
    _note(Event.ROOM_ASKED, room, by, due=f"{due_on:%-d %B %Y}")
    letters.to_agency("asked", room, key="asked")
    return room


@dataclass(frozen=True)
class Written:
    """What became of a save. `kept_aside` is set when a colleague had saved first, and their text stands."""

    room: Room
    changed: bool
    kept_aside: Writing | None = None


@transaction.atomic
def write(*, room: Room, body: str, seen_revision: int, by: User) -> Written:
    """Save the room's text, unless a colleague saved since `seen_revision`; then both texts are kept, theirs stands.

    The texts are themselves the record of who wrote what; everybody else learns only that it was begun.
    Raises NotAllowed for whoever is not of the agency, or WrongState.
    """
    room = selectors.lock(room)
    access.require_agency(by, room)
    policies.check_can_write(room, selectors.live_release(room))
    body = body.replace("\r\n", "\n")
    policies.check_length(body)
    forget_unsaved(room=room, by=by)  # on every way from here the text is in the room
    if body == selectors.text_of(room):
        return Written(room, changed=False)
    if room.revision != seen_revision:
        aside = {"room": room, "outcome": Outcome.KEPT_ASIDE, "saved_by": by, "body": body}
        kept = Writing.objects.filter(**aside, round=room.round).first()  # a second click
        kept = kept or Writing.objects.create(**aside, round=room.round, revision=seen_revision)
        return Written(room, changed=False, kept_aside=kept)
    room.revision += 1
    room.save(update_fields=["revision"])
    Writing.objects.create(
        room=room, round=room.round, revision=room.revision, body=body, outcome=Outcome.SAVED, saved_by=by
    )
    if room.revision == 1:
        _note(Event.ROOM_BEGUN, room, by)
    return Written(room, changed=True)


@transaction.atomic
def keep_unsaved(*, room: Room, body: str, seen_revision: int, by: User) -> Unsaved | None:
    """Keep a text that was typed and not saved; None where it says what the room says. It is theirs alone, and no event.

    Raises NotAllowed for whoever is not of the agency, or WrongState.
    """
    room = selectors.lock(room)
    access.require_agency(by, room)
    policies.check_can_write(room, selectors.live_release(room))
    body = body.replace("\r\n", "\n")
    policies.check_length(body)
    if body == selectors.text_of(room):
        forget_unsaved(room=room, by=by)
        return None
    what = {"body": body, "seen_revision": seen_revision, "kept_at": clock.now()}
    kept, _ = Unsaved.objects.update_or_create(room=room, person=by, defaults=what)
    return kept


def forget_unsaved(*, room: Room, by: User) -> None:
    """Forget what this person typed in this room and did not save."""
    Unsaved.objects.filter(room=room, person=by).delete()


@transaction.atomic
def release(*, room: Room, seen_revision: int, by: User) -> Release:
    """Let exactly the text that was on the screen go, frozen and attributed. Raises NotAllowed, WrongState or Conflict.

    A second click gives back the release that stands.
    """
    room = selectors.lock(room)
    office = access.require_release(by, room)
    live = selectors.live_release(room)
    if live and not live.taken_at and live.released_by_id == by.pk and seen_revision == room.revision:
        return live
    policies.check_is_drafted(documents.draft(room.document))
    body = selectors.text_of(room)
    policies.check_can_release(room, live, body=body, seen_revision=seen_revision)
    released = Release.objects.create(
        room=room,
        round=room.round,
        body=body,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
        agency_name=room.agency.name_on(clock.today()),
        person_name=by.name,
        office_name=office.office_words,
        released_by=by,
    )
    _note(Event.ROOM_RELEASED, room, by)
    notices.settle(about=letters.about(room))
    letters.to_gatherers("released", room, key=str(released.pk))
    return released


@transaction.atomic
def take_back(*, room: Room, by: User) -> Release:
    """Take a released text back, as long as it is not in the draft. The release stays on record for the agency."""
    room = selectors.lock(room)
    access.require_release(by, room)
    live = policies.check_can_take_back(room, selectors.live_release(room))
    live.taken_back_at, live.taken_back_by = clock.now(), by
    live.save(update_fields=["taken_back_at", "taken_back_by"])
    _note(Event.ROOM_TAKEN_BACK, room, by)
    notices.settle(about=letters.about(room))
    return live


@transaction.atomic
def hand_back(*, room: Room, comment: str, due_on: date, by: User) -> Room:
    """Ask the agency to go on from what it released, with a comment and a new day: a new round begins."""
    rights.require(by, Permission.GATHER_CONTRIBUTIONS, room.document.area)
    room = selectors.lock(room)
    live = policies.check_can_settle(room, selectors.live_release(room))
    policies.check_due(due_on, today=clock.today())
    live.comment = policies.words(comment, missing="Say what the agency is asked to change.")
    live.handed_back_at, live.handed_back_by = clock.now(), by
    live.save(update_fields=["comment", "handed_back_at", "handed_back_by"])
    room.round, room.due_on = room.round + 1, due_on
    room.save(update_fields=["round", "due_on"])
    _note(Event.ROOM_HANDED_BACK, room, by, due=f"{due_on:%-d %B %Y}")
    notices.settle(about=letters.about(room))
    letters.to_agency("handed_back", room, key=f"handed-back-{live.pk}")
    return room


@transaction.atomic
def take(*, room: Room, body: str, seen_revision: int, by: User) -> drafting.Saved:
    """Save a section with the released text in it, and note when and into which version it was taken.

    Where somebody saved the section since `seen_revision`, the text is kept aside and nothing is taken. Raises
    NotAllowed or WrongState.
    """
    rights.require(by, Permission.GATHER_CONTRIBUTIONS, room.document.area)
    draft = documents.draft(room.document)
    version = policies.check_is_drafted(documents.lock(draft) if draft else None)
    room = selectors.lock(room)
    live = policies.check_can_settle(room, selectors.live_release(room))
    section = version.sections.filter(key=room.section_key).first()
    if section is None:
        raise WrongState("This draft has no such section any more, so nothing can be taken into it.")
    saved = drafting.save_section(
        section=section, body=body, explanation=section.explanation, seen_revision=seen_revision, by=by
    )
    if saved.kept_aside:
        return saved
    live.taken_at, live.taken_by = clock.now(), by
    live.taken_into, live.taken_revision = version, saved.section.revision
    live.save(update_fields=["taken_at", "taken_by", "taken_into", "taken_revision"])
    _close(room, by)
    _note(Event.ROOM_TAKEN, room, by, version=version.number)
    return saved


@transaction.atomic
def do_without(*, room: Room, reason: str, by: User) -> Room:
    """Let the document go without this contribution, with the reason if there is one. What was written stays."""
    rights.require(by, Permission.GATHER_CONTRIBUTIONS, room.document.area)
    room = selectors.lock(room)
    policies.check_is_open(room, selectors.live_release(room))
    reason = policies.words(reason, missing="")
    _close(room, by, reason)
    _note(Event.ROOM_DONE_WITHOUT, room, by, reason=reason or "No reason was given.")
    letters.to_agency("done_without", room, key="done-without")
    return room


def _close(room: Room, by: User, because: str = "") -> None:
    room.closed_at, room.closed_by, room.closed_because = clock.now(), by, because
    room.save(update_fields=["closed_at", "closed_by", "closed_because"])
    notices.settle(about=letters.about(room))


def _note(event: Event, room: Room, by: User, **data: object) -> None:
    document = room.document
    audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=room,
        subject=document.subject,
        data={"title": document.title, "agency": room.agency_name, "section": room.section_title, **data},
    )
