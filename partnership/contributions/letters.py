"""The mails about contributions: who is asked for what by when, and a link; never a word of a contribution."""

from collections.abc import Iterable

from django.conf import settings

from partnership import clock
from partnership.areas import selectors as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Permission, offices_with
from partnership.contributions import access, selectors
from partnership.contributions.models import Room
from partnership.notices import services as notices
from partnership.notices.kinds import Kind

# What is asked of somebody goes at once; what became of it can wait for the digest.
KINDS = {"asked": Kind.ASKED, "handed_back": Kind.ASKED, "reminder": Kind.WRITING_DUE}
KINDS |= {"done_without": Kind.NEWS, "released": Kind.NEWS}


def to_agency(template: str, room: Room, *, key: str) -> list[str]:
    """Tell everybody who writes for the agency, each person once. Returns their names."""
    return _send(template, room, access.people_of(room), key, selectors.address(room))


def about(room: Room) -> str:
    """What a notice names that is over once the contribution is in."""
    return f"room:{room.pk}"


def to_gatherers(template: str, room: Room, *, key: str) -> list[str]:
    """Tell those who gather contributions in the area, each person once. Returns their names."""
    held = areas.in_force(room.document.area, clock.today())
    gather = held.filter(office__in=offices_with(Permission.GATHER_CONTRIBUTIONS))
    return _send(template, room, gather, key, selectors.address(room))


def _send(template: str, room: Room, to: Iterable[Appointment], key: str, where: str) -> list[str]:
    people = {appointment.person_id: appointment.person for appointment in to}
    context = {
        "room": room,
        "document": room.document,
        "area": room.document.area,
        "link": f"{settings.PUBLIC_ADDRESS}{where}",
        "is_late": room.due_on < clock.today(),
    }
    for person in people.values():
        notices.tell(
            f"contributions/{template}",
            context,
            person=person,
            kind=KINDS[template],
            dedupe_key=f"contribution:{room.pk}:{key}:{person.pk}",
            area_slug=room.document.area.slug,
            purpose=f"contribution {template.replace('_', ' ')}",
            about="" if template == "done_without" else about(room),
        )
    return [person.name for person in people.values()]
