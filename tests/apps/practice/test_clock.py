"""The practice clock: started once, moved forward only, one time in one request."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse

from partnership import clock
from partnership.audit.events import Event
from partnership.clock import LONDON
from partnership.errors import WrongState
from partnership.practice import offset, services
from partnership.practice.middleware import RequestClock
from partnership.practice.models import PracticeClock
from partnership.practice.presets import presets
from tests.apps.practice.conftest import SEPTEMBER

pytestmark = pytest.mark.django_db

A_MOMENT = timedelta(seconds=20)


def stands_at(moment: datetime) -> bool:
    return timedelta(0) <= clock.now() - moment < A_MOMENT


def test_before_it_is_started_the_time_is_the_real_one():
    assert offset.current() == timedelta(0)


def test_start_sets_the_clock_and_it_goes_on_from_there(september):
    assert stands_at(SEPTEMBER)


def test_a_second_start_changes_nothing(september):
    services.start(at=SEPTEMBER + timedelta(days=100))

    assert stands_at(SEPTEMBER)


@pytest.mark.parametrize(
    ("move", "target"),
    [
        ({"to": date(2026, 9, 30)}, datetime(2026, 9, 30, 9, tzinfo=LONDON)),
        ({"to": date(2026, 12, 1)}, datetime(2026, 12, 1, 9, tzinfo=LONDON)),
        ({"to": datetime(2026, 9, 30, 23, tzinfo=LONDON)}, datetime(2026, 9, 30, 23, tzinfo=LONDON)),
        ({"days": 7}, datetime(2026, 9, 21, 9, tzinfo=LONDON)),
        ({"hours": 3}, datetime(2026, 9, 14, 12, tzinfo=LONDON)),
    ],
)
def test_move_forward_moves_to_a_day_a_moment_by_days_or_by_hours(september, gwen, move, target):
    services.move_forward(**move, by=gwen)

    assert stands_at(target)


def test_move_forward_is_on_the_record(september, gwen, recorded):
    services.move_forward(to=date(2026, 9, 30), by=gwen)

    ((event, told),) = recorded
    assert (event, told["by"]) == (Event.CLOCK_MOVED, gwen)
    assert datetime.fromisoformat(told["data"]["to"]) == datetime(2026, 9, 30, 9, tzinfo=LONDON)


def test_nothing_moves_when_the_audit_fails(september, gwen, monkeypatch):
    def fails(event, **told):
        raise RuntimeError("no audit")

    monkeypatch.setattr(services.audit, "record", fails)

    with pytest.raises(RuntimeError):
        services.move_forward(days=1, by=gwen)

    assert stands_at(SEPTEMBER)


@pytest.mark.parametrize("earlier", [date(2026, 9, 14), date(2026, 9, 13), SEPTEMBER, date(2020, 1, 1)])
def test_move_forward_refuses_a_time_that_is_not_later(september, gwen, earlier):
    with pytest.raises(WrongState, match="only moves forward, and it is already 9am on 14 September 2026"):
        services.move_forward(to=earlier, by=gwen)


def test_move_forward_refuses_more_than_two_years(september, gwen):
    with pytest.raises(WrongState, match="two years at most"):
        services.move_forward(to=date(2028, 9, 18), by=gwen)


def test_move_forward_refuses_before_the_start(gwen):
    with pytest.raises(WrongState, match="has not been started"):
        services.move_forward(days=1, by=gwen)


@pytest.mark.parametrize("wrong", [{}, {"days": 1, "hours": 1}, {"to": date(2026, 10, 1), "days": 1}])
def test_move_forward_wants_exactly_one_way(september, gwen, wrong):
    with pytest.raises(TypeError):
        services.move_forward(**wrong, by=gwen)


def test_the_database_refuses_to_turn_the_clock_back(september):
    with pytest.raises(IntegrityError, match="never goes back"), transaction.atomic():
        PracticeClock.objects.update(ahead_by=september.ahead_by - timedelta(microseconds=1))


def test_the_database_refuses_to_take_the_clock_away(september):
    with pytest.raises(IntegrityError, match="never goes back"), transaction.atomic():
        september.delete()


def test_the_database_refuses_a_second_clock(september):
    with pytest.raises(IntegrityError, match="practice_one_clock"), transaction.atomic():
        PracticeClock.objects.create(id=2, ahead_by=timedelta(0))


def test_one_request_sees_one_offset_and_asks_once(september, rf, django_assert_num_queries):
    seen = []

    def view(request):
        seen.append(offset.current())
        PracticeClock.objects.update(ahead_by=september.ahead_by + timedelta(days=1))
        seen.append(offset.current())
        return HttpResponse()

    with django_assert_num_queries(2):  # the offset, and the update
        RequestClock(view)(rf.get("/"))

    assert seen[0] == seen[1]
    assert offset.current() == seen[0] + timedelta(days=1)


def test_after_moving_the_same_request_runs_at_the_new_time(september, gwen):
    with offset.held_for_request():
        clock.now()
        services.move_forward(to=date(2026, 9, 30), by=gwen)

        assert clock.today() == date(2026, 9, 30)


def test_a_move_by_somebody_else_during_the_request_is_counted(september, gwen):
    with offset.held_for_request():
        clock.now()
        PracticeClock.objects.update(ahead_by=september.ahead_by + timedelta(days=1))

        services.move_forward(to=date(2026, 9, 30), by=gwen)

        assert stands_at(datetime(2026, 9, 30, 9, tzinfo=LONDON))


def test_before_its_table_exists_the_time_is_the_real_one_and_the_transaction_lives(monkeypatch):
    monkeypatch.setattr(offset, "_tables_seen", set())
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE practice_practiceclock RENAME TO away")
        found = offset.current()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE away RENAME TO practice_practiceclock")

    assert found == timedelta(0)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_press_the_same_button_at_once_move_the_clock_once(recorded):
    services.start(at=SEPTEMBER)
    tomorrow, begin, refusals = SEPTEMBER + timedelta(days=1), threading.Barrier(2), []

    def press() -> None:
        try:
            begin.wait()
            services.move_forward(to=tomorrow, by=None)
        except WrongState as refusal:
            refusals.append(refusal.sentence)
        finally:
            connection.close()

    people = [threading.Thread(target=press) for _ in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert stands_at(tomorrow)
    assert len(refusals) == len(recorded) == 1


@pytest.mark.parametrize(
    ("now", "eve"),
    [
        (datetime(2026, 9, 14, 9, tzinfo=LONDON), datetime(2026, 9, 30, 23, tzinfo=LONDON)),
        (datetime(2026, 9, 30, 23, tzinfo=LONDON), datetime(2027, 9, 30, 23, tzinfo=LONDON)),
        (datetime(2026, 10, 24, 12, tzinfo=LONDON), datetime(2027, 9, 30, 23, tzinfo=LONDON)),
    ],
)
def test_the_buttons_always_lead_forward(now, eve):
    moments = [preset.moment for preset in presets(now)]

    assert eve in moments
    assert all(moment > now for moment in moments)
