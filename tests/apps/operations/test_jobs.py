"""What is due is done, once, whoever asks and however often."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from partnership import clock
from partnership.audit.models import AuditEntry
from partnership.deadlines.models import Duty, Reminder
from partnership.documents.models import Rendition
from partnership.mail.models import OutgoingMail
from partnership.operations import beating, jobs, selectors, tasks
from partnership.operations.management.commands import run_jobs
from tests import worlds
from tests.apps.mail.fake_smtp import Relay, serving

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def relay(settings):
    settings.EMAIL_HOST = "127.0.0.1"
    with serving(Relay()) as running:
        settings.EMAIL_PORT = running.port
        yield running


def test_what_is_due_is_done_and_a_second_time_nothing_is(world, relay):
    worlds.in_sign_off(world)

    first = jobs.run_due()
    before = AuditEntry.objects.count(), OutgoingMail.objects.count(), Reminder.objects.count()
    second = jobs.run_due()

    assert first["pdfs_made"] == 1
    assert first["reminders_queued"] == 2
    assert first["messages_sent"] == OutgoingMail.objects.filter(status="sent").count() > 3
    assert not any(second.values())
    assert (AuditEntry.objects.count(), OutgoingMail.objects.count(), Reminder.objects.count()) == before
    assert Rendition.objects.count() == 1


def test_a_published_report_is_submitted_and_its_duty_closed_in_one_go(world):
    worlds.published(world)

    jobs.run_due()

    assert Duty.objects.get(area=world.area, period_label="2025-26").closed_at == clock.now()


def test_reminders_queued_now_leave_in_the_same_run(world):
    worlds.begun(world)

    jobs.run_due()

    digests = OutgoingMail.objects.filter(purpose="digest")  # a date two weeks ahead waits for the Monday that this is
    assert digests.exists()
    assert not digests.exclude(status="sent").exists()


def test_one_failure_is_told_and_stops_nothing_else(world, monkeypatch, caplog):
    def broken(**_):
        raise ValueError("The disk is full.")

    monkeypatch.setattr(jobs.deadlines, "open_duties", broken)

    done = jobs.run_due()

    assert done["duties_opened"] == jobs.FAILED
    assert [name for name, count in done.items() if count == jobs.FAILED] == ["duties_opened"]
    assert "job_failed step=duties_opened" in caplog.text
    assert selectors.last_beat() == clock.now()


def test_the_command_tells_in_sentences_what_was_done(world, capsys):
    worlds.begun(world)

    call_command("run_jobs")
    told = capsys.readouterr().out
    call_command("run_jobs")

    assert "2 reminders were queued." in told
    assert capsys.readouterr().out == "Nothing was due.\n"


def test_the_command_has_words_for_every_step():
    steps = {name for name, _ in jobs.EVERYTHING}

    assert set(run_jobs.SENTENCES) == set(run_jobs.FAILURES) == steps


def test_the_command_fails_when_a_job_failed(world, monkeypatch):
    monkeypatch.setattr(jobs.documents, "render_missing", lambda: 1 / 0)

    with pytest.raises(CommandError, match="PDFs could not be made"):
        call_command("run_jobs")


def test_a_sweep_beside_another_one_does_nothing(world):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [jobs.LOCK])
        beside = jobs.sweep()
        assert not Duty.objects.exists()
    finally:
        with other.cursor() as cursor:  # closing alone frees the lock some moments later
            cursor.execute("SELECT pg_advisory_unlock(%s)", [jobs.LOCK])
        other.close()

    assert beside == {}
    assert jobs.sweep()["duties_opened"] == 6


def test_a_sweep_gives_its_lock_back_even_when_it_fails(world, monkeypatch):
    monkeypatch.setattr(jobs.beating, "write", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        jobs.sweep()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [jobs.LOCK])
            assert cursor.fetchone() == (True,)
    finally:
        other.close()


def test_a_tick_sweeps_and_nudges_the_queues_of_slow_work(world, monkeypatch):
    asked = []
    monkeypatch.setattr(
        tasks, "_ask", lambda task, **options: asked.append((task.name, *options["args"], options["queue"]))
    )
    worlds.in_sign_off(world)

    tasks.tick()

    assert selectors.last_beat() == clock.now()
    assert Reminder.objects.exists()
    assert not Rendition.objects.exists()
    assert asked == [
        ("partnership.operations.tasks.slow", "pdfs_made", "pdf"),
        ("partnership.operations.tasks.slow", "messages_sent", "mail"),
        ("partnership.operations.tasks.slow", "public_pages_fetched", "pdf"),
        ("partnership.operations.tasks.slow", "daily_lists_made", "pdf"),
        *(("partnership.operations.tasks.canary", queue, queue) for queue in ("default", "mail", "pdf")),
    ]


def test_what_a_queue_is_asked_for_is_done_by_its_worker(world):
    worlds.in_sign_off(world)

    tasks.slow("pdfs_made")
    tasks.slow("messages_sent")
    tasks.slow("public_pages_fetched")
    tasks.slow("daily_lists_made")

    assert Rendition.objects.count() == 1
    assert OutgoingMail.objects.filter(status="sent").exists()
    assert {name: beat.count for name, beat in selectors.beats().items()} == {
        "pdfs_made": 1,
        "messages_sent": OutgoingMail.objects.filter(status="sent").count(),
        "public_pages_fetched": 0,
        "daily_lists_made": 0,
    }


def test_a_queue_shows_that_it_is_served(db):
    tasks.canary("mail")

    assert selectors.last_beat("queue:mail") == clock.now()
    assert selectors.last_beat() is None


def test_a_beat_moves_on(db):
    beating.beat("tick")
    first = selectors.last_beat()
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        beating.beat("tick")

    assert selectors.last_beat() == first + timedelta(minutes=1)
