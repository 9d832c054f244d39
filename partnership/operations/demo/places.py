"""The three areas of the practice data, their bodies and their seats. Two areas and their bodies are real, one is not."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from partnership.areas import england
from partnership.areas import services as areas
from partnership.areas.models import Agency, AgencyKind, Area, Seat, SeatKind
from partnership.operations.demo import relevant

HAMMERSMITH, EALING, MARLBRIDGE = "hammersmith-and-fulham", "ealing", "marlbridge-and-eastvale"
MET, OLD_BOARD, NEW_BOARD = "metropolitan-police-service", "north-west-london-icb", "west-and-north-london-icb"
EDUCATION = "hammersmith-and-fulham-education-forum"
COUNCIL_1, COUNCIL_2 = "marlbridge-city-council", "eastvale-county-council"
FORCE = "marlbridge-and-eastvale-constabulary"
BOARD_1, BOARD_2 = "marlbridge-icb", "eastvale-and-the-moors-icb"
CHANGE_OF_BOARDS = date(2026, 4, 1)
BOARDS_BEGAN = date(2022, 7, 1)

_STATUTORY = SeatKind.STATUTORY
_england = cache(england.read)


@dataclass(frozen=True)
class Place:
    """An area to be opened: its names and its seats, each an agency, the kind of seat and the first day."""

    slug: str
    name: str
    partnership_name: str
    seats: tuple[tuple[str, SeatKind, date], ...]
    is_invented: bool = False


INVENTED_BODIES = {
    EDUCATION: ("Hammersmith and Fulham Education Forum", AgencyKind.EDUCATION),
    COUNCIL_1: ("Marlbridge City Council", AgencyKind.LOCAL_AUTHORITY),
    COUNCIL_2: ("Eastvale County Council", AgencyKind.LOCAL_AUTHORITY),
    FORCE: ("Marlbridge and Eastvale Constabulary", AgencyKind.POLICE),
    BOARD_1: ("NHS Marlbridge Integrated Care Board", AgencyKind.HEALTH),
    BOARD_2: ("NHS Eastvale and the Moors Integrated Care Board", AgencyKind.HEALTH),
    **{row.slug: (row.name, row.kind) for row in relevant.AGENCIES},
}


def _london(slug: str, since: date, *more: tuple[str, SeatKind, date]) -> Place:
    partnership = _england().partnership(slug)
    seats = ((slug, _STATUTORY, since), (MET, _STATUTORY, since), (OLD_BOARD, _STATUTORY, BOARDS_BEGAN), *more)
    return Place(slug, partnership.members[0].name, partnership.name, seats)


def hammersmith() -> Place:
    """A partnership of its own since April 2021; education has a seat there that does not sign (invented)."""
    return _london(HAMMERSMITH, date(2021, 4, 1), (EDUCATION, SeatKind.STRATEGIC, date(2024, 1, 1)))


def ealing() -> Place:
    """Shares its police force and its integrated care board with Hammersmith and Fulham."""
    return _london(EALING, date(2019, 9, 29))


def marlbridge() -> Place:
    """Made up: two councils, one force and two integrated care boards, so five statutory seats."""
    since = date(2022, 7, 1)
    seats = tuple((slug, _STATUTORY, since) for slug in (COUNCIL_1, COUNCIL_2, FORCE, BOARD_1, BOARD_2))
    name = "Marlbridge and Eastvale"
    return Place(MARLBRIDGE, name, f"{name} Safeguarding Children Partnership", seats, is_invented=True)


def open_place(place: Place) -> Area:
    """The area with its seats. What is there already, such as from `load_england`, stays as it is."""
    area = Area.objects.filter(slug=place.slug).first() or areas.open_area(
        slug=place.slug,
        name=place.name,
        partnership_name=place.partnership_name,
        by=None,
        is_invented=place.is_invented,
    )
    for slug, kind, since in place.seats:
        body = agency(slug)
        if not Seat.objects.filter(area=area, agency=body).exists():
            areas.open_seat(area=area, agency=body, kind=kind, since=since, by=None)
    return area


def agency(slug: str) -> Agency:
    """The body with this slug, added when it is not there: invented, or from the reference of England."""
    found = Agency.objects.filter(slug=slug).first()
    if found:
        return found
    if slug in INVENTED_BODIES:
        name, kind = INVENTED_BODIES[slug]
        return areas.add_agency(slug=slug, name=name, kind=kind, by=None, is_invented=True)
    name, kind, code = _real(slug)
    return areas.add_agency(slug=slug, name=name, kind=kind, code=code, by=None)


def _real(slug: str) -> tuple[str, AgencyKind, str]:
    known = _england()
    for authority in known.authorities:
        if authority.slug == slug:
            return authority.official_name, AgencyKind.LOCAL_AUTHORITY, authority.gss_code
    for force in known.forces:
        if force.slug == slug:
            return force.name, AgencyKind.POLICE, force.ons_code
    for board in (*known.boards, *known.new_boards):
        if board.slug == slug:
            return board.name, AgencyKind.HEALTH, board.ons_code
    raise england.BadReference(f"There is no body called “{slug}” in the reference of England.")
