"""Whoever has no office that could have a need is not looked for: nothing that would have been found is left out."""

import pytest

from partnership.dashboard import needs
from partnership.dashboard.standing import Standing
from tests.contracts.matrix.cast import cast
from tests.contracts.matrix.states import scene

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["draft", "in_sign_off", "published"])
def test_what_is_not_looked_for_would_not_have_been_found(state, monkeypatch):
    here = scene(state)
    people = [person for person in cast(here.world, here.version.document).values() if person]
    found = [needs._found(Standing(person)) for person in people]
    asked = [len(list(needs._asked(Standing(person)))) for person in people]

    monkeypatch.setattr(Standing, "areas_of_need", Standing.areas_with)
    monkeypatch.setattr(Standing, "seen_to", Standing.recording)
    everything = [needs._found(Standing(person)) for person in people]

    assert found == everything
    assert any(counted.total() for counted in found)
    assert min(asked) < len(needs.NEEDS) / 2 < max(asked)
