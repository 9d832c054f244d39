"""Not a word of what an agency has not released is come across by anybody else."""

import pytest
from django.urls import reverse

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.contributions import services
from partnership.contributions.models import Writing
from partnership.documents.kinds import address_of
from tests import worlds
from tests.apps.contributions import rooms
from tests.apps.contributions.test_pages import (
    OF_A_ROOM,
    at,
    browser,
    document,  # noqa: F401  (fixtures)
)

pytestmark = pytest.mark.django_db


def everything(document, room) -> list[str]:
    """Each page that could show something of the room, and those of the document and the area around it."""
    where = [document.area.slug, address_of(document)]
    writing = Writing.objects.filter(room=room).first()
    pages = [at(room, page) for page in OF_A_ROOM] + [at(document, "rooms"), at(document, "ask")]
    pages += [at(room, "text", writing.pk), f"{at(room, 'write')}?kept={writing.pk}&from={writing.pk}&preview=yes"]
    pages += [reverse(f"documents:{page}", args=where) for page in ("document", "preview", "checks", "send")]
    pages += [reverse("documents:section", args=[*where, "training"]), reverse("documents:version", args=[*where, 1])]
    pages += [reverse(f"areas:{page}", args=[where[0]]) for page in ("area", "timeline", "changes", "people")]
    return [*pages, reverse("home"), reverse("desk")]


def secrets(world, who, document, room) -> list[str]:
    """The pages on which this person comes across a word of the text, by reading and by posting."""
    client, found = browser(who), []
    client.raise_request_exception = False
    for page in everything(document, room):
        for answer in (client.get(page), client.post(page, {"seen_revision": "9"})):
            if "unmistakable" in answer.content.decode() or "unmistakable" in str(answer.headers):
                found.append(page)
    return found


@pytest.mark.parametrize("name", ["amina", "ben", "dev", "femi", "gwen", "harry", "ines", "olu"])
def test_nobody_outside_the_agency_comes_across_a_word_of_what_is_not_released(world, document, name):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve)

    assert not secrets(world, getattr(world, name), document, room)


@pytest.mark.parametrize(
    "office", [office for office in Office if office not in {Office.GUEST_READER, Office.LSP, Office.CHAIR}]
)
def test_no_office_for_another_agency_or_for_none_opens_the_text(world, document, office):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve)
    worlds.hold(world.ines, office, world.area)

    assert not secrets(world, world.ines, document, room)


def test_the_people_of_the_agency_read_it_and_nobody_else_of_the_same_house_does(world, document):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve)
    worlds.appoint(world.ines, Office.SUB_GROUP_CHAIR, world.area, world.police, sub_group="Learning")

    assert at(room, "write") in secrets(world, world.cerys, document, room)
    assert at(room, "write") in secrets(world, world.eve, document, room)
    assert not secrets(world, world.ines, document, room)


def test_whoever_left_the_agency_comes_across_nothing_from_that_moment(world, document):
    room = rooms.asked(world, document)
    rooms.write(room, world.cerys)
    office = Appointment.objects.get(person=world.cerys, office=Office.LSP)
    worlds.appoint(world.cerys, Office.OBSERVER, world.area)
    areas.end_appointment(appointment=office, until=clock.today(), by=world.gwen)

    assert not secrets(world, world.cerys, document, room)


def test_what_was_taken_back_or_is_written_in_a_new_round_is_hidden_again(world, document):
    room, _ = rooms.released(world, document)
    assert "unmistakable" in browser(world.gwen).get(at(room)).content.decode()
    services.take_back(room=room, by=world.eve)
    assert not secrets(world, world.gwen, document, room)

    other, _ = rooms.released(world, document, section_key="voice")
    services.hand_back(room=other, comment="More.", due_on=clock.today(), by=world.gwen)
    rooms.write(other, world.eve, "Wholly new words")
    assert "Wholly new words" not in browser(world.gwen).get(at(other)).content.decode()
