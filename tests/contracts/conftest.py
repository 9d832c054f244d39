"""Thousands of answers, of which nobody asks how they were drawn."""

from collections.abc import Iterator

import pytest

from tests.plain import drawn_plainly


@pytest.fixture(autouse=True)
def _plainly() -> Iterator[None]:
    with drawn_plainly():
        yield
