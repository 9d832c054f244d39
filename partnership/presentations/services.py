"""Recording where a document was presented, and correcting that. What was recorded before stays."""

import uuid
from dataclasses import asdict, replace

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents.models import Document
from partnership.errors import Conflict
from partnership.presentations import policies
from partnership.presentations.kinds import Said
from partnership.presentations.models import LONGEST_NAME, LONGEST_REASON, Entry, Presentation
from partnership.web.lines import line_of


@transaction.atomic
def record(*, document: Document, said: Said, once: uuid.UUID, by: User) -> Presentation:
    """Record an occasion, past or planned. `once`: from the page; the same again gives back the first.

    Raises NotAllowed, or WrongState for what cannot be recorded.
    """
    access.require(by, Permission.RECORD_PRESENTATION, document.area)
    said = _checked(said)
    policies.check_begins(said)
    presentation, is_new = Presentation.objects.get_or_create(
        once=once, defaults={"document": document, "begun_at": clock.now()}
    )
    if is_new:
        _write(presentation, 1, said, by)
        _note(Event.PRESENTATION_RECORDED, presentation, said, by)
    return presentation


@transaction.atomic
def correct(*, presentation: Presentation, said: Said, reason: str, seen: int, by: User) -> Entry:
    """Record what is known better of an occasion, with the reason. `seen`: the number of the entry on the screen.

    What stands there already is not written again. Raises NotAllowed, WrongState, or Conflict when somebody else was
    quicker.
    """
    access.require(by, Permission.RECORD_PRESENTATION, presentation.document.area)
    presentation = (
        Presentation.objects.select_for_update(of=("self",)).select_related("document__area").get(pk=presentation.pk)
    )
    before = presentation.entries.order_by("-number")[0]
    if before.said == _tidy(said):
        return before
    said = _checked(said)
    reason = line_of(reason, longest=LONGEST_REASON, missing="Enter why it is corrected.")
    if before.number != seen:
        raise Conflict("Somebody else corrected this while you were writing. Look at it again.")
    entry = _write(presentation, before.number + 1, said, by, reason)
    _note(Event.PRESENTATION_CORRECTED, presentation, said, by, reason=reason)
    return entry


def _tidy(said: Said) -> Said:
    """Without what nobody sees at its ends; the name of a body on one line."""
    name = line_of(said.forum_name, longest=LONGEST_NAME)
    asked, answered = said.asked.strip(), said.answered.strip()
    return replace(said, forum_name=name, asked=asked, answered=answered, minutes=said.minutes.strip())


def _checked(said: Said) -> Said:
    said = _tidy(said)
    policies.check(said, clock.today())
    return said


def _write(presentation: Presentation, number: int, said: Said, by: User, reason: str = "") -> Entry:
    title = access.title_for(by, presentation.document.area, Permission.RECORD_PRESENTATION)
    return Entry.objects.create(
        presentation=presentation,
        number=number,
        reason=reason,
        recorded_as=f"{by.name}, {title}",
        recorded_at=clock.now(),
        recorded_by=by,
        **asdict(said),
    )


def _note(event: Event, presentation: Presentation, said: Said, by: User, **data: str) -> None:
    document = presentation.document
    audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=presentation,
        subject=document.subject,
        data={"title": document.title, "occasion": said.occasion, **data},
    )
