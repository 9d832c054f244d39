"""Arrangements of Oakshire with relevant agencies, all through services: two with an address, one without."""

import re
from dataclasses import dataclass

from arrangements.models import AgencyNotice
from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import AgencyKind, Seat
from partnership.documents.models import Version
from tests.kept_states import kept
from tests.places import Places

SCHOOL, CHARITY, CLUB = "Oakshire School", "Oakshire Help", "Oakshire Swimmers"


def name_agency(places: Places, name: str, address: str = "", contact: str = "The head") -> Seat:
    """Gwen names a relevant agency."""
    known = areas.add_agency(
        slug=f"r-{name.lower().replace(' ', '-')}", name=name, kind=AgencyKind.OTHER, by=None, is_invented=True
    )
    return areas.name_relevant_agency(
        area=places.area, agency=known, category="voluntary", reason="It works with families.", since=clock.today(),
        contact_name=contact, contact_email=address, by=places.person("gwen"),
    )  # fmt: skip


@dataclass
class Told:
    """Published arrangements, and the seats of the three agencies."""

    places: Places
    version: Version
    seats: dict[str, Seat]

    def notice(self, name: str = SCHOOL) -> AgencyNotice:
        return AgencyNotice.objects.get(version=self.version, agency_name=name)

    def token(self, name: str = SCHOOL) -> str:
        """As the agency reads it: out of the message."""
        return token_in(self.notice(name).mail.text)


def token_in(text: str) -> str:
    found = re.search(r"/acknowledge/([\w-]+)/", text)
    assert found
    return found[1]


@kept
def _published(places: Places, label: str) -> tuple[dict[str, Seat], Version]:
    seats = {
        SCHOOL: name_agency(places, SCHOOL, "school@agencies.example"),
        CHARITY: name_agency(places, CHARITY, "charity@agencies.example"),
        CLUB: name_agency(places, CLUB),
    }
    return seats, places.publish(label=label, key="arrangements")


def publish(places: Places, label: str = "2026") -> Told:
    """Name the agencies and publish."""
    seats, version = _published(places, label)
    return Told(places, version, seats)
