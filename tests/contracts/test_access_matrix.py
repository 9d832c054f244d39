"""The access matrix: every URL of the resolver × method × actor × state of the document, both must-allow and must-deny.

What is asked where: GET and POST of every address of a document in every state; of the other addresses of an area in a
draft, with the lead partners, and published; of those about people and accounts, which know no document, and of those that
know no area, in a draft alone. Every actor is asked everything in a draft. In the other states one of each sort is, and of
the other offices whatever opens in that state alone; in a night, everything. HEAD, PUT, PATCH and DELETE of every address
by one of each sort of actor, in one state alone: whether an address takes a method hangs neither on the state nor on the
office. Some 12,000 cells.
"""

import logging
import re
from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from partnership.accounts import confirming
from partnership.dashboard import digest
from partnership.web import errors
from tests.contracts.access_policy import AREA, DOCUMENT, OPERATOR, POLICY
from tests.contracts.matrix.cast import ACTORS, cast, client_of, rights_of
from tests.contracts.matrix.expectations import LED_TO_SIGN_IN, OPEN_IN, WRITE, Findings
from tests.contracts.matrix.states import STATES, Scene, scene, urls
from tests.night import IS_NIGHT

ONE_OF_EACH_SORT = (
    "business_manager here",
    "lsp here",
    "scrutineer here",
    "business_manager elsewhere",
    "guest reader",
    "without office",
    "anonymous",
)
INSIDE = ("business_manager here", "lsp here", "scrutineer here", "guest reader")  # whom an address of the area knows
WRITES = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(?!\"?(?:django_session|shared_cache))", re.IGNORECASE)


@pytest.fixture(autouse=True)
def only_the_answer(monkeypatch, settings) -> Iterator[None]:
    """Thousands of denials are what is wanted here: no line for each, and no frame around it.

    The lines and the pages are tested in tests/apps/web, the digests, which every run of all jobs would
    write to the whole cast, in tests/apps/notices; all take half the time.
    """
    monkeypatch.setattr(
        errors, "render", lambda request, name, words, status: HttpResponse(words["sentence"], status=status)
    )
    monkeypatch.setattr(digest, "send_due", lambda: 0)
    monkeypatch.setattr(confirming, "LATELY", timedelta(days=1))  # a part may take longer than ten minutes
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 86_400
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_every_address_is_listed_with_who_may_open_it():
    assert {name for name, _ in urls()} == set(POLICY)


def test_the_cast_and_the_states_are_as_many_as_promised():
    assert len(ACTORS) >= 22
    assert len(STATES) >= 7


# The states in which most is asked, each in parts of the cast, so that two processes share them evenly.
PARTS = {"draft": 4}
# States in which nobody is answered otherwise than in another one, in sign-off or published: asked by one of each sort.
ALIKE = {"signed", "superseded", "signed_in_part", "void", "taken_down", "returned", "withdrawn"}
FEW = {
    "areas:area",
    "areas:people",
    "documents:document",
    "documents:sign",
    "documents:publish",
    "submissions:register",
}
# Of those that are alike, these are asked in the night alone: each is a way back to a draft, or on from a signature.
AT_NIGHT = set() if IS_NIGHT else {"returned", "signed_in_part", "void"}
CASES = [
    (state, part, PARTS.get(state, 1))
    for state in STATES
    if state not in AT_NIGHT
    for part in range(PARTS.get(state, 1))
]


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "part", "parts"), CASES)
def test_every_actor_gets_the_right_answer_at_every_address(state, part, parts):
    actors = ONE_OF_EACH_SORT if state in ALIKE else list(ACTORS)[part::parts]
    found, clients, here = Findings(state), *staged(state, actors)

    for name, arguments in urls():
        if not is_asked_in(state, name):
            continue
        where = here.address(name, arguments)
        for actor, client in clients.items():
            if not is_asked_by(actor, state, name):
                continue
            for method in ("GET", "POST"):
                found.note(name, method, actor, *ask(client, method, where))

    assert not found.wrong, found.told()
    assert not list(found.unproven(actors))
    assert found.cells >= (300 if state in ALIKE else 900)  # in each part; in all some 12,000


@pytest.mark.django_db
def test_whoever_may_not_is_refused_before_they_are_asked_who_they_are_and_nothing_of_theirs_is_kept(monkeypatch):
    monkeypatch.setattr(confirming, "LATELY", timedelta(0))
    found, clients, here = Findings("published"), *staged("published")
    kept, asked = [], 0

    for name, arguments in urls():
        if POLICY[name].scope not in {AREA, DOCUMENT}:
            continue
        where = here.address(name, arguments)
        for actor in ONE_OF_EACH_SORT if IS_NIGHT else INSIDE:
            status, written = ask(clients[actor], "POST", where)
            found.note(name, "POST", actor, status, [])
            if any("accounts_keptpost" in sql for sql in written):
                asked += 1
                kept += [f"{actor} {name}"] if POLICY[name].post not in rights_of(actor) else []

    assert not found.wrong, found.told()
    assert not kept
    assert asked >= 5  # whoever may, is asked


@pytest.mark.django_db
def test_head_is_answered_like_get_and_neither_changes_anything():
    found, clients, here = Findings("published"), *staged("published")
    unlike = []

    for name, arguments in urls():
        where = here.address(name, arguments)
        for actor in ONE_OF_EACH_SORT if IS_NIGHT else ("business_manager here", "lsp here", "anonymous"):
            client = clients[actor]
            got, writes = ask(client, "GET", where)
            headed, more = ask(client, "HEAD", where)
            found.note(name, "HEAD", actor, headed, [*writes, *more])
            unlike += [f"{actor} {name}: GET {got}, HEAD {headed}"] if got != headed else []

    assert not found.wrong, found.told()
    assert not unlike
    assert found.cells >= 250


@pytest.mark.django_db
def test_no_address_takes_another_method_or_changes_anything_by_it():
    found, clients, here = Findings("published"), *staged("published")

    for name, arguments in urls():
        where = here.address(name, arguments)
        for actor in ONE_OF_EACH_SORT:
            for method in WRITE:
                found.note(name, method, actor, *ask(clients[actor], method, where))

    assert not found.wrong, found.told()
    assert found.cells >= 3000


def is_asked_in(state: str, name: str) -> bool:
    """Whether the answer of an address can hang on this state: see the top."""
    scope = POLICY[name].scope
    if state == "draft":
        return True
    if name.startswith("areas:") or scope not in {AREA, DOCUMENT}:
        return False
    return scope == DOCUMENT or state in {"in_sign_off", "published"}


def is_asked_by(actor: str, state: str, name: str) -> bool:
    """Pages that know no area do not look at offices; whoever is outside the area finds the same whatever its state."""
    if (
        actor == "operator"
    ):  # whom no area knows: asked for the page of the operators, and where much can be read or done
        return POLICY[name].scope == OPERATOR or name in FEW or (IS_NIGHT and state == "draft")
    if POLICY[name].scope not in {AREA, DOCUMENT}:
        return actor in ONE_OF_EACH_SORT
    if ACTORS[actor][1] == "elsewhere" and actor not in ONE_OF_EACH_SORT:
        return name in FEW  # one office of another area is like another: all are asked where much can be read or done
    if state == "draft" or actor in ONE_OF_EACH_SORT:
        return True
    opens_now = {POLICY[name].get, POLICY[name].post} & {right for right, then in OPEN_IN.items() if then == state}
    return ACTORS[actor][1] == "here" and (IS_NIGHT or name in FEW or bool(opens_now))


def staged(state: str, actors: Collection[str] = ONE_OF_EACH_SORT) -> tuple[dict[str, Client], Scene]:
    """A world in a state, and these of its people signed in."""
    here = scene(state)
    people = cast(here.world, here.version.document)
    return {actor: client_of(people[actor]) for actor in actors}, here


def ask(client: Client, method: str, where: str) -> tuple[int, list[str]]:
    """The status of an answer and what was written for it; whatever an empty post may have changed is undone."""
    written: list[str] = []

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if WRITES.match(sql):
            written.append(sql)
        return execute(sql, params, many, context)

    session = client.cookies.copy()  # signing out would leave a browser in which nobody is signed in
    with transaction.atomic(), connection.execute_wrapper(look):
        answer = client.post(where, {}) if method == "POST" else client.generic(method, where)
        if hasattr(answer, "streaming_content"):
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    client.cookies = session
    led_away = answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))
    return LED_TO_SIGN_IN if led_away else answer.status_code, written
