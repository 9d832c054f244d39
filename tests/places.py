"""Any number of areas side by side, made through services: reports anywhere on their way, and their submissions.

Where `tests.worlds` has one cast in one area, here the same people serve in as many areas as a page has to show.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unittest import mock

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import services as areas
from partnership.areas.models import AgencyKind, Area, Seat, SeatKind
from partnership.areas.roles import Office
from partnership.deadlines import jobs as deadlines
from partnership.documents import selectors as documents
from partnership.documents import services
from partnership.documents.kinds import kind
from partnership.documents.models import Document, Rendition, RenditionKind, Version
from partnership.files import services as files
from partnership.mail import jobs as mail
from partnership.mail import smtp
from partnership.mail.workflow import Outcome
from partnership.submissions.models import Recipient
from reports import jobs as reports
from tests import worlds
from tests.answered import answer_musts
from tests.kept_states import NOT_AS_IT_BEGAN, kept

SINCE = date(2024, 1, 1)
PDF = b"%PDF-1.7 a final PDF"


@dataclass
class Places:
    """One or more areas, each with two partners of its own; some people may serve in all of them."""

    written_so_far = NOT_AS_IT_BEGAN  # but for what tests/kept_states.py has put back
    people: dict[str, User] = field(default_factory=dict)
    areas: list[Area] = field(default_factory=list)
    seats: dict[str, list[Seat]] = field(default_factory=dict)

    @property
    def area(self) -> Area:
        return self.areas[0]

    def person(self, name: str) -> User:
        if name not in self.people:
            self.people[name] = User.objects.create_user(f"{name}@people.example", None, name=name.title())
        return self.people[name]

    def appoint(self, name: str, office: Office, area: Area, **more: Any) -> None:
        given: dict[str, Any] = {"since": SINCE, "authority": "minute 1", "by": None, **more}
        areas.appoint(person=self.person(name), area=area, office=office, **given)

    def open(self, slug: str = "oakshire") -> Area:
        """An area with a council and a police force, their lead partners, and everybody else."""
        area = areas.open_area(slug=slug, name=slug.title(), partnership_name=f"{slug.title()} Partnership", by=None)
        kinds = (AgencyKind.LOCAL_AUTHORITY, AgencyKind.POLICE)
        names = (f"{slug.title()} Council", f"{slug.title()} Police")
        seats = []
        for number, (which, name) in enumerate(zip(kinds, names, strict=True)):
            agency = areas.add_agency(slug=f"{slug}-{number}", name=name, kind=which, by=None)
            seats.append(areas.open_seat(area=area, agency=agency, kind=SeatKind.STATUTORY, since=SINCE, by=None))
        self.appoint("amina", Office.LSP, area, seat=seats[0])
        self.appoint("ben", Office.LSP, area, seat=seats[1])
        self.appoint("dev", Office.DSP, area, seat=seats[0])
        self.appoint("sana", Office.SCRUTINEER, area)
        self.appoint("gwen", Office.BUSINESS_MANAGER, area)
        self.areas.append(area)
        self.seats[slug] = seats
        return area

    def duties(self) -> None:
        deadlines.open_duties(today=clock.today())

    def begin(self, area: Area | None = None, label: str = "2025-26", key: str = "yearly_report") -> Document:
        which = kind(key)
        period = which.parse_period(label, clock.today())
        return services.begin(area=area or self.area, kind=which, period=period, by=self.person("gwen"))

    def write(self, document: Document) -> Version:
        draft = documents.draft(document)
        assert draft
        for section in draft.sections.all():
            body = f"What there is to say of {section.title.lower()}."
            services.save_section(section=section, body=body, explanation="", seen_revision=0, by=self.person("gwen"))
        answer_musts(draft, self.person("gwen"), self.person("dev"))
        return draft

    @kept
    def send(self, area: Area | None = None, **which: str) -> Version:
        """A report with the lead partners."""
        draft = self.write(self.begin(area, **which))
        return services.send_for_sign_off(version=draft, by=self.person("gwen"))

    def sign(self, version: Version, *names: str) -> Version:
        seats = dict(zip(("amina", "ben"), self.seats[version.document.area.slug], strict=True))
        for name in names or ("amina", "ben"):
            services.sign(
                version=version,
                seat=seats[name],
                seen_sha256=version.sha256 or "",
                by=self.person(name),
                proof=worlds.proof(),
            )
        version.refresh_from_db()
        if not names:
            file = files.put(PDF + version.document.area.slug.encode(), "application/pdf")
            Rendition.objects.create(version=version, kind=RenditionKind.FINAL, file=file, pages=3)
        return version

    @kept
    def publish(self, area: Area | None = None, **which: str) -> Version:
        """A published report, with its submissions in the outbox."""
        self.recipients()
        return worlds.publish(self.sign(self.send(area, **which)), self.person("gwen"))

    def recipients(self) -> None:
        """The addresses of the national bodies."""
        for party in ("national_panel", "foundations"):
            Recipient.objects.get_or_create(
                party=party,
                defaults={
                    "name": party.replace("_", " ").title(),
                    "address": f"{party}@bodies.example",
                    "source": "a test",
                    "evidence": "S",
                    "checked_on": SINCE,
                    "valid_from": SINCE,
                },
            )

    def deliver(self, **outcomes: str) -> None:
        """Let the relay answer every mail of the outbox: accepted, unless a party's mails end otherwise."""

        def answer(*, sender: str, recipient: str, message: bytes, copy_to: str) -> smtp.Report:
            outcome = Outcome(outcomes.get(recipient.partition("@")[0], Outcome.SENT))
            return smtp.Report(outcome, {Outcome.SENT: "250 taken as 42"}.get(outcome, "550 no such mailbox"))

        with mock.patch.object(smtp, "deliver", answer):
            mail.deliver_due()
        reports.follow_submissions()


@kept
def oakshire() -> Places:
    """One area of that name."""
    made = Places()
    made.open()
    return made
