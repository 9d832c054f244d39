"""The organisation's sign-in of these tests."""

from collections.abc import Iterator

import pytest

from tests.apps.accounts.fake_provider import FakeProvider, serving


@pytest.fixture(autouse=True)
def everybody_serves_something(settings) -> None:
    """Offices stand above accounts: here everybody has one. Who has none is tested in tests/apps/areas."""
    settings.WHAT_GIVES_RIGHTS = ["tests.apps.accounts.journeys.has_an_office"]


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    """A sign-in on this machine that is asked over real connections."""
    with serving(FakeProvider()) as running:
        yield running
