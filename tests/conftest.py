"""The cast, the clock and the house rules of every test."""

import gc
import os
from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import pytest_socket
from django.db.backends.postgresql.creation import DatabaseCreation
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client

from partnership import clock
from partnership.accounts import confirming, sessions
from partnership.areas import access
from partnership.dashboard import needs
from partnership.dashboard.middleware import HELD
from partnership.documents import jobs as documents_jobs
from tests import kept_states, worlds
from tests.places import Places, oakshire

# Nothing outside this machine is ever asked, but for the servers that the environment itself names.
NAMED = [urlsplit(os.environ.get(name, "")).hostname for name in ("BROKER_URL", "DATABASE_URL")]
pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost", *filter(None, NAMED)], allow_unix_socket=True)

# One Monday of the practice September; every test without its own clock lives in it.
MONDAY = datetime(2026, 9, 14, 9, 0, tzinfo=clock.LONDON)

# What takes minutes, by its module: begun first, and shared out, so that no process is left with one at the end.
LONG = (
    "test_kill", "test_every_page", "test_access_matrix", "test_canary", "test_state_machine", "test_journey", "test_ways",
    "test_races", "test_races_of_publishing", "test_races_of_two_persons", "test_signing_in",
)  # fmt: skip
TOGETHER = "test_demo"  # by one process, since each would tell the whole story of the practice area anew


# Python looks for circles among a hundred thousand objects of Django again and again: one tenth of all the time.
gc.set_threshold(200_000, 50, 1_000)


def pytest_collection_finish() -> None:
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each of three processes is given one third of the tests; the long ones stand at the head of each third."""
    together = [item for item in items if item.path.stem == TOGETHER]
    long = [item for item in items if item.path.stem in LONG]
    long.sort(key=lambda item: LONG.index(item.path.stem))
    short = [item for item in items if item.path.stem not in {*LONG, TOGETHER}]
    third = len(items) // 3 + 1
    found: list[pytest.Item] = []
    for first in range(3):
        mine = [*long[first::3], *(together if first == 0 else [])]
        rest = max(third - len(mine), 0)
        found += [*mine, *short[:rest]]
        short = short[rest:]
    items[:] = [*found, *short]


def pytest_unconfigure() -> None:
    kept_states.end()


# Playwright runs an event loop in the browser tests' thread; Django must not mistake that for an async view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def _flush_past_the_triggers(self: DatabaseOperations, *args: object, **kwargs: object) -> list[str]:
    """Tests with real transactions empty the tables afterwards, which the triggers rightly refuse to everybody else."""
    statements = _flush(self, *args, **kwargs)
    return ["SET session_replication_role = replica;", *statements, "SET session_replication_role = DEFAULT;"]


_flush = DatabaseOperations.sql_flush
DatabaseOperations.sql_flush = _flush_past_the_triggers  # type: ignore[method-assign]


def _destroy_past_forgotten_sessions(self: DatabaseCreation, name: str, verbosity: int) -> None:
    """A live server's threads may still hold a connection when everything is over; they must not keep the database."""
    with self._nodb_cursor() as cursor:
        ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user"
        cursor.execute(ours, [name])  # autovacuum is there as well, and not ours to end; dropping ends it
    _destroy(self, name, verbosity)


_destroy = DatabaseCreation._destroy_test_db
DatabaseCreation._destroy_test_db = _destroy_past_forgotten_sessions  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def practice_september() -> Iterator[None]:
    """Monday 14 September 2026, nine o'clock in London."""
    kept_states.begin()
    with clock.frozen(MONDAY):
        yield


@pytest.fixture(autouse=True)
def signed_in_with_a_second_factor(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """`force_login` leaves the sign-in pages out, and with them the second factor that every page asks for.

    So it stands for somebody who has used theirs a moment ago. What signing in itself does is tested through its pages
    (tests/apps/accounts, tests/browser/test_signing_in.py).
    """
    plain = Client.force_login

    def with_factor(self: Client, user, backend: str | None = None) -> None:  # type: ignore[no-untyped-def]
        plain(self, user, backend)
        session = self.session
        confirming.note(session, user)
        if access.offices_of(user).exists():
            session[HELD] = True  # what the first request of a session notes, so that none of a test has to
        sessions.begin(session)
        session.save()

    monkeypatch.setattr(Client, "force_login", with_factor)


@pytest.fixture(autouse=True)
def files_of_this_test(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Files and the local mailbox lie in the test's own folder."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }


@pytest.fixture
def anew(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """For a test that changes how a state is made: every state goes through the services (tests/kept_states.py)."""
    monkeypatch.setattr(kept_states, "may_be_kept", lambda begins_from: False)


@pytest.fixture
def world(db) -> worlds.World:  # type: ignore[no-untyped-def]
    """An area with its cast, all through services. See tests/worlds.py."""
    return worlds.area_with_its_cast()


@pytest.fixture
def gwen(client, world):
    """A browser in which the business manager is signed in."""
    client.force_login(world.gwen)
    return client


@pytest.fixture
def places(db) -> Places:  # type: ignore[no-untyped-def]
    """Oakshire, to which further areas with the same people can be added. See tests.places.py."""
    return oakshire()


# Where the numbers in the frame of a page are looked at, or its queries counted; everywhere else they are half of its time.
COUNTING = (
    "tests/browser/",
    *(f"tests/apps/{app}/" for app in ("arrangements", "briefings", "dashboard", "notices", "operations")),
)


@pytest.fixture(autouse=True)
def no_counting(request, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """How much needs a person, which each page says in its frame, is not counted where nobody looks at it."""
    if not any(folder in request.path.as_posix() for folder in COUNTING):
        monkeypatch.setattr(needs, "count", lambda standing: 0)
        monkeypatch.setattr(needs, "unread", lambda standing: 0)


@pytest.fixture(autouse=True)
def quick_pdf(request, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """The renderer has tests of its own; where nobody looks at a PDF, a stand-in takes its place and a second each.

    A test or a module that looks at what was printed is marked `real_pdf`.
    """
    is_real = request.node.get_closest_marker("real_pdf") is not None
    kept_states.this_test.variant = "real" if is_real else ""
    if is_real:
        return

    def to_pdf(document, *, fingerprint, status, evidence="", **more):  # type: ignore[no-untyped-def]
        said = f"%PDF-1.7 {status} {fingerprint} {evidence}"
        return SimpleNamespace(data=said.encode(), pages=3)

    monkeypatch.setattr(documents_jobs, "rendering", SimpleNamespace(to_pdf=to_pdf))
