"""A small world for the pages of documents, made by services alone.

Westmere (invented) has two statutory seats, a council and a police force. Gwen is business manager, Femi business
support, Amina signs for the council, Ben for the police; Dev is the council's delegated partner and Chair; Sol
scrutinises; Olu, a councillor, only reads. Eve is business manager of Eastmere and sees nothing of Westmere.
It is 14 September 2026.
"""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import services as areas
from partnership.areas.models import AgencyKind, Area, Seat, SeatKind
from partnership.areas.roles import Office
from partnership.documents import jobs, selectors, services
from partnership.documents.kinds import address_of, kind
from partnership.documents.models import Document, RenditionKind, Version
from partnership.submissions.models import Recipient
from tests import worlds
from tests.answered import answer_musts

MORNING = dt.datetime(2026, 9, 14, 9, tzinfo=clock.LONDON)
SINCE = dt.date(2024, 1, 1)


@dataclass
class World:
    """Everything by name; `document` is the yearly report 2025-26 of Westmere, begun by Gwen."""

    area: Area
    people: dict[str, User]
    seats: dict[str, Seat]
    document: Document
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        """A browser in which this person is signed in."""
        if name not in self.clients:
            self.clients[name] = Client()
            self.clients[name].force_login(self.people[name])
        return self.clients[name]

    def at(self, page: str, *more: object, area: str = "") -> str:
        """The address of a page of the document."""
        return reverse(f"documents:{page}", args=[area or self.area.slug, address_of(self.document), *more])

    def get(self, name: str, page: str, *more: object) -> Any:
        return self.client(name).get(self.at(page, *more))

    def post(
        self, name: str, page: str, *more: object, data: dict[str, Any] | None = None, follow: bool = False
    ) -> Any:
        return self.client(name).post(self.at(page, *more), data or {}, follow=follow)

    @property
    def version(self) -> Version:
        return selectors.current(self.document) or selectors.newest(self.document)

    def write(self, key: str, body: str, by: str = "gwen", seen: int | None = None) -> services.Saved:
        section = self.version.sections.get(key=key)
        revision = section.revision if seen is None else seen
        return services.save_section(
            section=section, body=body, explanation="", seen_revision=revision, by=self.people[by]
        )

    def write_everything(self) -> None:
        for section in self.version.sections.all():
            self.write(section.key, f"The partners wrote about {section.title.lower()}.")
        answer_musts(self.version, self.people["gwen"], self.people["dev"])

    def send(self) -> Version:
        self.write_everything()
        return services.send_for_sign_off(version=self.version, by=self.people["gwen"])

    def sign(self, *names: str) -> Version:
        version = self.version
        for name in names:
            seat = self.seats["council" if name == "amina" else "police"]
            services.sign(
                version=version, seat=seat, seen_sha256=version.sha256 or "", by=self.people[name], proof=worlds.proof()
            )
        version.refresh_from_db()
        return version

    def signed(self, with_pdf: bool = True) -> Version:
        self.send()
        version = self.sign("amina", "ben")
        if with_pdf:
            jobs.render(version, RenditionKind.FINAL)
        return version

    def published(self) -> Version:
        return worlds.publish(self.signed(), self.people["gwen"])


def picture(size: tuple[int, int] = (60, 40), colour: str = "navy") -> bytes:
    """The bytes of a PNG."""
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


def _appoint(person: User, area: Area, office: Office, seat: Seat | None = None) -> None:
    areas.appoint(person=person, area=area, office=office, seat=seat, since=SINCE, authority="Letter", by=None)


def make() -> World:
    """The world of the module's first lines."""
    names = ["gwen", "femi", "amina", "ben", "dev", "sol", "olu", "eve"]
    people = {
        name: User.objects.create_user(f"{name}@westmere.example", name=name.capitalize(), is_invented=True)
        for name in names
    }
    area = areas.open_area(slug="westmere", name="Westmere", partnership_name="Westmere Safeguarding Partners", by=None)
    east = areas.open_area(slug="eastmere", name="Eastmere", partnership_name="Eastmere Safeguarding Partners", by=None)
    bodies = {"council": AgencyKind.LOCAL_AUTHORITY, "police": AgencyKind.POLICE}
    seats = {}
    for name, sort in bodies.items():
        agency = areas.add_agency(slug=name, name=f"Westmere {name.capitalize()}", kind=sort, by=None)
        seats[name] = areas.open_seat(area=area, agency=agency, kind=SeatKind.STATUTORY, since=SINCE, by=None)
    _appoint(people["amina"], area, Office.LSP, seats["council"])
    _appoint(people["ben"], area, Office.LSP, seats["police"])
    _appoint(people["dev"], area, Office.DSP, seats["council"])
    _appoint(people["dev"], area, Office.CHAIR)
    _appoint(people["gwen"], area, Office.BUSINESS_MANAGER)
    _appoint(people["femi"], area, Office.BUSINESS_SUPPORT)
    _appoint(people["sol"], area, Office.SCRUTINEER)
    _appoint(people["olu"], area, Office.OBSERVER)
    _appoint(people["eve"], east, Office.BUSINESS_MANAGER)
    for party in ("national_panel", "foundations"):
        Recipient.objects.create(
            party=party,
            name=party,
            address=f"{party}@example.org",
            source="Test",
            evidence="S",
            checked_on=SINCE,
            valid_from=SINCE,
        )
    report = kind("yearly_report")
    period = report.parse_period("2025-26", clock.today())
    document = services.begin(area=area, kind=report, period=period, by=people["gwen"])
    return World(area, people, seats, document)


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Any) -> Iterator[World]:
    """The small world, its clock held still and its files in a folder of its own."""
    default = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    with clock.frozen(MORNING):
        yield make()
