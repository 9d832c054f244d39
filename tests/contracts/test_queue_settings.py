"""Celery is set up so that it can be late and never more than that: ADR 8. The figures are those that were measured there."""

import ast
from importlib import metadata
from pathlib import Path

from partnership.celery import app
from partnership.embedded import processes

ROOT = Path(__file__).resolve().parents[2]
OURS = ("partnership", "arrangements", "reports", "scrutiny", "statutory")
LONGEST_WAIT = 60  # seconds: what waits longer in the broker than it lets a task be away is run again and again
HELD = {
    "task_serializer": "json",
    "accept_content": ["json"],
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "task_ignore_result": True,
    "task_soft_time_limit": 120,
    "task_time_limit": 150,
    "task_default_queue": "default",
    "worker_prefetch_multiplier": 1,
    "worker_max_tasks_per_child": 200,
    "worker_soft_shutdown_timeout": 30,
    "broker_transport_options": {
        "visibility_timeout": 600,
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
    },
    "timezone": "UTC",
}


def keywords():
    """Every keyword that is handed to anything, with the place."""
    for part in OURS:
        for path in (ROOT / part).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.keyword) and node.arg:
                    yield node.arg, node.value, f"{path.relative_to(ROOT)}:{node.lineno}"


def test_the_settings_are_those_that_were_measured():
    assert {name: app.conf[name] for name in HELD} == HELD


def test_no_truth_lies_in_a_result():
    assert app.conf.result_backend is None


def test_a_task_is_over_before_the_broker_gives_it_to_another_worker():
    assert app.conf.task_time_limit < app.conf.broker_transport_options["visibility_timeout"]


def test_nothing_waits_in_the_broker_for_longer_than_a_minute():
    long = [
        place
        for name, value, place in keywords()
        if name == "eta"
        or (name == "countdown" and not (isinstance(value, ast.Constant) and value.value <= LONGEST_WAIT))
    ]

    assert not long


def test_no_task_tries_again_by_itself():
    """Celery would wait three minutes in the broker; a row that is not done is found by the next sweep."""
    retrying = {"autoretry_for", "default_retry_delay", "retry_backoff"}
    tasks = [path for part in OURS for path in (ROOT / part).rglob("tasks.py")]

    assert not [place for name, _, place in keywords() if name in retrying]
    assert not [path for path in tasks if ".retry(" in path.read_text()]


def test_beat_has_one_line_each_minute_that_lapses_before_the_next():
    ((name, line),) = app.conf.beat_schedule.items()

    assert (name, line["schedule"]) == ("tick", LONGEST_WAIT)
    assert line["options"]["expires"] < LONGEST_WAIT


def test_mail_and_pdf_have_queues_of_their_own():
    routes = {pattern.split(".")[1]: route["queue"] for pattern, route in app.conf.task_routes.items()}

    assert routes == {"mail": "mail", "documents": "pdf", "evidence": "pdf"}
    assert set(processes.QUEUES) == {"default", "mail", "pdf"}


def test_every_task_of_ours_is_given_back_when_its_worker_is_lost():
    app.loader.import_default_modules()
    tasks = {name: task for name, task in app.tasks.items() if name.startswith(OURS)}

    assert tasks
    assert all(task.acks_late and task.reject_on_worker_lost and task.ignore_result for task in tasks.values())


def test_the_transport_is_one_that_goes_on_after_the_broker_was_away():
    for package in ("celery", "kombu"):
        assert tuple(map(int, metadata.version(package).split(".")[:2])) >= (5, 7)
