"""Rooms of the cast, through services: Gwen asks, the police write (Eve is their delegated partner, Cerys their lead)."""

from datetime import timedelta
from typing import Any

from partnership import clock
from partnership.areas.models import Seat, SeatKind
from partnership.areas.roles import Office
from partnership.contributions import services
from partnership.contributions.models import Release, Room
from partnership.documents import selectors as documents
from partnership.documents import services as drafting
from partnership.documents.models import Document
from tests import worlds
from tests.worlds import World

SECRET = "An unmistakable sentence"


def asked(world: World, document: Document, seat: Seat | None = None, **more: Any) -> Room:
    """The police, unless said otherwise, are asked for the section on training, by next week but one."""
    details = {
        "section_key": "training",
        "agency": (seat or world.police).agency,
        "asked": "What your officers were trained in, and what came of it.",
        "due_on": clock.today() + timedelta(days=14),
        "by": world.gwen,
        **more,
    }
    return services.ask(document=document, **details)


def write(room: Room, by: Any, body: str = SECRET) -> services.Written:
    """Save as somebody who has just opened the page."""
    room.refresh_from_db()
    return services.write(room=room, body=body, seen_revision=room.revision, by=by)


def released(world: World, document: Document, **more: Any) -> tuple[Room, Release]:
    """Written by Eve and released by her."""
    room = asked(world, document, **more)
    write(room, world.eve)
    room.refresh_from_db()
    return room, services.release(room=room, seen_revision=room.revision, by=world.eve)


def taken(world: World, room: Room, body: str = "Both texts.") -> drafting.Saved:
    """Into the section as it is."""
    section = documents.draft(room.document).sections.get(key=room.section_key)
    return services.take(room=room, body=body, seen_revision=section.revision, by=world.gwen)


def school(world: World) -> tuple[Seat, Any]:
    """A relevant agency with somebody who writes for it and sees no drafts."""
    seat = worlds.seat(world.area, "Ashdown School", "education", SeatKind.RELEVANT)
    person = worlds.person("Sol")
    worlds.appoint(person, Office.CONTRIBUTOR, world.area, seat)
    return seat, person
