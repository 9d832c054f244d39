"""April 2026: the days on which the lead partners of Hammersmith and Fulham meet, and one that was called off."""

from datetime import date

from partnership.areas.models import LeadMeeting
from partnership.deadlines.meetings import call_off_meeting, record_meeting
from partnership.operations.demo import cast
from partnership.operations.demo.places import HAMMERSMITH
from partnership.operations.demo.years_2024_25 import GWEN

CALLED = "Lead safeguarding partners’ meeting"
DAYS = (date(2026, 6, 17), date(2026, 9, 16), date(2026, 9, 23), date(2026, 12, 9))
MOVED = date(2026, 9, 16)


def is_told() -> bool:
    """Whether any of these days is on record."""
    return LeadMeeting.objects.filter(area__slug=HAMMERSMITH).exists()


def tell() -> None:
    """Four days, of which one gave way to the next: the report is signed for the meeting of 23 September."""
    area, gwen = cast.area(HAMMERSMITH), cast.person(GWEN)
    with cast.at("2026-04-08 10:15"):
        rows = {on: record_meeting(area=area, on=on, called=CALLED, by=gwen) for on in DAYS}
    with cast.at("2026-07-07 15:30"):
        call_off_meeting(meeting=rows[MOVED], reason="Two of the three are away; they meet a week later.", by=gwen)
