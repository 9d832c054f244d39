"""Two beats, three workers and two web servers in the same instant, over real connections: nothing is done twice."""

from collections import Counter
from datetime import timedelta

import pytest

from partnership import clock
from partnership.deadlines.models import Duty
from partnership.documents import jobs as documents
from partnership.documents.models import Rendition
from partnership.mail import jobs as mail
from partnership.mail.models import MailAttempt, OutgoingMail
from partnership.operations import alarms, beating, jobs, tasks, watch
from partnership.operations.beating import Run
from partnership.operations.models import Alarm, Heartbeat
from tests import told as telling
from tests import worlds
from tests.apps.documents.test_races import at_once
from tests.apps.mail.fake_smtp import Relay, serving
from tests.night import IS_NIGHT

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 20 if IS_NIGHT else 3


@pytest.fixture(autouse=True)
def relay(settings, monkeypatch):
    settings.EMAIL_HOST = "127.0.0.1"
    monkeypatch.setattr(tasks, "_ask", lambda task, **options: None)
    with serving(Relay()) as running:
        settings.EMAIL_PORT = running.port
        yield running


def test_two_beats_and_three_workers_do_nothing_twice(relay):
    for _ in range(ROUNDS):
        world = worlds.area_with_its_cast()
        worlds.in_sign_off(world)

        at_once(
            *[tasks.tick] * 2,
            *[lambda: tasks.slow("messages_sent")] * 3,
            *[lambda: tasks.slow("pdfs_made")] * 3,
            *[lambda: tasks.canary("mail")] * 3,
        )
        jobs.run_due()
        jobs.run_due()

        duties = Counter(Duty.objects.values_list("area", "rule_key", "period_label"))
        assert max(duties.values()) == 1
        assert set(Counter(_reminders()).values()) == {1}
        assert set(Counter(Rendition.objects.values_list("version", "kind")).values()) == {1}
        sent = [to for _, to, _ in relay.messages]
        assert Counter(sent) == Counter(OutgoingMail.objects.values_list("to", flat=True))
        assert not OutgoingMail.objects.exclude(status="sent").exists()
        assert MailAttempt.objects.count() == OutgoingMail.objects.count()
        assert set(Counter(Heartbeat.objects.values_list("name", flat=True)).values()) == {1}
        assert not Heartbeat.objects.exclude(failures=0).exists()
    assert documents.render_missing() == mail.deliver_due() == 0


def _reminders():
    """Each notice of a reminder, by its person and its words: the same to the same person once."""
    return telling.of("reminder").values_list("person", "title", "area_slug")


def test_two_sweeps_in_the_same_instant_are_one():
    worlds.area_with_its_cast()

    results = at_once(jobs.sweep, jobs.sweep, jobs.sweep)

    assert max(Counter(Duty.objects.values_list("area", "rule_key", "period_label")).values()) == 1
    assert sum(result.get("duties_opened", 0) for result in results) == Duty.objects.count() > 0


def test_failures_in_a_row_are_counted_by_the_database():
    def fail():
        beating.write([Run(name, clock.real(), clock.real(), failure="OSError") for name in ("b", "a", "c")])

    for _ in range(ROUNDS):
        at_once(*[fail] * 5)

    assert set(Heartbeat.objects.values_list("failures", flat=True)) == {5 * ROUNDS}


def test_everybody_who_looks_in_the_same_instant_rings_one_alarm_and_writes_one_mail():
    ros = worlds.operator()
    for number in range(ROUNDS):
        with clock.frozen(clock.now() + timedelta(hours=2 * number)):
            now = clock.real()
            beating.write([Run(job.name, now, now) for job in watch.WATCHED])
            alarms.look(with_rows=False)
            with clock.frozen(now + timedelta(minutes=6)):
                at_once(*[lambda: alarms.look(with_rows=False)] * 6)

                assert Alarm.objects.filter(ended_at=None).count() == 1
                assert OutgoingMail.objects.filter(purpose="alarm", to=ros.email).count() == number + 1
            beating.write(
                [Run(job.name, now + timedelta(minutes=6), now + timedelta(minutes=6)) for job in watch.WATCHED]
            )
            at_once(*[lambda: alarms.look(with_rows=False)] * 3)
            assert not Alarm.objects.filter(ended_at=None).exists()
