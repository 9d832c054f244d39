"""The list of what somebody was told, and how they choose to be told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment
from partnership.notices import selectors, services
from partnership.notices.kinds import MAY_BE_CHOSEN, RULES, Cadence, Kind
from partnership.notices.models import Notice
from tests.apps.notices.test_telling import tell

pytestmark = pytest.mark.django_db


def told(person, area, key="k", kind=Kind.NEWS):
    return services.tell(
        "briefings/briefing",
        {"edition": key, "area": area.name, "link": "http://localhost:8000/"},
        person=person,
        kind=kind,
        dedupe_key=f"{key}:{person.pk}",
        purpose="test",
        area_slug=area.slug,
    )


def test_the_list_shows_what_somebody_was_told_with_what_is_known_of_its_mail(gwen, world):
    told(world.gwen, world.area, "Now", Kind.SIGNING)
    told(world.gwen, world.area, "Later")
    told(world.dev, world.area, "Not hers")

    page = gwen.get(reverse("notices")).content.decode()

    assert "Mail: queued." in page
    assert "Mail of the week: not made yet." in page
    assert "Not hers" not in page


def test_notices_of_an_area_close_with_the_office_there(client, world):
    told(world.harry, world.other_area, "Theirs")
    client.force_login(world.harry)
    assert "Theirs" in client.get(reverse("notices")).content.decode()

    held = Appointment.objects.get(person=world.harry)
    areas.end_appointment(appointment=held, until=clock.today(), by=world.harry)
    with clock.frozen(clock.now() + timedelta(days=2)):
        client.force_login(world.harry)
        assert "Theirs" not in client.get(reverse("notices")).content.decode()


def test_marking_as_read_leaves_what_came_since(gwen, world):
    services.mark_read(notices=Notice.objects.filter(person=world.gwen), until=clock.now())
    first = told(world.gwen, world.area, "First")
    until = clock.now().isoformat()
    with clock.frozen(clock.now().replace(hour=11)):
        later = told(world.gwen, world.area, "Later")
        assert "Mark 2 unread as read" in gwen.get(reverse("notices")).content.decode()
        gwen.post(reverse("notices_read"), {"until": until})

    first.refresh_from_db()
    later.refresh_from_db()
    assert first.read_at
    assert later.read_at is None


@pytest.mark.parametrize("until", ["", "nonsense", "2026-09-14T09:00:00", "9" * 500, "2026-13-45T99:00:00+00:00"])
def test_nonsense_for_a_moment_counts_as_now(gwen, world, until):
    told(world.gwen, world.area)

    assert gwen.post(reverse("notices_read"), {"until": until}).status_code == 302
    assert not selectors.unread(world.gwen, Q(area_slug=world.area.slug)).exists()


def test_what_may_be_chosen_is_saved_and_the_rest_is_told_with_its_reason(gwen, world):
    page = gwen.get(reverse("notice_preferences")).content.decode()
    for kind in Kind:
        assert kind.label.split(",")[0][:30] in page
    chosen = {kind.value: RULES[kind].choices[-1].value for kind in MAY_BE_CHOSEN}

    assert gwen.post(reverse("notice_preferences"), chosen).status_code == 302
    assert selectors.cadences_of(world.gwen) == {
        kind: RULES[kind].choices[-1] if kind in MAY_BE_CHOSEN else RULES[kind].default for kind in Kind
    }


def test_a_way_that_is_not_offered_gets_a_sentence_and_saves_nothing(gwen, world):
    bad = {kind.value: "weekly" for kind in MAY_BE_CHOSEN} | {Kind.ASKED.value: Cadence.HERE_ONLY.value}

    page = gwen.post(reverse("notice_preferences"), bad).content.decode()

    assert "Select one of the ways that are offered" in page
    assert not world.gwen.preferences.exists()


def test_the_list_costs_the_same_however_long_it_is(gwen, world):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert gwen.get(reverse("notices")).status_code == 200
        return len(asked)

    tell(world.gwen, key="x")
    cost()
    few = cost()
    for number in range(20):
        told(world.gwen, world.area, f"n{number}", Kind.SIGNING if number % 2 else Kind.NEWS)
    assert cost() == few


def test_the_header_counts_what_is_unread_and_not_what_is_over(gwen, world):
    services.mark_read(notices=Notice.objects.filter(person=world.gwen), until=clock.now())
    told(world.gwen, world.area, "One")
    tell(world.gwen, key="over", about="duty:1")
    services.settle(about="duty:1")

    assert "Notices (1<" in gwen.get("/").content.decode()
