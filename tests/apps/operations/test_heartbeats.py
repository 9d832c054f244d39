"""Each job leaves one row, in one statement for a whole sweep, with nothing of anybody's words in it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from partnership import clock
from partnership.operations import beating, jobs, selectors, tasks, watch
from partnership.operations.beating import Run
from partnership.operations.models import Heartbeat

pytestmark = pytest.mark.django_db
SECRET = "The disk of jane.roe@council.example is full."


def later(minutes=1):
    return clock.frozen(clock.now() + timedelta(minutes=minutes))


def run(name="duties_opened", **more):
    return Run(name, clock.real(), clock.real(), **more)


def broken(**_):
    raise OSError(SECRET)


def test_every_step_of_a_sweep_leaves_a_row_with_what_it_did(world):
    done = jobs.sweep()

    beats = selectors.beats()
    assert set(beats) == {watch.TICK, *(name for name, _ in jobs.SWEEP)}
    assert all(beat.at == beat.began_at == clock.real() for beat in beats.values())
    assert beats["duties_opened"].count == done["duties_opened"] == 6
    assert beats[watch.TICK].count == sum(done.values())


def test_a_sweep_writes_its_rows_in_one_statement(world):
    jobs.sweep()
    with CaptureQueriesContext(connection) as asked:
        jobs.sweep()

    written = [
        row["sql"] for row in asked if "operations_heartbeat" in row["sql"] and not row["sql"].startswith("SELECT")
    ]
    assert len(written) == 2  # that it begins, and how all of it ended


def test_a_failure_is_counted_in_a_row_and_told_by_its_class_alone(world, monkeypatch):
    jobs.sweep()
    well = clock.real()
    with monkeypatch.context() as patch:
        patch.setattr(jobs.deadlines, "open_duties", broken)
        for minute in (1, 2):
            with later(minute):
                jobs.sweep()

    row = Heartbeat.objects.get(name="duties_opened")
    assert (row.failures, row.failure, row.at, row.count) == (2, "OSError", well, 6)
    assert row.failed_at == well + timedelta(minutes=2)
    assert "jane" not in str(list(Heartbeat.objects.values_list()))

    with later(3):
        jobs.sweep()
    row.refresh_from_db()
    assert (row.failures, row.failure, row.count) == (0, "OSError", 0)
    assert row.at == well + timedelta(minutes=3)


def test_a_job_that_runs_twice_failed_if_either_run_did():
    beating.write([run("messages_sent", failure="OSError"), run("messages_sent", count=3)])

    assert Heartbeat.objects.get().failures == 1


def test_what_a_queue_does_leaves_a_row_and_its_failure_is_raised_on(monkeypatch):
    monkeypatch.setitem(tasks.SLOW, "messages_sent", ("mail", broken))

    with pytest.raises(OSError, match="full"):
        tasks.slow("messages_sent")

    row = Heartbeat.objects.get()
    assert (row.name, row.failures, row.failure, row.at) == ("messages_sent", 1, "OSError", None)


def test_the_database_takes_no_text_of_a_failure():
    with pytest.raises(IntegrityError, match="operations_failure_is_a_class_name"):
        beating.write([run(failure="OSError: the disk is full")])


def test_the_first_ask_without_an_answer_counts():
    beating.ask(watch.ASKED)
    first = clock.real()
    with later():
        beating.ask(watch.ASKED)
        beating.beat("queue:mail")
    with later(2):
        beating.ask(watch.ASKED)

    began = dict(Heartbeat.objects.values_list("name", "began_at"))
    assert set(began) == set(watch.ASKED)
    assert began["queue:pdf"] == first
    assert began["queue:mail"] == first + timedelta(minutes=2)


def test_after_a_gap_what_was_asked_before_counts_no_more(world, monkeypatch):
    monkeypatch.setattr(tasks, "_ask", lambda task, **options: None)
    tasks.tick()
    with later(60):
        tasks.tick()
        assert set(Heartbeat.objects.filter(name__in=watch.ASKED).values_list("began_at", flat=True)) == {clock.real()}


def test_moving_the_practice_clock_makes_nothing_late(world, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(clock, "_frozen", None)
        jobs.sweep()
        patch.setattr(clock, "_offset", lambda: timedelta(days=30))

        assert clock.now() - clock.real() > timedelta(days=29)
        found = watch.findings(selectors.beats(), clock.real())

    assert not [row.name for row in found if row.state == watch.State.LATE]
