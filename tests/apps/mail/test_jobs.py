"""The sweep, the reconciler, and several workers at once."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection

from partnership import clock
from partnership.mail import jobs, services, smtp, tasks
from partnership.mail.jobs import Evidence
from partnership.mail.models import MailAttempt, OutgoingMail
from partnership.mail.workflow import Outcome, Ruling, Status

NOON = datetime(2026, 9, 30, 11, tzinfo=UTC)
LATER = NOON + timedelta(minutes=3)

ARCHIVE: dict[str, str] = {}


def find_in_archive(message_id: str) -> Evidence | None:
    return Evidence(ARCHIVE[message_id]) if message_id in ARCHIVE else None


def unreachable_archive(message_id: str) -> Evidence | None:
    raise OSError("The archive mailbox does not answer.")


@pytest.fixture
def stuck(queue) -> OutgoingMail:
    """A message that was claimed by a process which then died."""
    with clock.frozen(NOON):
        queue()
        return jobs._claim()


def freed(mail: OutgoingMail) -> OutgoingMail:
    with clock.frozen(LATER):
        jobs.free_stuck()
    mail.refresh_from_db()
    return mail


@pytest.mark.django_db
def test_a_message_stuck_for_over_two_minutes_becomes_uncertain(stuck):
    mail = freed(stuck)

    attempt = mail.tries.get()
    assert (mail.status, attempt.outcome, attempt.ended_at) == (Status.UNCERTAIN, Outcome.UNCERTAIN, LATER)


@pytest.mark.django_db
def test_a_message_in_sending_for_less_is_left_alone(stuck):
    with clock.frozen(NOON + timedelta(minutes=2)):
        assert jobs.free_stuck() == 0

    stuck.refresh_from_db()
    assert stuck.status == Status.SENDING


@pytest.mark.django_db
def test_freeing_twice_frees_once(stuck):
    with clock.frozen(LATER):
        assert [jobs.free_stuck(), jobs.free_stuck()] == [1, 0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("report", "status"),
    [
        (smtp.Report(Outcome.SENT, "250 Ok"), Status.SENT),
        (smtp.Report(Outcome.TEMPORARY, "450 Busy"), Status.WAITING),
        (smtp.Report(Outcome.PERMANENT, "550 No"), Status.FAILED),
    ],
)
def test_an_answer_that_comes_after_the_sweep_settles_the_message(stuck, report, status):
    freed(stuck)

    with clock.frozen(LATER):
        jobs._record(stuck, report)

    stuck.refresh_from_db()
    assert stuck.status == status
    assert stuck.rulings.get().ruling == Ruling.LATE_ANSWER


@pytest.mark.django_db
def test_an_answer_that_comes_after_a_person_settled_changes_nothing(stuck, gwen, caplog):
    services.settle_uncertain(mail=freed(stuck), by=gwen, outcome=Ruling.GIVEN_UP)

    jobs._record(stuck, smtp.Report(Outcome.SENT, "250 Ok"))

    stuck.refresh_from_db()
    assert stuck.status == Status.FAILED
    assert "had moved on" in caplog.text


@pytest.mark.django_db
def test_an_uncertain_message_found_in_the_archive_is_sent(stuck, settings):
    settings.MAIL_ARCHIVE_FINDER = f"{__name__}.find_in_archive"
    mail = freed(stuck)
    ARCHIVE[mail.message_id] = "Found in the archive as number 12."

    assert [jobs.reconcile_uncertain(), jobs.reconcile_uncertain()] == [1, 0]

    mail.refresh_from_db()
    assert (mail.status, mail.last_answer) == (Status.SENT, "Found in the archive as number 12.")
    assert mail.rulings.get().ruling == Ruling.FOUND


@pytest.mark.django_db
def test_an_uncertain_message_that_is_not_found_waits_for_a_person(stuck, settings):
    settings.MAIL_ARCHIVE_FINDER = f"{__name__}.find_in_archive"
    mail = freed(stuck)

    assert jobs.reconcile_uncertain() == 0

    mail.refresh_from_db()
    assert mail.status == Status.UNCERTAIN


@pytest.mark.django_db
def test_an_archive_that_does_not_answer_is_logged_and_settles_nothing(stuck, settings, caplog):
    settings.MAIL_ARCHIVE_FINDER = f"{__name__}.unreachable_archive"
    freed(stuck)

    assert jobs.reconcile_uncertain() == 0
    assert "could not be searched" in caplog.text


@pytest.mark.django_db
def test_without_an_archive_nothing_is_reconciled(stuck):
    freed(stuck)

    assert jobs.reconcile_uncertain() == 0


@pytest.mark.django_db
def test_the_tasks_are_doors_to_the_jobs(queue, relay, stuck, settings):
    settings.MAIL_ARCHIVE_FINDER = f"{__name__}.find_in_archive"
    ARCHIVE[stuck.message_id] = "Found in the archive as number 12."
    mail = queue()

    with clock.frozen(LATER):
        tasks.free_stuck.apply(throw=True)
        tasks.reconcile_uncertain.apply(throw=True)
        tasks.deliver_due.apply(throw=True)

    stuck.refresh_from_db()
    mail.refresh_from_db()
    assert (stuck.last_answer, mail.last_answer) == ("Found in the archive as number 12.", "250 Ok: queued as 4XyZ")
    assert all(task.acks_late for task in (tasks.free_stuck, tasks.reconcile_uncertain, tasks.deliver_due))


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(queue, relay):
    for number in range(12):
        queue(to=f"person{number}@example.org")
    begin, counts = threading.Barrier(2), []

    def work() -> None:
        try:
            begin.wait()
            counts.append(jobs.deliver_due())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(counts) == 12
    assert sorted(to for _, to, _ in relay.messages) == sorted(f"person{number}@example.org" for number in range(12))
    assert MailAttempt.objects.count() == 12


@pytest.mark.django_db(transaction=True)
def test_a_message_being_sent_is_not_claimed_by_a_second_worker(queue, relay):
    relay.final_takes = 0.5
    mail = queue()
    first = threading.Thread(target=lambda: (jobs.deliver_due(), connection.close()))
    first.start()
    assert relay.when_accepting.wait(5)

    assert jobs.deliver_due() == 0

    first.join()
    mail.refresh_from_db()
    assert (mail.status, len(relay.messages)) == (Status.SENT, 1)


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_recorded_although_the_database_was_lost_while_the_relay_was_spoken_to(queue, monkeypatch):
    def answer(**said) -> smtp.Report:
        with contextlib.suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return smtp.Report(Outcome.SENT, "250 Ok", is_reply=True)

    monkeypatch.setattr(smtp, "deliver", answer)
    mail = queue()

    assert jobs.deliver_due() == 1

    mail.refresh_from_db()
    assert (mail.status, mail.last_answer) == (Status.SENT, "250 Ok")


@pytest.mark.django_db(transaction=True)
def test_an_answer_for_which_the_database_does_not_come_back_is_given_up_and_its_message_is_in_flight(
    queue, monkeypatch
):
    def away(mail, report) -> None:
        raise OperationalError

    monkeypatch.setattr(smtp, "deliver", lambda **said: smtp.Report(Outcome.SENT, "250 Ok", is_reply=True))
    monkeypatch.setattr(jobs, "_record", away)
    monkeypatch.setattr(jobs, "RECORD_SECONDS", 0.1)
    mail = queue()

    with pytest.raises(OperationalError):
        jobs.deliver_due()

    mail.refresh_from_db()
    assert mail.status == Status.SENDING


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_while_it_sends_leaves_an_uncertain_message_that_is_not_resent(queue, relay):
    relay.final_takes = 30
    mail = queue()
    process = subprocess.Popen(
        [sys.executable, "-c", "import django; django.setup(); from partnership.mail import jobs; jobs.deliver_due()"],
        env={**os.environ, **_where_this_test_runs(relay)},
    )
    try:
        assert relay.when_accepting.wait(30)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()

    with clock.frozen(_in(minutes=3)):
        jobs.free_stuck()
        assert jobs.deliver_due() == 0

    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == (Status.UNCERTAIN, 1)
    assert relay.connections == 1


def _where_this_test_runs(relay) -> dict[str, str]:
    database = django_settings.DATABASES["default"]
    return {
        "DATABASE_URL": f"postgresql://{database['USER']}:{database['PASSWORD']}@/{connection.settings_dict['NAME']}"
        f"?host={database['HOST']}",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(relay.port),
    }


def _in(*, minutes: int) -> datetime:
    return datetime.fromtimestamp(time.time(), UTC) + timedelta(minutes=minutes)
