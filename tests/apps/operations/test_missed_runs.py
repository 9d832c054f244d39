"""A sweep that was down for an hour, a day or a month catches up once: all that is due is done, and nobody is flooded."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction

from partnership import clock
from partnership.audit.models import AuditEntry
from partnership.documents import services
from partnership.documents.workflow import Status
from partnership.mail.models import OutgoingMail
from partnership.operations import jobs, tasks, watch
from partnership.operations.models import Alarm, Heartbeat
from tests import worlds
from tests.contracts.matrix.states import scene

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GAPS = {"an hour": HOUR, "a day": DAY, "a month": 30 * DAY}


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    monkeypatch.setattr(tasks, "_ask", lambda task, **options: None)


@pytest.fixture
def begun(settings):
    """Two areas at their work, one with a publication agreed for in half an hour; an operator; the sweep has just run."""
    settings.MAIL_ARCHIVE_FINDER = None
    here = scene("draft")
    there = worlds.area_with_its_cast()
    signed = worlds.signed(there)
    plan = services.propose_publication(version=signed, by=there.gwen, release_at=clock.now() + HOUR / 2)
    services.agree(proposal=plan, by=there.eve)
    worlds.operator()
    tasks.tick()
    return here, signed


def after(gap):
    return clock.frozen(clock.now() + gap)


def told_since(known):
    """How often each person was told the same since: two reviews that one person has to do differ in their links."""
    fresh = OutgoingMail.objects.exclude(pk__in=known)
    return Counter(fresh.values_list("to", "purpose", "subject", "text"))


def everything():
    rows = Heartbeat.objects.exclude(name__in=[watch.TICK, *watch.ASKED]).count()
    return OutgoingMail.objects.count(), AuditEntry.objects.count(), Alarm.objects.count(), rows


@pytest.mark.parametrize("gap", GAPS.values(), ids=GAPS)
def test_it_catches_up_once_and_tells_nobody_twice(begun, gap):
    _, signed = begun
    known = set(OutgoingMail.objects.values_list("pk", flat=True))

    with after(gap):
        done = jobs.sweep()
        twice = {what: often for what, often in told_since(known).items() if often > 1}
        before = everything()
        again = jobs.sweep()
        after_again = everything()

    signed.refresh_from_db()
    assert jobs.FAILED not in done.values()
    assert done["documents_released"] == 1
    assert signed.status == Status.PUBLISHED
    assert not twice
    assert not any(again.values())
    assert after_again == before


def test_a_month_at_once_tells_nobody_more_than_a_month_day_by_day(begun):
    at_once, day_by_day = _told_on([30]), _told_on(range(1, 31))

    assert at_once
    assert not {who: often for who, often in at_once.items() if often > day_by_day[who]}
    assert sum(at_once.values()) < sum(day_by_day.values())  # of the steps of one reminder only the last is sent


def _told_on(days):
    """How many mails each person gets when the sweep runs on these days from now. Undone afterwards."""
    known = set(OutgoingMail.objects.values_list("pk", flat=True))
    with transaction.atomic():
        for number in days:
            with after(number * DAY):
                assert jobs.FAILED not in jobs.sweep().values()
        told = Counter(to for to, *_ in told_since(known).elements())
        transaction.set_rollback(True)
    return told


def test_after_a_month_the_queues_get_their_chance_before_an_alarm_rings(begun):
    with after(30 * DAY):
        tasks.tick()
        assert not Alarm.objects.exists()
    for minutes in (3, 6):
        assert not Alarm.objects.exists()
        with after(30 * DAY + timedelta(minutes=minutes)):
            tasks.tick()  # and nobody has answered the first ask

    assert {"queue:default", "queue:mail"} <= set(Alarm.objects.values_list("job", flat=True))
