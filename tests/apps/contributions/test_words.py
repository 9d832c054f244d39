"""What the pages of contributions call people, and say of who reads."""

import pytest

from partnership.areas.models import Basis
from partnership.areas.roles import Office
from partnership.contributions import presenting, services
from tests import worlds
from tests.apps.contributions import rooms
from tests.apps.contributions.test_pages import at, browser, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(world):
    return worlds.begun(world)


def test_whoever_is_acting_is_called_so_wherever_an_office_is_named(world, document):
    acting = {"basis": Basis.ACTING}
    worlds.appoint(worlds.person("Hannah"), Office.LSP, world.area, world.police, **acting)
    worlds.appoint(world.ines, Office.DSP, world.area, world.health, **acting)
    for page in ("room", "write"):
        shown = read(browser(world.eve).get(at(rooms.asked(world, document), page)))
        assert "Hannah, acting lead safeguarding partner" in shown
        assert "Hannah, lead safeguarding partner" not in shown
        assert "Cerys, lead safeguarding partner" in shown

    room = rooms.asked(world, document, world.health)
    rooms.write(room, world.ines)
    release = services.release(room=room, seen_revision=1, by=world.ines)
    assert "(Ines, acting delegated safeguarding partner)" in presenting.attribution(release)
    assert "Ines, acting delegated safeguarding partner, for" in read(browser(world.gwen).get(at(room)))


def test_before_and_after_the_release_the_same_people_are_named_as_readers(world, document):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve)
    readers = "everybody whose office in Ashdown lets them read drafts can read it"
    assert readers in read(browser(world.eve).get(at(room, "release")))
    done = browser(world.eve).post(at(room, "release"), {"seen_revision": 1}, follow=True)
    assert readers in read(done)

    _, sol = rooms.school(world)
    assert rooms.SECRET in read(browser(world.femi).get(at(room)))
    assert rooms.SECRET not in read(browser(sol).get(at(room)))
