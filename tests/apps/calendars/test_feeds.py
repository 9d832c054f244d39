"""A calendar reads a person's dates by an address alone: the same days as the pages, and none once they may not see them."""

import uuid
from datetime import timedelta

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment, Area
from partnership.areas.roles import Office
from partnership.calendars import services
from partnership.calendars.models import CalendarFeed
from partnership.deadlines import jobs as deadlines
from partnership.deadlines import services as dates
from partnership.deadlines.models import Duty
from partnership.errors import NotAllowed, WrongState
from tests import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def duty(world):
    deadlines.open_duties(today=clock.today())
    return Duty.objects.get(area=world.area, rule_key="yearly_report", period_label="2025-26")


def made(person, area=None, name="Outlook"):
    return services.make(person=person, area=area, name=name, once=uuid.uuid4())


def read(token):
    """As a calendar program does: without signing in."""
    return Client().get(reverse("calendars:read", args=[token]))


def events(token):
    return list(icalendar.Calendar.from_ical(read(token).content).walk("VEVENT"))


def test_the_feed_gives_the_days_of_the_lists_and_no_other(gwen, world, duty):
    dates.set_target(duty=duty, on=duty.due_on - timedelta(days=5), reason="The board meets.", by=world.gwen)
    _, token = made(world.gwen)

    given = {
        (event["url"], event["dtstart"].dt) for event in events(token) if "-" not in event["uid"].split("@")[0][5:]
    }
    listed = gwen.get(reverse("deadlines:duties", args=[world.area.slug])).context
    rows = [*listed["open"], *listed["met"]]

    assert len(given) == len(rows)
    assert {on for _, on in given} == {row["duty"].due_on for row in rows}
    page = gwen.get(reverse("deadlines:duty", args=[world.area.slug, duty.pk])).context
    of_duty = [event for event in events(token) if event["uid"].startswith(f"duty-{duty.pk}")]
    shown = [duty.due_on, page["target"].on, *(step.on for step in page["plan"])]
    assert sorted(event["dtstart"].dt for event in of_duty) == sorted(shown)


def test_the_file_of_an_area_and_the_feed_are_the_same(gwen, world, duty):
    _, token = made(world.gwen, world.area)
    file = icalendar.Calendar.from_ical(gwen.get(reverse("deadlines:calendar", args=[world.area.slug])).content)

    assert [event.to_ical() for event in file.walk("VEVENT")] == [event.to_ical() for event in events(token)]


def test_an_address_of_one_area_gives_that_area_alone(world, duty):
    worlds.hold(world.gwen, Office.BUSINESS_MANAGER, world.other_area)
    _, both = made(world.gwen)
    _, one = made(world.gwen, world.area)

    assert {event["uid"].split("@")[1] for event in events(both)} == {world.area.slug, world.other_area.slug}
    assert {event["uid"].split("@")[1] for event in events(one)} == {world.area.slug}


def test_nothing_is_given_once_it_is_revoked_the_account_closed_or_the_office_over(world, duty):
    feed, token = made(world.gwen)
    assert read(token).status_code == 200

    type(world.gwen).objects.filter(pk=world.gwen.pk).update(is_active=False)
    assert read(token).status_code == 404
    type(world.gwen).objects.filter(pk=world.gwen.pk).update(is_active=True)
    held = Appointment.objects.get(person=world.gwen)
    areas.end_appointment(appointment=held, until=clock.today() + timedelta(days=1), by=world.gwen)
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert read(token).status_code == 404
    assert read(token).status_code == 200
    assert services.revoke(feed=feed)
    assert not services.revoke(feed=feed)
    assert read(token).status_code == 404
    assert read("never-made").status_code == 404


def test_an_address_without_an_office_gives_nothing(world, duty):
    _, token = made(world.ines)

    assert read(token).status_code == 404


def test_the_token_is_kept_as_its_hash_and_shown_once(gwen, world):
    answer = gwen.post(reverse("calendars:make"), {"name": "Phone", "area": "all", "once": uuid.uuid4()}, follow=True)
    address = answer.context["address"]
    token = address.rsplit("/", 1)[1].removesuffix(".ics")

    assert address in answer.content.decode()
    assert token not in gwen.get(reverse("calendars:feeds")).content.decode()
    assert token not in str(CalendarFeed.objects.values())
    assert read(token).status_code == 200


def test_a_second_click_makes_no_second_address(world):
    once = uuid.uuid4()
    first, token = services.make(person=world.gwen, area=None, name="A", once=once)
    second, none = services.make(person=world.gwen, area=None, name="A", once=once)

    assert first == second
    assert token
    assert none == ""


def test_nobody_makes_one_for_an_area_that_they_do_not_see_or_more_than_ten(world):
    with pytest.raises(NotAllowed):
        made(world.gwen, world.other_area)
    for number in range(services.MOST):
        made(world.gwen, name=f"Number {number}")
    with pytest.raises(WrongState):
        made(world.gwen)
    with pytest.raises(WrongState):
        made(world.dev, name="   ")


def test_nobody_revokes_the_address_of_another(client, world):
    feed, token = made(world.gwen)
    client.force_login(world.dev)

    assert client.post(reverse("calendars:revoke", args=[feed.pk])).status_code == 404
    assert read(token).status_code == 200


def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(gwen, world):
    page = gwen.post(reverse("calendars:make"), {"name": "", "area": "otherham", "once": uuid.uuid4()})

    assert page.status_code == 200
    assert {"name", "area"} <= set(page.context["form"].errors)


def test_it_is_noted_when_it_was_last_read_and_not_at_each_time(world, duty):
    feed, token = made(world.gwen)
    read(token)
    feed.refresh_from_db()
    first = feed.last_read_at
    assert first

    with clock.frozen(clock.now() + timedelta(minutes=5)):
        read(token)
    feed.refresh_from_db()
    assert feed.last_read_at == first


def test_the_feed_costs_the_same_however_many_areas(world, duty):
    _, token = made(world.gwen)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert read(token).status_code == 200
        return len(asked)

    cost()
    few = cost()
    for number in range(5):
        worlds.hold(world.gwen, Office.BUSINESS_MANAGER, worlds.area(f"Extra{number}"))
    deadlines.open_duties(today=clock.today())
    assert Area.objects.count() > 5
    assert cost() == few
