"""States, made by the services themselves, so that no test holds an impossible object.

The cast, everywhere the same: Amina (LSP, council), Ben (LSP, health), Cerys (LSP, police), Dev (DSP), Eve (chair),
Femi (scrutineer), Gwen (business manager), Harry (business manager of another area), Ines (nobody).
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache

from partnership import clock
from partnership.accounts import services as accounts
from partnership.accounts.confirming import Proof
from partnership.accounts.models import User
from partnership.areas import selectors as area_selectors
from partnership.areas import services as areas
from partnership.areas.models import AgencyKind, Area, Seat, SeatKind
from partnership.areas.roles import SEATED, Office, Permission, offices_with
from partnership.briefings import jobs as briefings
from partnership.deadlines import jobs as deadlines
from partnership.documents import jobs as documents_jobs
from partnership.documents import selectors as documents_selectors
from partnership.documents import services as documents
from partnership.documents.kinds import kind
from partnership.documents.models import Document, Nature, Version
from partnership.files import services as files
from partnership.files.models import StoredFile
from partnership.guidance import loader
from partnership.mail.models import OutgoingMail
from partnership.submissions.models import Recipient
from tests.answered import answer_musts
from tests.kept_states import kept

SINCE = date(2024, 1, 1)
PASSWORD = "a long enough pass phrase"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of every test person's app
_numbers = count(1)


@dataclass
class World:
    """One area and the people in it, with a second area beside it that must never show."""

    area: Area
    council: Seat
    health: Seat
    police: Seat
    people: dict[str, User]
    other_area: Area
    documents: dict[str, Document] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError as error:
            raise AttributeError(name) from error


def person(name: str) -> User:
    """Somebody with an account, a password, an app that shows codes, and no office."""
    address = f"{name.lower().replace(' ', '.')}{next(_numbers)}@practice.example"
    user = User.objects.create_user(address, PASSWORD, name=name)
    totp.TOTP.activate(user, SECRET)
    return user


def operator(name: str = "Ros") -> User:
    """Somebody who operates the service, and holds no office."""
    who = person(name)
    accounts.grant_operator(person=who, since=clock.today(), reason="Runs it.", by="The first operator")
    return who


def code(secret: str = SECRET) -> str:
    """What the app of every test person shows now. A code is good once; here it may be used by each that asks."""
    cache.clear()
    return codes(secret)[1]


def codes(secret: str = SECRET) -> list[str]:
    """The codes that count now: of the half minute before, this one, and the next."""
    counters = totp.yield_hotp_counters_from_time()
    return [totp.format_hotp_value(totp.hotp_value(secret, counter)) for counter in counters]


def link_in_newest_letter(path: str) -> str:
    """The address in the newest letter that has this path in it."""
    words = OutgoingMail.objects.latest("pk").text.split()
    return next(word for word in words if path in word)


def area(name: str) -> Area:
    """An empty area."""
    slug = f"{name.lower()}-{next(_numbers)}"
    return areas.open_area(slug=slug, name=name, partnership_name=f"{name} Safeguarding Children Partnership", by=None)


def seat(of: Area, name: str, agency_kind: AgencyKind, seat_kind: SeatKind = SeatKind.STATUTORY) -> Seat:
    """A new agency with a seat in an area."""
    agency = areas.add_agency(slug=f"agency-{next(_numbers)}", name=name, kind=agency_kind, by=None)
    return areas.open_seat(area=of, agency=agency, kind=seat_kind, since=SINCE, by=None)


def appoint(who: User, office: Office, of: Area, seat: Seat | None = None, **more: object) -> None:
    """Put somebody into an office from 1 January 2024."""
    details = {"since": SINCE, "authority": "Letter of appointment", "by": None, **more}
    areas.appoint(person=who, area=of, office=office, seat=seat, **details)


def hold(who: User, office: Office, of: Area, **more: object) -> None:
    """Put somebody into any office that can be given, with all that it asks for: a seat, a sub-group, a delegation."""
    place = None
    if office in SEATED or office == Office.CHAIR:
        kind = AgencyKind.LOCAL_AUTHORITY if office == Office.LSP else AgencyKind.OTHER
        rank = SeatKind.STATUTORY if office == Office.LSP else SeatKind.STRATEGIC
        place = seat(of, f"The body of {who.name}", kind, rank)
    if office == Office.CHAIR:
        appoint(who, Office.DSP, of, place, **more)
    sub_group = {"sub_group": "Learning and improvement"} if office == Office.SUB_GROUP_CHAIR else {}
    appoint(who, office, of, place if office in SEATED else None, **{**sub_group, **more})


def letter() -> StoredFile:
    """A letter on file, as an acting lead partner needs it to sign."""
    return files.put(b"%PDF-1.7 a letter that says so", "application/pdf")


@kept
def area_with_its_cast() -> World:
    """Amina, Ben and Cerys sign; Dev and Eve are delegated partners, Eve is chair; Femi scrutinises; Gwen manages."""
    here, there = area("Ashdown"), area("Otherham")
    council = seat(here, "Ashdown Council", AgencyKind.LOCAL_AUTHORITY)
    health = seat(here, "NHS Ashdown Integrated Care Board", AgencyKind.HEALTH)
    police = seat(here, "Ashdown Police", AgencyKind.POLICE)
    names = ["Amina", "Ben", "Cerys", "Dev", "Eve", "Femi", "Gwen", "Harry", "Ines", "Olu"]
    people = {name.lower(): person(name) for name in names}
    for name, place in (("amina", council), ("ben", health), ("cerys", police)):
        appoint(people[name], Office.LSP, here, place)
    appoint(people["dev"], Office.DSP, here, council)
    appoint(people["eve"], Office.DSP, here, police)
    appoint(people["eve"], Office.CHAIR, here)
    appoint(people["femi"], Office.SCRUTINEER, here)
    appoint(people["gwen"], Office.BUSINESS_MANAGER, here)
    appoint(people["harry"], Office.BUSINESS_MANAGER, there)
    their_council = seat(there, "Otherham Council", AgencyKind.LOCAL_AUTHORITY)
    appoint(people["olu"], Office.LSP, there, their_council)
    return World(here, council, health, police, people, there)


def briefed() -> str:
    """Every area that is in use was so before Working Together 2026 came, and has its briefing. Returns the edition."""
    briefings.brief(today=date(2026, 1, 5))
    briefings.brief(today=clock.today())
    return "wt2026"


def national_bodies() -> None:
    """The addresses that a yearly report goes to, at example domains."""
    for recipient in loader.edition("wt2023").recipients_for("yearly_report"):
        Recipient.objects.get_or_create(
            party=recipient.party,
            valid_until=None,
            defaults={
                "name": recipient.name,
                "address": f"{recipient.party.replace('_', '-')}@practice.example",
                "source": recipient.source,
                "evidence": recipient.evidence,
                "checked_on": SINCE,
                "valid_from": SINCE,
            },
        )


@kept
def begun(world: World, kind_key: str = "yearly_report", label: str = "2025-26") -> Document:
    """A document that Gwen has just begun; its duty is open."""
    national_bodies()
    deadlines.open_duties(today=clock.today())
    what = kind(kind_key)
    period = what.parse_period(label, clock.today())
    return documents.begin(area=world.area, kind=what, period=period, by=world.gwen)


@kept
def written(world: World, kind_key: str = "yearly_report", label: str = "2025-26") -> Version:
    """A draft with a text in every section, so that nothing stops its sending."""
    document = begun(world, kind_key, label)
    version = documents_selectors.draft(document)
    assert version is not None
    for section in version.sections.all():
        write(section, f"What we say about {section.title.lower()}.", world.gwen)
    answer_musts(version, world.gwen, world.dev)
    return version


def write(section: object, body: str, by: User, explanation: str = "") -> documents.Saved:
    """Save a section as somebody who has just opened it."""
    seen = section.revision  # type: ignore[attr-defined]
    return documents.save_section(section=section, body=body, explanation=explanation, seen_revision=seen, by=by)  # type: ignore[arg-type]


@kept
def in_sign_off(world: World, kind_key: str = "yearly_report", label: str = "2025-26") -> Version:
    """A version that waits for every signature."""
    return documents.send_for_sign_off(version=written(world, kind_key, label), by=world.gwen)


def proof() -> Proof:
    """That somebody has just shown who they are."""
    return Proof("A code from an app", clock.now())


def sign(version: Version, seat: Seat, by: User) -> None:
    """One signature under the text as it is."""
    documents.sign(version=version, seat=seat, seen_sha256=version.sha256 or "", by=by, proof=proof())


def signed_by_all(world: World, version: Version) -> Version:
    """The same version, signed by every lead partner, with its final PDF."""
    for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
        sign(version, place, who)
    documents_jobs.render_missing()
    return Version.objects.select_related("document__area").get(pk=version.pk)


@kept
def signed(world: World, kind_key: str = "yearly_report", label: str = "2025-26") -> Version:
    """A version that everybody has signed, with its final PDF made by the real renderer."""
    return signed_by_all(world, in_sign_off(world, kind_key, label))


@kept
def published(world: World, kind_key: str = "yearly_report", label: str = "2025-26") -> Version:
    """A published version."""
    return publish(signed(world, kind_key, label), world.gwen)


def publish(version: Version, by: User, **plan: Any) -> Version:
    """One person proposes to publish, at once unless `plan` says otherwise, and a second one of the area confirms it."""
    what = kind(version.document.kind)
    if what.comes_into_force:
        plan.setdefault("in_force_from", max(version.document.period.lower, clock.today()))
    proposal = documents.propose_publication(version=version, by=by, **plan)
    documents.agree(proposal=proposal, by=second_person(version.document.area, by))
    return Version.objects.select_related("document__area").get(pk=version.pk)


def correct(version: Version, by: User, nature: Nature = Nature.MATERIAL, reason: str = "A sum was wrong.") -> Version:
    """Begin a new version: of what was public, as a correction of that kind."""
    said = {"nature": nature, "reason": reason} if version.published_at else {}
    return documents.begin_correction(version=version, by=by, **said)


def second_person(area: Area, first: User) -> User:
    """Somebody of an area who may confirm what `first` proposed to publish."""
    held = area_selectors.in_force(area, clock.today()).filter(office__in=offices_with(Permission.CONFIRM_PUBLICATION))
    return held.exclude(person=first).order_by("pk")[0].person
