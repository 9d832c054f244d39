"""One mail for each person and week, across their areas: once, without a flood, and of nothing that is over."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership import clock
from partnership.areas.roles import Office
from partnership.dashboard import digest
from partnership.mail.models import OutgoingMail
from partnership.notices import selectors, services
from partnership.notices.kinds import Cadence, Kind
from partnership.notices.models import Digest, Notice
from tests import worlds
from tests.apps.notices.test_telling import tell

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 9, 14, 9, tzinfo=clock.LONDON)


def at(moment: datetime) -> int:
    with clock.frozen(moment):
        return digest.send_due()


def digests(person):
    return OutgoingMail.objects.filter(to=person.email, purpose="digest").order_by("pk")


@pytest.fixture(autouse=True)
def before_this_week(world):
    """What was there at the beginning has been told of."""
    at(MONDAY - timedelta(days=7))


@pytest.mark.parametrize(
    ("moment", "weekly", "daily"),
    [
        (datetime(2026, 9, 14, 6, 59), "2026-09-07", "2026-09-13"),
        (datetime(2026, 9, 14, 7, 0), "2026-09-14", "2026-09-14"),
        (datetime(2026, 9, 20, 23, 59), "2026-09-14", "2026-09-20"),
        (datetime(2026, 3, 29, 7, 0), "2026-03-23", "2026-03-29"),  # the clocks went forward in this night
        (datetime(2026, 10, 25, 6, 59), "2026-10-19", "2026-10-24"),  # and back in this one
    ],
)
def test_a_period_begins_at_seven_in_the_morning_in_london(moment, weekly, daily):
    moment = moment.replace(tzinfo=clock.LONDON)

    assert str(selectors.period_start(Cadence.WEEKLY, moment)) == weekly
    assert str(selectors.period_start(Cadence.DAILY, moment)) == daily


def test_a_digest_tells_of_everything_once_and_then_of_nothing(world):
    tell(world.gwen, key="one")
    tell(world.gwen, key="two")

    at(MONDAY)
    at(MONDAY + timedelta(minutes=1))
    at(MONDAY + timedelta(days=6))

    assert digests(world.gwen).filter(text__contains="What you were told").count() == 1
    assert set(Notice.objects.filter(person=world.gwen).values_list("digest__period_start", flat=True)) == {
        MONDAY.date()
    }
    at(MONDAY + timedelta(days=7))
    assert digests(world.gwen).filter(text__contains="What you were told").count() == 1


@pytest.mark.parametrize("away", [1, 8, 31, 200])
def test_a_clock_that_stood_still_makes_one_digest_and_no_flood(world, away):
    tell(world.gwen, key="one")
    before = digests(world.gwen).count()

    for _ in range(3):
        at(MONDAY + timedelta(days=away))

    assert digests(world.gwen).count() == before + 1


def test_what_is_over_or_read_is_not_told_of(world):
    tell(world.gwen, key="over", about="duty:1")
    read = tell(world.gwen, key="read")
    services.settle(about="duty:1")
    services.mark_read(notices=Notice.objects.filter(pk=read.pk), until=clock.now())

    at(MONDAY)

    assert not digests(world.gwen).filter(text__contains="What you were told").exists()


def test_who_has_nothing_to_hear_of_gets_no_mail_and_is_not_asked_again(world):
    idle = worlds.person("Ida")
    worlds.appoint(idle, Office.OBSERVER, worlds.area("Quiet"))

    at(MONDAY)

    made = Digest.objects.get(person=idle)
    assert made.mail is None
    with CaptureQueriesContext(connection) as asked:
        assert at(MONDAY + timedelta(hours=1)) == 0
    assert len(asked) == 3


def test_a_notice_of_an_area_without_an_office_is_not_said_to_have_been_told(world):
    elsewhere = services.tell(
        "briefings/briefing",
        {"edition": "E", "area": "Otherham", "link": "/"},
        person=world.gwen,
        kind=Kind.NEWS,
        dedupe_key="elsewhere",
        purpose="test",
        area_slug=world.other_area.slug,
    )
    tell(world.gwen, key="one")

    at(MONDAY)

    elsewhere.refresh_from_db()
    assert elsewhere.digest is None


def test_a_daily_digest_comes_on_its_day_for_who_chose_it(world):
    services.choose(person=world.dev, cadences={Kind.NEWS: Cadence.DAILY})
    at(MONDAY)
    tell(world.dev, key="one")
    at(MONDAY + timedelta(days=1))
    at(MONDAY + timedelta(days=1, hours=5))

    assert digests(world.dev).filter(subject__startswith="Your day").count() == 1
    assert not digests(world.gwen).filter(subject__startswith="Your day").exists()


def test_one_mail_tells_of_every_area_of_a_person_and_of_no_other(world):
    for slug in (world.area.slug, world.other_area.slug):
        services.tell(
            "briefings/briefing",
            {"edition": "E", "area": slug, "link": "/"},
            person=world.gwen,
            kind=Kind.NEWS,
            dedupe_key=slug,
            purpose="test",
            area_slug=slug,
        )

    at(MONDAY)

    text = digests(world.gwen).last().text
    assert f"for {world.area.slug}" in text or world.area.slug in text
    assert world.other_area.slug not in text
