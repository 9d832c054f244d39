"""Stores the bodies and partnerships of England from the reference files, through the services, adding only what is missing."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from partnership.areas import services as areas
from partnership.areas.england import Authority, Board, England, Force, Partnership
from partnership.areas.models import Agency, AgencyKind, Area, Seat, SeatKind, Succession

# The reference tells of the year 2025-26; for how long it had been so before is not known, so seats have no first day.
KNOWN_FROM = date(2025, 4, 1)
BOARDS_CHANGED = date(2026, 4, 1)

# Where the name of the body does not begin with the name of the place.
NAMES = {"cornwall-and-the-isles-of-scilly": "Cornwall and the Isles of Scilly"}

Body = Authority | Force | Board
Span = tuple[date | None, date | None]


@dataclass
class Added:
    """How much was added; what was there already is not counted."""

    areas: int = 0
    agencies: int = 0
    seats: int = 0
    successions: int = 0


@dataclass
class _Known:
    """What the database holds, by slug, read once instead of asked for row by row."""

    areas: dict[str, Area] = field(default_factory=lambda: {area.slug: area for area in Area.objects.all()})
    agencies: dict[str, Agency] = field(default_factory=lambda: {body.slug: body for body in Agency.objects.all()})
    seats: set[tuple[int, int]] = field(
        default_factory=lambda: set(Seat.objects.values_list("area_id", "agency_id").iterator())
    )


@transaction.atomic
def load(england: England) -> Added:
    """Add every body, partnership and seat that is not there yet, and who took over from whom."""
    added, known = Added(), _Known()
    bodies: tuple[Body, ...] = (*england.authorities, *england.forces, *england.boards, *england.new_boards)
    for body in bodies:
        _add_agency(body, known, added)
    for partnership in england.partnerships:
        _add_partnership(england, partnership, known, added)
    _add_successions(england, known, added)
    return added


def _add_agency(body: Body, known: _Known, added: Added) -> None:
    if body.slug in known.agencies:
        return
    name, kind, code = _described(body)
    known.agencies[body.slug] = areas.add_agency(slug=body.slug, name=name, kind=kind, code=code, by=None)
    added.agencies += 1


def _described(body: Body) -> tuple[str, AgencyKind, str]:
    match body:
        case Authority():
            return body.official_name, AgencyKind.LOCAL_AUTHORITY, body.gss_code
        case Force():
            return body.name, AgencyKind.POLICE, body.ons_code
        case Board():
            return body.name, AgencyKind.HEALTH, body.ons_code


def _add_partnership(england: England, partnership: Partnership, known: _Known, added: Added) -> None:
    area = known.areas.get(partnership.slug)
    if area is None:
        area = areas.open_area(
            slug=partnership.slug, name=name_of(partnership), partnership_name=partnership.name, by=None
        )
        known.areas[area.slug] = area
        added.areas += 1
    for body, (since, until) in seats_of(england, partnership).items():
        agency = known.agencies[body.slug]
        if (area.pk, agency.pk) in known.seats:
            continue
        areas.open_seat(area=area, agency=agency, kind=SeatKind.STATUTORY, since=since, until=until, by=None)
        known.seats.add((area.pk, agency.pk))
        added.seats += 1


def name_of(partnership: Partnership) -> str:
    """The place without the words for the body, such as `Leeds` or `Bath and North East Somerset`."""
    if partnership.slug in NAMES:
        return NAMES[partnership.slug]
    if len(partnership.members) == 1:
        return partnership.members[0].name
    name = partnership.name
    for ending in ("Safeguarding", "Local Safeguarding", "Multi-Agency", "Children"):
        name = name.split(f" {ending}")[0]
    return name


def seats_of(england: England, partnership: Partnership) -> dict[Body, Span]:
    """Every statutory seat with its days: councils and forces without an end, boards as of the change of April 2026."""
    always: Span = (None, None)
    seats: dict[Body, Span] = dict.fromkeys((*partnership.members, *partnership.forces), always)
    before = _boards(england, partnership, KNOWN_FROM)
    after = _boards(england, partnership, BOARDS_CHANGED)
    for board in dict.fromkeys((*before, *after)):
        seats[board] = (None if board in before else BOARDS_CHANGED, None if board in after else BOARDS_CHANGED)
    return seats


def _boards(england: England, partnership: Partnership, day: date) -> tuple[Board, ...]:
    """A partner is any board for any part of the area (Children Act 2004, section 16E), however small its share."""
    return tuple(board for member in partnership.members for board in england.boards_on(member, day))


def _add_successions(england: England, known: _Known, added: Added) -> None:
    """The seats have their days already, so this records who followed whom, for the whole area or for a part."""
    there = set(Succession.objects.values_list("predecessor__slug", "successor__slug"))
    for change in england.successions:
        pair = (change.predecessor.slug, change.successor.slug)
        if change.extent == "continues" or pair in there:
            continue
        areas.succeed(
            predecessor=known.agencies[pair[0]],
            successor=known.agencies[pair[1]],
            on=change.on,
            note=change.part or "The whole area.",
            by=None,
        )
        added.successions += 1
