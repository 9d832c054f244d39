"""A worker that lost the broker without noticing ends, so that whoever keeps it running starts another one."""

import os

import pytest

from partnership import celery as queue


class Ended(Exception):
    pass


@pytest.fixture
def watched(monkeypatch):
    """The watch over a worker whose seconds pass without being waited for. Returns what each second brings."""
    seconds, brings = iter(range(10_000)), {"tasks": lambda second: 0, "running": lambda second: False}
    now = [0.0]

    def sleep(length):
        now[0] = float(next(seconds))
        if now[0] > 1000:
            raise TimeoutError
        queue.state.all_total_count[0] = brings["tasks"](now[0])
        monkeypatch.setattr(queue.state, "active_requests", {1} if brings["running"](now[0]) else set())

    def end(code):
        raise Ended(code, now[0])

    monkeypatch.setattr(queue.state, "all_total_count", [0])
    monkeypatch.setattr(queue.time, "sleep", sleep)
    monkeypatch.setattr(queue.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(queue.logging, "shutdown", lambda: None)
    monkeypatch.setattr(os, "_exit", end)
    return brings


def test_a_worker_that_is_given_nothing_for_three_minutes_ends(watched):
    with pytest.raises(Ended) as ended:
        queue._end_when_silent()

    assert ended.value.args == (queue.SILENT, queue.SILENCE + 1)


def test_one_that_is_given_something_each_minute_goes_on(watched):
    watched["tasks"] = lambda second: second // 60

    with pytest.raises(TimeoutError):
        queue._end_when_silent()


def test_one_that_is_at_work_is_not_silent(watched):
    watched["running"] = lambda second: second < 500

    with pytest.raises(Ended) as ended:
        queue._end_when_silent()

    assert ended.value.args[1] > 500 + queue.SILENCE - 1


def test_each_worker_is_watched():
    assert queue.EndsWhenSilent in queue.app.steps["worker"]
    assert queue.app.conf.task_time_limit < queue.SILENCE
    assert 2 * queue.app.conf.beat_schedule["tick"]["schedule"] < queue.SILENCE
