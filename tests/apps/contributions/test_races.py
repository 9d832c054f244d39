"""Two people of one agency, and the agency and whoever gathers, at the same moment on two real connections."""

import pytest
from django.db.models import QuerySet

from partnership.contributions import selectors, services
from partnership.contributions.models import Release, Room, Writing
from partnership.documents.services import Saved
from partnership.errors import WrongState
from tests import worlds
from tests.apps.contributions import rooms
from tests.apps.scrutiny.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def outcomes(rows: "QuerySet[Writing]") -> list[str]:
    return sorted(rows.values_list("outcome", flat=True))


def test_of_two_who_save_at_once_one_stands_and_the_other_is_kept(world):
    room = rooms.asked(world, worlds.begun(world))

    together(
        lambda: services.write(room=Room.objects.get(pk=room.pk), body="Eve's.", seen_revision=0, by=world.eve),
        lambda: services.write(room=Room.objects.get(pk=room.pk), body="Cerys's.", seen_revision=0, by=world.cerys),
    )

    assert outcomes(room.writings) == ["kept_aside", "saved"]
    assert Room.objects.get(pk=room.pk).revision == 1


def test_a_text_is_either_taken_into_the_draft_or_taken_back(world):
    room, release = rooms.released(world, worlds.begun(world))

    done = together(
        lambda: rooms.taken(world, Room.objects.get(pk=room.pk)),
        lambda: services.take_back(room=Room.objects.get(pk=room.pk), by=world.eve),
    )

    assert sum(isinstance(row, Saved | Release) for row in done) == 1
    assert sum(isinstance(row, WrongState) for row in done) == 1
    release.refresh_from_db()
    assert bool(release.taken_at) != bool(release.taken_back_at)


def test_a_save_and_a_release_at_once_never_release_what_was_not_on_the_screen(world):
    room = rooms.asked(world, worlds.begun(world))
    rooms.write(room, world.eve, "As read.")

    together(
        lambda: services.write(room=Room.objects.get(pk=room.pk), body="Later.", seen_revision=1, by=world.cerys),
        lambda: services.release(room=Room.objects.get(pk=room.pk), seen_revision=1, by=world.eve),
    )

    live = selectors.live_release(room)
    assert live is None or live.body == "As read."
