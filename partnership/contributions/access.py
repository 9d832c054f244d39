"""Who is of the agency that writes in a room. The one place for it: pages, services, mails and the home start here."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas import selectors as areas
from partnership.areas.models import Appointment, Seat, SeatKind
from partnership.areas.roles import Office, Permission, in_a_sentence, offices_with
from partnership.contributions.models import Room
from partnership.errors import NotAllowed

WRITERS = offices_with(Permission.CONTRIBUTE)


def rooms_of(user: access.Person) -> QuerySet[Room]:
    """The rooms in which the person may read and write today: those of an agency for which they hold an office there.

    In an area that was split or merged, also by an office for the same agency in the area that answers for it.
    """
    heirs = access.takings_over().filter(predecessor=OuterRef(OuterRef("document__area"))).values("successor")
    held = access.offices_of(user).filter(office__in=WRITERS, seat__agency=OuterRef("agency"))
    held = held.filter(Q(area=OuterRef("document__area")) | Q(area__in=heirs))
    return Room.objects.filter(Exists(held)).select_related("document__area", "agency")


def is_of_agency(user: access.Person, room: Room) -> bool:
    """Whether the person writes for the room's agency today."""
    return rooms_of(user).filter(pk=room.pk).exists()


def require_agency(user: access.Person, room: Room) -> None:
    """Raise NotAllowed unless the person writes for the room's agency today."""
    if not is_of_agency(user, room):
        raise NotAllowed(
            f"This text is seen by nobody but the people of {room.agency_name} until they release it.",
            rule=Permission.CONTRIBUTE.value,
        )


def people_of(room: Room) -> QuerySet[Appointment]:
    """The offices of the agency whose holders write in the room today, of people whose account is open."""
    held = areas.in_force(room.document.area, clock.today())
    return held.filter(office__in=WRITERS, seat__agency=room.agency_id)


def has_delegate(room: Room) -> bool:
    """Whether the agency has a delegated partner by law, who then alone releases: a statutory partner of the area."""
    area = areas.answering_for(room.document.area, clock.today())
    seats = Seat.objects.filter(area=area, agency=room.agency_id, kind=SeatKind.STATUTORY)
    return seats.filter(during__contains=clock.today()).exists()


def releasing_office(user: User, room: Room) -> Appointment | None:
    """The office by which the person may release the agency's text today, or None.

    The delegated partner of the agency. An agency that is no statutory partner has none; there whoever writes releases.
    """
    held = people_of(room).filter(person=user)
    delegated = held.filter(office__in=offices_with(Permission.RELEASE_CONTRIBUTION)).first()
    if delegated or has_delegate(room):
        return delegated
    return held.order_by("office").first()


def require_release(user: User, room: Room) -> Appointment:
    """The office by which the person releases, or takes back. Raises NotAllowed, with the sentence of who may."""
    require_agency(user, room)
    office = releasing_office(user, room)
    if office is None:
        who = in_a_sentence(Office.DSP)
        raise NotAllowed(
            f"Only {who} of {room.agency_name} may release its contribution or take it back.",
            rule=Permission.RELEASE_CONTRIBUTION.value,
        )
    return office
