from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from partnership.mail import services
from partnership.mail.models import OutgoingMail
from tests.apps.mail.fake_smtp import Relay, serving


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    """Files and mailbox of each test in its own folder, and nothing waits long."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "file_permissions_mode": 0o640},
        },
    }
    settings.EMAIL_TIMEOUT = 3
    settings.MAIL_ARCHIVE_FINDER = None


@pytest.fixture
def relay(settings) -> Iterator[Relay]:
    """A relay that accepts everything, until the test gives it another script."""
    settings.EMAIL_HOST = "127.0.0.1"
    with serving(Relay()) as running:
        settings.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def queue() -> Callable[..., OutgoingMail]:
    """Queue a message; what a test does not care about is filled in."""
    keys = iter(range(1_000))

    def queue(**given) -> OutgoingMail:
        return services.queue(
            **{
                "to": "panel@example.org",
                "subject": "Yearly report 2025-26",
                "text": "Reference A1.",
                "dedupe_key": f"key-{next(keys)}",
                **given,
            }
        )

    return queue


@pytest.fixture
def gwen() -> SimpleNamespace:
    """The business manager, as far as mail knows people: a name and a number."""

    class Person(SimpleNamespace):
        def __str__(self) -> str:
            return self.name

    return Person(pk=7, name="Gwen Price")
