"""Data that takes long to load, loaded once for a module and undone at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test.utils import override_settings

from partnership.areas import england as reference
from partnership.operations import england
from partnership.operations.demo import load
from tests.apps.mail.fake_smtp import Relay, serving


@contextmanager
def _undone() -> Iterator[None]:
    """One transaction around everything, as Django's TestCase has it, so that durable blocks stay allowed."""
    whole = transaction.atomic()
    whole._from_testcase = True  # type: ignore[attr-defined]
    with whole:
        yield
        transaction.set_rollback(True)


def _files(folder: Any) -> dict[str, Any]:
    return {
        "DATA_DIR": folder,
        "MEDIA_ROOT": folder / "files",
        "STORAGES": {
            "default": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": folder / "files"},
            },
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    }


@pytest.fixture(scope="module")
def practice(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """The whole practice story, told once, with a mailbox that answers: `told` and `relay`."""
    folder = tmp_path_factory.mktemp("practice")
    with (
        serving(Relay()) as relay,
        override_settings(**_files(folder), EMAIL_HOST="127.0.0.1", EMAIL_PORT=relay.port),
        django_db_blocker.unblock(),
        _undone(),
    ):
        yield SimpleNamespace(told=load.load(), relay=relay)


@pytest.fixture(scope="module")
def all_england(django_db_setup, django_db_blocker) -> Iterator[SimpleNamespace]:
    """Every partnership, loaded once: `known` and `added`."""
    with django_db_blocker.unblock(), _undone():
        known = reference.read()
        yield SimpleNamespace(known=known, added=england.load(known))
