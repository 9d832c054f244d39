"""What somebody types for their agency is kept for them alone until they save it, and lost in no way in between."""

from typing import Any

import pytest
from django.test import Client

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Office
from partnership.audit.models import AuditEntry
from partnership.contributions import selectors, services
from partnership.contributions.models import Unsaved, Writing
from tests import worlds
from tests.apps.contributions import rooms
from tests.apps.contributions.test_pages import at, browser
from tests.apps.contributions.test_pages_secret import secrets

pytestmark = pytest.mark.django_db
TYPED = "two\n\nparagraphs"


@pytest.fixture
def document(world):
    return worlds.begun(world)


def keep(who: Any, room: Any, body: str, revision: int = 0) -> Any:
    sent = {"body": body, "seen_revision": revision}
    return browser(who).post(at(room, "keep"), sent, headers={"accept": "application/json"})


def page(who: Any, room: Any, query: str = "") -> Any:
    return browser(who).get(at(room, "write") + query)


def test_the_page_has_the_script_and_says_where_to_keep(world, document):
    room = rooms.asked(world, document)
    shown = page(world.eve, room).content.decode()
    assert "js/keep.js" in shown
    assert f'data-keep="{at(room, "keep")}"' in shown
    assert "data-kept" in shown


def test_paragraphs_are_kept_as_typed_and_offered_to_their_writer_alone(world, document):
    room = rooms.asked(world, document)
    assert keep(world.eve, room, TYPED.replace("\n", "\r\n")).json()["said"].startswith("Kept for you at ")
    assert Unsaved.objects.get().body == TYPED
    assert TYPED in page(world.eve, room).content.decode()
    assert page(world.eve, room, "?from=unsaved").context["form"]["body"].value() == TYPED
    assert "paragraphs\n" not in page(world.cerys, room, "?from=unsaved").content.decode()
    assert "Not saved yet" not in page(world.cerys, room).content.decode()
    assert selectors.text_of(room) == ""
    assert not Writing.objects.exists()
    assert "begun" not in AuditEntry.objects.latest("pk").event


def test_not_a_word_of_it_is_seen_outside_the_agency_or_after_leaving_it(world, document):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve, "Something plain.")
    keep(world.cerys, room, rooms.SECRET, 1)
    for who in (world.gwen, world.eve, world.femi, world.ines):
        assert not secrets(world, who, document, room)
    assert selectors.unsaved(room, world.cerys)
    office = Appointment.objects.get(person=world.cerys, office=Office.LSP)
    areas.end_appointment(appointment=office, until=clock.today(), by=world.gwen)
    assert selectors.unsaved(room, world.cerys) is None


def test_it_is_forgotten_when_saved_or_when_they_say_so(world, document):
    room = rooms.asked(world, document)
    keep(world.eve, room, TYPED)
    rooms.write(room, world.eve, TYPED)
    assert not Unsaved.objects.exists()
    assert keep(world.eve, room, TYPED, 1).json()["said"] == "Nothing has changed since it was saved."
    keep(world.eve, room, "Again", 1)
    keep(world.eve, room, TYPED, 1)
    assert not Unsaved.objects.exists()
    keep(world.eve, room, "Again", 1)
    answer = browser(world.eve).post(at(room, "forget"), follow=True)
    assert "is forgotten" in answer.content.decode()
    assert not Unsaved.objects.exists()


def test_where_a_colleague_saved_in_between_going_on_from_it_loses_neither_text(world, document):
    room = rooms.asked(world, document)
    keep(world.eve, room, TYPED)
    rooms.write(room, world.cerys, "Cerys was first.")
    form = page(world.eve, room, "?from=unsaved").context["form"]
    sent = {"body": form["body"].value(), "seen_revision": form["seen_revision"].value()}
    answer = browser(world.eve).post(at(room, "write"), sent, follow=True)
    assert "Nothing is lost." in answer.content.decode()
    room.refresh_from_db()
    assert selectors.text_of(room) == "Cerys was first."
    assert Writing.objects.get(outcome="kept_aside").body == TYPED
    assert not Unsaved.objects.exists()


def test_after_the_release_it_can_still_be_copied_and_nothing_more_is_kept(world, document):
    room = rooms.asked(world, document)
    rooms.write(room, world.eve, "The text.")
    keep(world.cerys, room, TYPED, 1)
    services.release(room=room, seen_revision=1, by=world.eve)
    shown = page(world.cerys, room).content.decode()
    assert TYPED in shown
    assert "Copy what you need" in shown
    assert keep(world.cerys, room, "Late", 1).status_code == 409


def test_what_cannot_be_kept_says_so(world, document):
    room = rooms.asked(world, document)
    assert keep(world.eve, room, "x" * 60_001).status_code == 400
    assert keep(world.gwen, room, "Text").status_code == 403
    assert keep(world.ines, room, "Text").status_code == 404
    assert browser(world.gwen).post(at(room, "forget")).status_code == 403
    assert Client().post(at(room, "keep"), {"body": "x"}).status_code == 302
