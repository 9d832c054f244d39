"""The access matrix: every URL of the resolver × method × actor × state of the document, both must-allow and must-deny."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission as ModelPermission
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from partnership import clock
from partnership.accounts.models import User
from partnership.areas.models import Basis
from partnership.areas.roles import OFFICES, Office, Permission
from partnership.documents.models import Document, DocumentShare
from partnership.funding import services as funding
from partnership.funding.models import ContributionKind
from partnership.guidance.financial_years import FinancialYear
from scrutiny import services as scrutiny
from tests import worlds
from tests.contracts.access_policy import AREA, DOCUMENT, POLICY, PUBLIC, SIGNED_IN, Rule

Url = tuple[str, frozenset[str]]
STATES = ("draft", "in_sign_off", "signed", "published", "returned")
# Pages about one seat or one act say no in their own way where the permission is there and the rest is not.
OWN_RULES = {"documents:sign", "documents:return", "documents:signed"}


def urls(resolver: URLResolver | None = None, space: str = "", outer: frozenset[str] = frozenset()) -> Iterator[Url]:
    """Every named address of the service with the names of its arguments, found from the resolver itself."""
    for entry in (resolver or get_resolver()).url_patterns:
        arguments = outer | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from urls(entry, f"{space}{entry.namespace}:" if entry.namespace else space, arguments)
        else:
            yield f"{space}{entry.name}", arguments


def test_every_address_is_listed_with_who_may_open_it():
    assert {name for name, _ in urls()} == set(POLICY)


ACTORS = {
    **{f"{office.value} here": ({office}, "here") for office in Office},
    **{f"{office.value} elsewhere": ({office}, "elsewhere") for office in Office},
    "expired": (set(), "here"),
    "future": (set(), "here"),
    "in both areas": ({Office.OBSERVER}, "both"),
    "guest reader": (set(), "guest"),
    "guest whose time is over": (set(), "nowhere"),
    "without office": (set(), "nowhere"),
    "deactivated": (set(), "gone"),
    "anonymous": (set(), "anonymous"),
}


def cast(world: worlds.World, document) -> dict[str, User | None]:
    """One account for each actor. Chairs are delegated partners too, as the database demands."""
    today = clock.today()
    people: dict[str, User | None] = {"anonymous": None}
    for office in Office:
        for where, area in (("here", world.area), ("elsewhere", world.other_area)):
            people[f"{office.value} {where}"] = _holder(office, area, world, where)
    for name, span in (("expired", (date(2024, 1, 1), today)), ("future", (today + timedelta(1), None))):
        people[name] = worlds.person(name)
        worlds.appoint(people[name], Office.BUSINESS_MANAGER, world.area, since=span[0], until=span[1])
    people["in both areas"] = worlds.person("both")
    for area in (world.area, world.other_area):
        worlds.appoint(people["in both areas"], Office.OBSERVER, area)
    people["without office"] = worlds.person("nobody")
    people["deactivated"] = worlds.person("gone")
    worlds.appoint(people["deactivated"], Office.BUSINESS_MANAGER, world.area)
    User.objects.filter(pk=people["deactivated"].pk).update(is_active=False)
    for name, hours in (("guest reader", 1), ("guest whose time is over", -1)):
        people[name] = _guest(name, document, world, hours)
    return people


def _holder(office: Office, area, world: worlds.World, where: str) -> User:
    here = {Office.LSP: world.amina, Office.CHAIR: world.eve}
    if where == "here" and office in here:
        return here[office]
    person = worlds.person(f"{office.value}-{where}")
    if office in {Office.LSP, Office.DSP, Office.CHAIR}:
        place = worlds.seat(area, f"A body for {office.value} {where}", "other", "strategic")
        first = Office.DSP if office == Office.CHAIR else office
        worlds.appoint(person, first, area, place, basis=Basis.SUBSTANTIVE)
        if office != Office.CHAIR:
            return person
    worlds.appoint(person, office, area)
    return person


def _guest(name: str, document: Document, world: worlds.World, hours: int) -> User:
    guest = worlds.person(name)
    DocumentShare.objects.create(
        user=guest,
        permission=ModelPermission.objects.get(codename="view_document", content_type__app_label="documents"),
        content_object=document,
        reason="To read along.",
        expires_at=clock.now() + timedelta(hours=hours),
        shared_by=world.gwen,
    )
    return guest


def in_state(world: worlds.World, state: str):
    """The report in one state, with a challenge on it, through the services alone."""
    version = worlds.written(world)
    challenge = scrutiny.raise_challenge(document=version.document, text="Show the effect.", by=world.femi)
    scrutiny.answer(challenge=challenge, position="accept", text="We will.", by=world.dev)
    if state == "draft":
        return version
    version = worlds.documents.send_for_sign_off(version=version, by=world.gwen)
    if state == "returned":
        worlds.documents.return_for_changes(version=version, seat=world.health, reason="Old figures.", by=world.ben)
    elif state != "in_sign_off":
        for place, who in ((world.council, world.amina), (world.health, world.ben), (world.police, world.cerys)):
            worlds.sign(version, place, who)
        worlds.documents_jobs.render_missing()
        if state == "published":
            worlds.documents.publish(version=version, by=world.gwen)
    version.refresh_from_db()
    return version


def address(name: str, arguments: frozenset[str], world: worlds.World, version, things: dict[str, object]) -> str:
    """The address of a URL for this world."""
    known = {
        "area": world.area.slug,
        "document": f"yearly-report/{version.document.period_label}",
        "key": "forged" if name.startswith("account") else "funding",
        "number": 1 if name.startswith("scrutiny") else version.number,
        "other": version.number,
        "picture": 0,
        "pk": 0,
        "post": 0,
        "seat": world.council.pk,
        "sha256": "0" * 64,
        "year": "2025-26",
        "token": "forged",
        "uidb36": "1",
        "name": "1-00000000.eml",
        "kind": "yearly-report" if name == "documents:begin" else "proof",
        **things,
    }
    return reverse(name, kwargs={argument: known[argument] for argument in arguments})


def expected(rule: Rule, method: str, actor: str) -> set[int]:
    """The answers that are right for this actor.

    404: the object is not there in this state, such as a proof before freezing. 409: the right, but not now.
    """
    offices, where = ACTORS[actor]
    if rule.scope == PUBLIC:
        return {200, 302, 400, 403, 404, 405, 410}
    if where in {"anonymous", "gone"}:
        return {302}
    if rule.scope == SIGNED_IN:
        return {200, 204, 302, 404, 405, 409}
    if where == "guest":
        return _expected_of_a_guest(rule, method)
    if not (where in {"here", "both"} and offices):
        return {404, 405}
    right = rule.get if method == "GET" else rule.post
    if right is None:
        return {405}
    held = set().union(*(OFFICES[office].permissions for office in offices))
    if Office.CHAIR in offices:
        held |= OFFICES[Office.DSP].permissions
    return {200, 302, 400, 404, 409} if right in held else {403, 404}


def _expected_of_a_guest(rule: Rule, method: str) -> set[int]:
    """A guest reads one document, sees a list with only that one in it, and does nothing."""
    if method == "GET" and rule.get == Permission.VIEW_AREA:
        return {200, 302, 404}
    return {403, 404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_every_actor_gets_the_right_answer_at_every_address(state):
    world = worlds.area_with_its_cast()
    version = in_state(world, state)
    contribution = funding.record_contribution(
        area=world.area,
        year=FinancialYear(2025),
        payer="Ashdown Council",
        kind=ContributionKind.CASH,
        amount=Decimal(5),
        by=world.gwen,
    )
    things = {"contribution": contribution.pk, "duty": version.document.duties.get().pk}
    things["text"] = version.sections.get(key="funding").texts.first().pk
    submission = version.submissions.first()
    things["submission"] = submission.pk if submission else 0
    people = cast(world, version.document)
    clients = {actor: _client(user) for actor, user in people.items()}
    wrong, cells, allowed = [], 0, 0
    for name, arguments in urls():
        rule = POLICY[name]
        if rule.scope not in {AREA, DOCUMENT} and state != "draft":
            continue  # these know nothing of documents: once is enough
        where = address(name, arguments, world, version, things)
        for actor, client in clients.items():
            for method in ("GET", "POST"):
                status = _ask(client, method, where)
                cells += 1
                right = expected(rule, method, actor)
                allowed += status in {200, 302} and "anonymous" not in actor
                if status not in right and not (name in OWN_RULES and status in {403, 409}):
                    wrong.append(f"{state}: {actor} {method} {name} → {status}, not {sorted(right)}")

    assert not wrong, f"{len(wrong)} of {cells} cells:\n" + "\n".join(wrong[:60])
    assert cells >= 1800  # in each state; some 11,000 in all
    assert allowed > 200


def _client(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def _ask(client: Client, method: str, where: str) -> int:
    """Ask, and undo whatever an empty post may have changed."""
    with transaction.atomic():
        answer = client.get(where) if method == "GET" else client.post(where, {})
        status = answer.status_code
        if hasattr(answer, "streaming_content"):
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return status
