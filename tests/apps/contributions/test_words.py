"""What the pages of contributions call people, say of who reads, and say of how long a text may be."""

import pytest

from partnership.areas.models import Basis
from partnership.areas.roles import Office
from partnership.contributions import presenting, services
from partnership.documents import content
from partnership.documents import selectors as documents
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


def test_taking_has_the_limit_of_the_section_and_says_so_before_it_happens(world, document):
    section = documents.draft(document).sections.get(key="training")
    rule = content.rules(document)["training"]
    most = f"{rule.max_characters:,}"
    client = browser(world.gwen)
    room, _ = rooms.released(world, document)
    page = client.get(at(room, "take"))
    assert f'data-maxlength="{rule.max_characters}"' in page.content.decode()
    assert f"This section may have {most} characters. With the contribution it has " in read(page)
    assert "before the document is sent" not in read(page)

    worlds.write(section, "word " * (rule.max_characters // 5), world.gwen)
    page = client.get(at(room, "take"))
    over = len(page.context["form"].initial["body"]) - rule.max_characters
    assert over > 0
    assert f"Cut at least {over:,} before the document is sent." in read(page)

    refused = client.post(at(room, "take"), {"body": "word " * 12_001, "seen_revision": 1})
    assert f"{most} characters or fewer" in read(refused)
