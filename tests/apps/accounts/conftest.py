"""The organisation's sign-in of these tests."""

from collections.abc import Iterator

import pytest

from tests.apps.accounts.fake_provider import FakeProvider, serving


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    """A sign-in on this machine that is asked over real connections."""
    with serving(FakeProvider()) as running:
        yield running
