"""The cache that every process shares, and writes at the same moment."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture(autouse=True)
def empty(db):
    cache.clear()


def test_it_keeps_replaces_adds_touches_and_forgets():
    assert cache.add("key", [1, 2])
    assert not cache.add("key", "another")
    assert cache.get("key") == [1, 2]
    cache.set("key", {"new": None})
    assert cache.get("key") == {"new": None}
    assert cache.touch("key", 60)
    assert not cache.touch("no_key", 60)
    cache.set("always", 1, None)
    assert cache.get("always") == 1
    cache.delete("key")
    assert cache.get("key", "gone") == "gone"


def test_what_is_over_can_be_added_anew():
    cache.set("key", "old", -5)

    assert cache.get("key") is None
    assert cache.add("key", "new")
    assert cache.get("key") == "new"


@pytest.mark.parametrize("write", [cache.add, cache.set])
def test_a_write_is_one_statement_that_cannot_collide(write):
    with CaptureQueriesContext(connection) as asked:
        write("key", 1)

    written = [query["sql"] for query in asked if "count(" not in query["sql"].lower()]
    assert len(written) == 1
    assert "ON CONFLICT" in written[0]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_add_at_once_one_wins_and_the_database_refuses_none():
    start, won, refused = threading.Barrier(6), [], []

    def look(execute, sql, params, many, context):
        try:
            return execute(sql, params, many, context)
        except Exception as error:
            refused.append(error)
            raise

    def add(number):
        with connection.execute_wrapper(look):
            connection.ensure_connection()
            start.wait()
            won.append(cache.add("lock", number))
        connection.close()

    threads = [threading.Thread(target=add, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(won) == [False] * 5 + [True]
    assert not refused
