import pytest

from tests.apps.arrangements import told as world
from tests.places import Places


@pytest.fixture
def told(places: Places) -> world.Told:
    """Oakshire's arrangements 2026, published on Monday 14 September 2026, with three relevant agencies."""
    return world.publish(places)
