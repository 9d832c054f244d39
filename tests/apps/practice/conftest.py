from datetime import datetime

import pytest

from partnership.accounts.models import User
from partnership.clock import LONDON
from partnership.practice import services

SEPTEMBER = datetime(2026, 9, 14, 9, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def practice_september() -> None:
    """Here the clock itself is under test, so it is not held still as everywhere else."""


@pytest.fixture(autouse=True)
def mailbox_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "mailbox"
    folder.mkdir()
    return folder


@pytest.fixture
def gwen(db) -> User:
    return User.objects.create_user("gwen@practice.example", "a long practice password", name="Gwen Price")


@pytest.fixture
def recorded(monkeypatch) -> list[tuple]:
    """What the audit was told."""
    calls: list[tuple] = []
    monkeypatch.setattr(services.audit, "record", lambda event, **told: calls.append((event, told)))
    return calls


@pytest.fixture
def september(db, recorded):
    """The practice clock, begun on 14 September 2026 at 9am."""
    return services.start(at=SEPTEMBER)


@pytest.fixture
def signed_in(client, gwen):
    client.force_login(gwen)
    return client
