"""Whether the process answers, and whether it can do its work."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from partnership import clock
from partnership.operations import beating, health, selectors
from partnership.operations.beating import Run


def test_the_process_says_ok_without_asking_anything(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_ready_tells_of_database_broker_outbox_and_beat(client, places, monkeypatch):
    monkeypatch.setattr(health, "_ask_broker", lambda: None)
    places.send()
    with clock.frozen(clock.now() + timedelta(seconds=90)):
        monkeypatch.setattr(selectors, "last_beat", lambda: clock.now() - timedelta(seconds=30))
        response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ready",
        "database": "ok",
        "broker": "ok",
        "oldest_undelivered_seconds": 90,
        "last_beat_seconds": 30,
        "sending_held": 0,
        "jobs_late": 0,
        "jobs_failing": 0,
        "jobs_never_ran": 1,  # the sweep; of what needs it nothing is said
    }


def test_how_many_jobs_are_in_trouble_is_told_without_their_names(client, db):
    with clock.frozen(clock.now() - timedelta(minutes=6)):
        beating.beat("tick")
    for _ in range(3):
        beating.write([Run("duties_opened", clock.real(), clock.real(), failure="OSError")])

    response = client.get("/readyz")

    told = {name: value for name, value in response.json().items() if name.startswith("jobs_")}
    assert told == {"jobs_late": 1, "jobs_failing": 1, "jobs_never_ran": 0}
    assert "duties" not in response.content.decode()


def _down():
    raise OSError("connection refused by db.internal:5432")


@pytest.mark.parametrize(("part", "ask"), [("database", "_ask_database"), ("broker", "_ask_broker")])
def test_what_is_down_is_named_and_nothing_else_is_told(client, db, monkeypatch, part, ask):
    monkeypatch.setattr(health, "_ask_broker", lambda: None)
    monkeypatch.setattr(health, ask, _down)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()[part] == "down"
    assert "internal" not in response.content.decode()


def test_a_database_that_answers_and_has_no_tables_is_not_ready(client, db, monkeypatch):
    monkeypatch.setattr(health, "_ask_broker", lambda: None)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO of_another_service")
    response = client.get("/readyz")
    assert (response.status_code, response.json()["database"]) == (503, "down")


def test_a_beat_that_cannot_be_read_does_not_hide_the_rest(client, db, monkeypatch):
    def broken():
        raise DatabaseError("no such table")

    monkeypatch.setattr(health, "_ask_broker", lambda: None)
    monkeypatch.setattr(selectors, "last_beat", broken)
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["last_beat_seconds"] is None


def test_the_real_broker_is_asked(client, db):
    assert client.get("/readyz").json()["broker"] == "ok"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_no_answer_is_kept_by_anybody(client, db, path):
    assert "no-store" in client.get(path)["Cache-Control"]
