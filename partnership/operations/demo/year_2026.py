"""From March to September 2026: two more areas, a new integrated care board, and where the work stands on 14 September."""

from datetime import date

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment, Area, Seat, SeatKind, Succession
from partnership.deadlines import jobs as deadlines
from partnership.operations.demo import accounts_of_effect, cast, effects, money, numbers, offices, places, walk
from partnership.operations.demo.places import CHANGE_OF_BOARDS, EALING, HAMMERSMITH, MARLBRIDGE
from partnership.operations.demo.years_2024_25 import ARRANGEMENTS, GWEN, REPORT, RUKHSANA, TOMASZ
from scrutiny import services as scrutiny
from scrutiny.models import Position

LABEL = "2025-26"
AMINA, ADRIAN = "amina.yusuf", "adrian.cole"


def other_areas_are_open() -> bool:
    """Whether the second and the third area are there with their people."""
    return Appointment.objects.filter(area__slug=MARLBRIDGE).exists()


def other_areas() -> None:
    """2 March 2026: Ealing and the invented area are opened."""
    with cast.at("2026-03-02 10:00"):
        places.open_place(places.ealing())
        places.open_place(places.marlbridge())
        cast.appoint(offices.OTHER_OFFICES)


def boards_have_changed() -> bool:
    """Whether somebody holds the seat of the new board."""
    return Appointment.objects.filter(seat__agency__slug=places.NEW_BOARD).exists()


def change_of_boards() -> None:
    """1 April 2026: one integrated care board takes over from another, and its chief executive is the new partner."""
    with cast.at("2026-04-01 09:00"):
        old, new = places.agency(places.OLD_BOARD), places.agency(places.NEW_BOARD)
        if not Succession.objects.filter(predecessor=old, successor=new).exists():
            note = "The Integrated Care Boards of England were reorganised on 1 April 2026."
            areas.succeed(predecessor=old, successor=new, on=CHANGE_OF_BOARDS, by=None, note=note)
        # Where the reference of England was loaded first, the seats had their last day already, and the people had not.
        left = Appointment.objects.filter(seat__agency=old, during__contains=CHANGE_OF_BOARDS)
        for appointment in left:
            areas.end_appointment(appointment=appointment, until=CHANGE_OF_BOARDS, by=None)
        for slug in (HAMMERSMITH, EALING):
            _seat_of_the_new_board(cast.area(slug))
        cast.appoint(offices.OFFICES_SINCE_APRIL_2026)
        deadlines.open_duties(today=clock.today())


def _seat_of_the_new_board(area: Area) -> None:
    new = places.agency(places.NEW_BOARD)
    if not Seat.objects.filter(area=area, agency=new).exists():
        areas.open_seat(area=area, agency=new, kind=SeatKind.STATUTORY, since=CHANGE_OF_BOARDS, by=None)


def hammersmith_draft() -> None:
    """A draft with something to mend: sections to write, a table without its caption, one challenge to answer."""
    gwen = cast.person(GWEN)
    document = walk.begin(HAMMERSMITH, REPORT, LABEL, by=GWEN, at="2026-04-20 09:30")
    with cast.at("2026-05-11 14:45"):
        money.record_invented(document.area, 2025, money.HAMMERSMITH_LATER[2025], gwen)
        money.record_invented_spending(document.area, 2025, gwen)
        numbers.record(document.area, numbers.HAMMERSMITH_2025, numbers.YEAR.end, gwen)
    walk.write(document, "hammersmith-report-2025-26", by=(GWEN, RUKHSANA, TOMASZ), first=date(2026, 6, 8))
    femi = cast.person("femi.adeyemi")
    with cast.at("2026-07-06 10:20"):
        answered = scrutiny.raise_challenge(
            document=document,
            section_key="audits_and_data",
            text="Contacts rose by a tenth in a year. The draft gives the number and no reason. What do the partners "
            "think lies behind it, and how would they know?",
            by=femi,
        )
    with cast.at("2026-07-20 16:40"):
        scrutiny.answer(
            challenge=answered,
            position=Position.ACCEPT,
            text="The rise came with the new reporting form for schools. We compared the two terms before and after it, "
            "and the section now says so.",
            by=cast.person(RUKHSANA),
        )
    effects.tell(document, accounts_of_effect.HAMMERSMITH_2025, by=GWEN, at="2026-09-02 15:00")
    with cast.at("2026-09-08 11:05"):
        scrutiny.raise_challenge(
            document=document,
            section_key="training",
            text="The draft counts people who were trained. What is different for children because of it?",
            by=femi,
        )


def ealing_sign_off() -> None:
    """A complete report that waits for signatures: the council's is there, the police's and the board's are not."""
    document = walk.begin(EALING, REPORT, LABEL, by=AMINA, at="2026-04-27 10:15")
    with cast.at("2026-05-18 10:00"):
        money.record_invented(document.area, 2025, money.EALING_2025, cast.person(AMINA))
        numbers.record(document.area, numbers.EALING_2025, numbers.YEAR.end, cast.person(AMINA))
    walk.write(document, "ealing-report-2025-26", by=(AMINA, "jack.turner", "shabnam.hussain"), first=date(2026, 6, 15))
    effects.tell(document, accounts_of_effect.EALING_2025, by=AMINA, at="2026-09-07 10:00")
    version = walk.send(document, by=AMINA, at="2026-09-10 11:00")
    walk.prove(version, at="2026-09-10 11:01")
    walk.sign(version, seat=EALING, by="michael.brennan", at="2026-09-11 08:35")


def ealing_arrangements() -> None:
    """Arrangements for 2026 that somebody has begun to write."""
    with cast.at("2026-04-29 15:10"):
        cast.name_agencies(EALING, by=AMINA)
    document = walk.begin(EALING, ARRANGEMENTS, "2026", by=AMINA, at="2026-05-05 13:00")
    walk.write(document, "ealing-arrangements-2026", by=(AMINA,), first=date(2026, 5, 11))


def marlbridge_draft() -> None:
    """The invented area has begun its report; five lead partners will sign it."""
    document = walk.begin(MARLBRIDGE, REPORT, LABEL, by=ADRIAN, at="2026-06-01 09:00")
    with cast.at("2026-06-08 15:20"):
        money.record_invented(document.area, 2025, money.MARLBRIDGE_2025, cast.person(ADRIAN))
        numbers.record(document.area, numbers.MARLBRIDGE_2025, numbers.YEAR.end, cast.person(ADRIAN))
    walk.write(document, "marlbridge-report-2025-26", by=(ADRIAN, "zara.iqbal"), first=date(2026, 6, 10))
