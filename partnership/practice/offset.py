"""How far the practice area's clock is from the real one, for `partnership.clock`.

Inside a request the answer is asked for once, so that a page never shows two times; outside, the worker and the
commands ask every time, so that a moved clock is seen at once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.db import connection

REAL_TIME = timedelta(0)

_request: ContextVar[list[timedelta] | None] = ContextVar("practice_offset_of_the_request", default=None)
_tables_seen: set[str] = set()


def current() -> timedelta:
    """The offset in force: nothing until the practice clock is started, or before its table is there."""
    known = _request.get()
    if known is None:
        return _stored()
    if not known:
        known.append(_stored())
    return known[0]


@contextmanager
def held_for_request() -> Iterator[None]:
    """Ask once, at first use, and keep the answer until the block ends or `forget` is called."""
    token = _request.set([])
    try:
        yield
    finally:
        _request.reset(token)


def forget() -> None:
    """The clock has just been moved: the rest of this request runs at the new time."""
    known = _request.get()
    if known:
        known.clear()


def _stored() -> timedelta:
    # Migrations themselves use the clock. A failed query would spoil their transaction, so look for the table first.
    with connection.cursor() as cursor:
        if not _tables_seen:
            cursor.execute("SELECT to_regclass('practice_practiceclock')::text")
            _tables_seen.update(name for name in cursor.fetchone() if name)
            if not _tables_seen:
                return REAL_TIME
        cursor.execute("SELECT ahead_by FROM practice_practiceclock")
        row = cursor.fetchone()
    return row[0] if row else REAL_TIME
