"""Writing the signs of life: one statement for as many jobs as there are, so that watching costs the sweep next to nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from partnership import clock
from partnership.operations.models import Heartbeat

LONGEST_NOTE, LONGEST_FAILURE = 300, 100

# What is counted in a row is counted by the database, so that two processes that end in the same instant lose nothing.
WRITE = """
INSERT INTO operations_heartbeat AS known (name, began_at, at, count, failed_at, failure, failures, note)
SELECT * FROM unnest(
    %s::text[], %s::timestamptz[], %s::timestamptz[], %s::int[], %s::timestamptz[], %s::text[], %s::int[], %s::text[]
)
ON CONFLICT (name) DO UPDATE SET
    began_at = EXCLUDED.began_at,
    at = COALESCE(EXCLUDED.at, known.at),
    count = CASE WHEN EXCLUDED.failures = 0 THEN EXCLUDED.count ELSE known.count END,
    failed_at = COALESCE(EXCLUDED.failed_at, known.failed_at),
    failure = CASE WHEN EXCLUDED.failures = 0 THEN known.failure ELSE EXCLUDED.failure END,
    failures = CASE WHEN EXCLUDED.failures = 0 THEN 0 ELSE known.failures + 1 END,
    note = EXCLUDED.note
"""
ASK = """
INSERT INTO operations_heartbeat AS known (name, began_at, count, failure, failures, note)
SELECT name, %s::timestamptz, 0, '', 0, '' FROM unnest(%s::text[]) AS name
ON CONFLICT (name) DO UPDATE SET began_at = EXCLUDED.began_at
WHERE %s OR GREATEST(known.at, known.failed_at) >= known.began_at
"""


@dataclass(frozen=True)
class Run:
    """One run of one job: when it began and ended, how much it did, and the class of what it failed with, if it did."""

    name: str
    began_at: datetime
    ended_at: datetime
    count: int = 0
    failure: str = ""
    note: str = ""


def class_of(error: Exception) -> str:
    """The name of its class and no more: what it says may hold an address or somebody's words."""
    return type(error).__name__[:LONGEST_FAILURE]


def done(name: str, job: Callable[[], int]) -> int:
    """Run one job, write its heartbeat, and return how much was done. What it raises is written down, and raised on."""
    began_at = clock.real()
    try:
        count = job()
    except Exception as error:
        write([Run(name, began_at, clock.real(), failure=class_of(error))])
        raise
    write([Run(name, began_at, clock.real(), count)])
    return count


def beat(name: str) -> None:
    """Note a sign of life of something that only has to answer."""
    now = clock.real()
    write([Run(name, now, now)])


def ask(names: Sequence[str], *, anew: bool = False) -> None:
    """Note that these are asked for a sign of life, in one statement. Of one that has not answered yet the first ask counts.

    `anew`: what was asked for before counts no more, because nobody was there to answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(ASK, [clock.real(), sorted(names), anew])


def begin(name: str) -> datetime | None:
    """Note that a job has begun, so that one that never ends can be told from one that was never begun.

    Returns when it last ended well.
    """
    beat, _ = Heartbeat.objects.update_or_create(name=name, defaults={"began_at": clock.real()})
    return beat.at


def write(runs: Iterable[Run]) -> None:
    """Write how these jobs ended, in one statement. A job that ran twice failed if either run did."""
    last: dict[str, Run] = {}
    for run in runs:
        before = last.get(run.name)
        last[run.name] = _both(before, run) if before else run
    # In the order of their names, so that two processes that write the same jobs wait for each other and never for ever.
    rows = [last[name] for name in sorted(last)]
    if not rows:
        return
    columns: list[Any] = [
        [run.name for run in rows],
        [run.began_at for run in rows],
        [None if run.failure else run.ended_at for run in rows],
        [run.count for run in rows],
        [run.ended_at if run.failure else None for run in rows],
        [run.failure for run in rows],
        [1 if run.failure else 0 for run in rows],
        [run.note[:LONGEST_NOTE] for run in rows],
    ]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, columns)


def _both(first: Run, second: Run) -> Run:
    failure = second.failure or first.failure
    return Run(first.name, first.began_at, second.ended_at, first.count + second.count, failure, second.note)
