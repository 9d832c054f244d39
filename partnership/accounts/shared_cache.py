"""The cache that every process shares: Django's, with writes that do not collide.

Django looks first and then inserts; of two processes at the same key one fails, which it hides and the database logs as an
error. Counted tries make that an everyday matter, so here a write is one statement.
"""

import base64
import pickle
import time
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
SET = """
INSERT INTO {table} AS kept (cache_key, value, expires) VALUES (%s, %s, %s)
ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires
"""
ADD = f"{SET} WHERE kept.expires < %s"


class SharedCache(DatabaseCache):
    """For PostgreSQL, on the table that Django's backend uses."""

    _table: str
    _cull: Any

    def _base_set(self, mode: str, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT) -> bool:
        """Write in one statement; False when `add` finds a value that is still good."""
        if mode == "touch":
            return bool(super()._base_set(mode, key, value, timeout))  # type: ignore[misc]
        database = router.db_for_write(self.cache_model_class)
        connection = connections[database]
        table = connection.ops.quote_name(self._table)
        now, ends = datetime.fromtimestamp(time.time(), UTC), self.get_backend_timeout(timeout)
        until = NEVER if ends is None else datetime.fromtimestamp(ends, UTC)
        kept = base64.b64encode(pickle.dumps(value, self.pickle_protocol)).decode("latin1")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  the table is a setting
            (many,) = cursor.fetchone()
            if many > self._max_entries:
                self._cull(database, cursor, now.replace(microsecond=0), many)
            given: list[Any] = [key, kept, until.replace(microsecond=0)]
            if mode == "add":
                cursor.execute(ADD.format(table=table), [*given, now.replace(microsecond=0)])
            else:
                cursor.execute(SET.format(table=table), given)
            return bool(cursor.rowcount)
