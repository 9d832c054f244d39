"""What the signs of life mean: a pure function of them and of the moment, with a sentence of what to do for each trouble."""

from datetime import UTC, datetime, timedelta

import pytest

from partnership.operations import jobs, promises, tasks, watch
from partnership.operations.models import Heartbeat, Trouble
from partnership.operations.promises import Promise
from partnership.operations.watch import State

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def beat(name, minutes=0.5, *, failures=0, failed=0.5, asked=None):
    """A job that ended well so many minutes ago; with failures it failed since."""
    at = NOW - minutes * MINUTE if minutes is not None else None
    began = NOW - (asked if asked is not None else minutes or 0) * MINUTE
    more = {"failures": failures, "failure": "OSError", "failed_at": NOW - failed * MINUTE} if failures else {}
    return Heartbeat(name=name, began_at=began, at=at, **more)


def all_well(**other):
    beats = {job.name: beat(job.name) for job in watch.WATCHED}
    return beats | {row.name: row for row in other.values()}


def found(beats, promised=()):
    return {finding.name: finding for finding in watch.findings(beats, NOW, promised)}


def states(beats, promised=()):
    return {name: finding.state for name, finding in found(beats, promised).items() if finding.is_trouble}


def test_every_step_every_task_and_every_queue_is_watched():
    everything = {name for name, _ in jobs.EVERYTHING} | {watch.TICK}
    queues = {f"{watch.QUEUE}{queue}" for queue in watch.QUEUES}

    assert set(watch.JOBS) == everything | queues
    assert set(watch.ASKED) == set(tasks.SLOW) | queues
    assert len(watch.WATCHED) == len(watch.JOBS)


def test_what_is_needed_is_watched_as_well():
    needed = {job.needs for job in watch.WATCHED} | {kept.needs for kept in promises.KEPT}

    assert needed - {""} <= set(watch.JOBS)
    assert [job.name for job in watch.WATCHED if not job.needs] == [watch.TICK]


@pytest.mark.parametrize("thing", [*watch.WATCHED, *promises.KEPT], ids=lambda thing: thing.name)
def test_each_has_one_sentence_of_what_to_do(thing):
    assert thing.to_do.endswith(".")
    assert ". " not in thing.to_do
    assert 30 < len(thing.to_do) < 160


def test_all_is_well_where_everything_ended_well_a_moment_ago():
    assert not states(all_well())


def test_nothing_ever_ran_is_one_trouble_and_rings_nothing():
    every = found({})

    assert {name for name, finding in every.items() if finding.is_trouble} == {watch.TICK}
    assert all(finding.state == State.NEVER and finding.trouble is None for finding in every.values())
    assert every["duties_opened"].cause == "The sweep"


@pytest.mark.parametrize(("minutes", "state"), [(5, State.WELL), (5.1, State.LATE)])
def test_the_sweep_is_late_after_its_minute_and_its_grace(minutes, state):
    every = found(all_well(tick=beat("tick", minutes)))

    assert every["tick"].state == state


def test_a_sweep_that_is_dead_is_one_trouble_and_not_thirty():
    beats = {job.name: beat(job.name, 60, asked=59) for job in watch.WATCHED}

    every = found(beats)

    assert states(beats) == {watch.TICK: State.LATE}
    assert every["messages_sent"].state == State.LATE
    assert every["messages_sent"].to_do == "See to “The sweep” first: this waits for it."
    assert every["tick"].sentence(NOW).startswith("The sweep: late, for 1 hour now. See that beat")


def test_two_failures_are_shown_and_three_in_a_row_are_trouble():
    assert not states(all_well(step=beat("duties_opened", 2.5, failures=2)))

    failing = found(all_well(step=beat("duties_opened", 3.5, failures=3)))["duties_opened"]

    assert (failing.state, failing.trouble) == (State.FAILING, Trouble.FAILING)
    assert failing.since == NOW - 3.5 * MINUTE
    assert "failed 3 times in a row (OSError), for 3 minutes now" in failing.sentence(NOW)
    assert "job_failed step=duties_opened" in failing.to_do


def test_what_fails_is_told_although_something_that_it_needs_is_late():
    beats = all_well(tick=beat("tick", 60), step=beat("duties_opened", 61, failures=3, failed=60))

    assert states(beats) == {"tick": State.LATE, "duties_opened": State.FAILING}


def test_a_queue_is_late_when_an_ask_has_no_answer_and_not_because_nobody_asked():
    nobody_asked = beat("queue:mail", 60)
    asked_just_now = beat("queue:mail", 60, asked=1)
    asked_and_silent = beat("queue:mail", 60, asked=6)

    assert not states(all_well(queue=nobody_asked))
    assert not states(all_well(queue=asked_just_now))
    assert states(all_well(queue=asked_and_silent)) == {"queue:mail": State.LATE}


def test_a_queue_that_never_answered_is_late_once_its_grace_is_over():
    assert states(all_well(queue=beat("queue:pdf", None, asked=10))) == {"queue:pdf": State.NEVER}
    assert states(all_well(queue=beat("queue:pdf", None, asked=16))) == {"queue:pdf": State.LATE}


def test_a_dead_queue_is_the_cause_of_what_its_worker_does_not_do():
    silent = {"queue": beat("queue:mail", 20, asked=19), "job": beat("messages_sent", 20, asked=19)}
    waits = [Promise("mail_queued", 4, 18 * MINUTE)]

    every = found(all_well(**silent), waits)

    assert states(all_well(**silent), waits) == {"queue:mail": State.LATE}
    assert every["messages_sent"].cause == every["mail_queued"].cause == "The queue “mail”"


def test_a_row_is_late_once_its_job_ran_and_left_it():
    tried = [Promise("mail_queued", 1, 6 * MINUTE)]
    fresh = [Promise("mail_queued", 9, 4 * MINUTE)]

    assert states(all_well(), tried) == {"mail_queued": State.LATE}
    assert not states(all_well(), fresh)
    assert not states(all_well(), [Promise("mail_queued", 0, timedelta(0))])


def test_after_an_hour_without_a_worker_the_rows_get_their_chance_before_anybody_is_woken():
    """The sweep has just come back; mail was last sent before the row was queued."""
    beats = all_well(job=beat("messages_sent", 61))

    assert not states(beats, [Promise("mail_queued", 40, 60 * MINUTE)])


def test_the_numbers_for_readyz_count_what_has_to_be_mended_itself():
    beats = all_well(tick=beat("tick", 60), step=beat("duties_opened", 61, failures=5))

    assert watch.counted(found(beats).values()) == {"late": 1, "failing": 1, "never_ran": 0}


def test_the_function_changes_nothing_that_it_is_given():
    beats = all_well()
    before = {name: vars(row).copy() for name, row in beats.items()}

    watch.findings(beats, NOW)

    assert {name: vars(row) for name, row in beats.items()} == before
