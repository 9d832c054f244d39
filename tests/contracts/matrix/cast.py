"""Who asks: each office here and elsewhere, and everybody whose office is over, not yet, suspended, shared or none."""

from datetime import date, timedelta

from django.contrib.auth.models import Permission as ModelPermission
from django.test import Client

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import services as areas
from partnership.areas.models import Appointment, Area, Basis
from partnership.areas.roles import APPOINTABLE, OFFICES, Office, Permission
from partnership.documents.models import Document, DocumentShare
from tests import worlds

# Each actor with the offices that count here today, and where they stand.
ACTORS: dict[str, tuple[frozenset[Office], str]] = {
    **{f"{office.value} here": (frozenset({office}), "here") for office in APPOINTABLE},
    **{f"{office.value} elsewhere": (frozenset({office}), "elsewhere") for office in APPOINTABLE},
    "in both areas": (frozenset({Office.OBSERVER}), "here"),
    "manager elsewhere, observer here": (frozenset({Office.OBSERVER}), "here"),
    "expired": (frozenset(), "nowhere"),
    "future": (frozenset(), "nowhere"),
    "suspended": (frozenset(), "nowhere"),
    "guest reader": (frozenset(), "guest"),
    "guest whose time is over": (frozenset(), "nowhere"),
    "without office": (frozenset(), "nowhere"),
    "operator": (frozenset(), "operator"),
    "deactivated": (frozenset(), "gone"),
    "anonymous": (frozenset(), "anonymous"),
}


def rights_of(actor: str) -> set[Permission]:
    """What the actor may do here today. A chair is a delegated partner too, as the database demands."""
    offices, _ = ACTORS[actor]
    offices |= {Office.DSP} if Office.CHAIR in offices else set()
    return set().union(*(OFFICES[office].permissions for office in offices))


def cast(world: worlds.World, document: Document) -> dict[str, User | None]:
    """One account for each actor."""
    people: dict[str, User | None] = {"anonymous": None}
    for office in APPOINTABLE:
        for where, area in (("here", world.area), ("elsewhere", world.other_area)):
            people[f"{office.value} {where}"] = _holder(office, area, world, where)
    people |= _out_of_office(world)
    people |= _in_two_areas(world)
    people["guest reader"] = _guest("guest", document, world, hours=1)
    people["operator"] = worlds.operator("operator")
    people["guest whose time is over"] = _guest("late guest", document, world, hours=-1)
    return people


def _holder(office: Office, area: Area, world: worlds.World, where: str) -> User:
    known = {"lsp here": world.amina, "chair here": world.eve, "scrutineer here": world.femi}
    if f"{office.value} {where}" in known:
        return known[f"{office.value} {where}"]
    person = worlds.person(f"{office.value}-{where}")
    if f"{office.value} {where}" == "dsp here":  # beside Eve, so that both may sign the review of their agency
        worlds.appoint(person, office, area, world.police, basis=Basis.INTERIM)
    else:
        worlds.hold(person, office, area)
    return person


def _out_of_office(world: worlds.World) -> dict[str, User | None]:
    """Whoever had, will have or has lost an office with every right of a business manager."""
    today = clock.today()
    spans = {
        "expired": (date(2024, 1, 1), today),
        "future": (today + timedelta(1), None),
        "suspended": (date(2024, 1, 1), None),
        "deactivated": (date(2024, 1, 1), None),
    }
    people: dict[str, User | None] = {"without office": worlds.person("nobody")}
    for name, (since, until) in spans.items():
        people[name] = worlds.person(name)
        worlds.appoint(people[name], Office.BUSINESS_MANAGER, world.area, since=since, until=until)
    _suspend(people["suspended"], world)
    User.objects.filter(pk=people["deactivated"].pk).update(is_active=False)
    return people


def _suspend(person: User | None, world: worlds.World) -> None:
    """Take every right from somebody's office."""
    areas.suspend(appointment=Appointment.objects.get(person=person), reason="An inquiry is open.", by=world.gwen)


def _in_two_areas(world: worlds.World) -> dict[str, User | None]:
    people: dict[str, User | None] = {}
    for name, there in (
        ("in both areas", Office.OBSERVER),
        ("manager elsewhere, observer here", Office.BUSINESS_MANAGER),
    ):
        people[name] = worlds.person(name.partition(" ")[0])
        worlds.appoint(people[name], Office.OBSERVER, world.area)
        worlds.appoint(people[name], there, world.other_area)
    return people


def _guest(name: str, document: Document, world: worlds.World, *, hours: int) -> User:
    """Somebody with whom the document is shared by name until a moment before or after now."""
    guest = worlds.person(name.replace(" ", "-"))
    DocumentShare.objects.create(
        user=guest,
        permission=ModelPermission.objects.get(codename="view_document", content_type__app_label="documents"),
        content_object=document,
        reason="To read along.",
        expires_at=clock.now() + timedelta(hours=hours),
        shared_by=world.gwen,
    )
    return guest


def client_of(user: User | None) -> Client:
    """A browser in which this person is signed in; a person without rights may try all the same."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
        client.get("/")  # what a first request writes into a session belongs to no cell
    return client
