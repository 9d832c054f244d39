"""Dates: edges of the London day, the ladder of reminders, working days, months."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.guidance.dates import (
    add_months,
    add_working_days,
    backstop_on,
    due_instant,
    due_on,
    is_in_time,
    last_working_day,
    reminder_due,
)
from partnership.guidance.loader import edition
from partnership.guidance.vocabulary import EditionError
from partnership.guidance.working_days import bank_holidays, working_days_back

REPORT = edition("wt2023").deadline("yearly_report")
DUE = date(2026, 9, 30)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
held_days = st.dates(date(2023, 1, 1), date(2030, 6, 1))


def test_the_report_for_2025_26_is_due_on_30_september_2026():
    assert due_on(REPORT, date(2026, 3, 31)) == DUE


@given(days)
def test_the_due_date_is_the_first_30_september_from_the_end_of_the_period(period_end):
    due = due_on(REPORT, period_end)

    assert (due.month, due.day) == (9, 30)
    assert 0 <= (due - period_end).days <= 365


@pytest.mark.parametrize("year", [2028, 2029])
def test_a_due_date_on_a_weekend_stays_where_it_is(year):
    due = due_on(REPORT, date(year, 3, 31))

    assert due == date(year, 9, 30)
    assert due.weekday() >= 5
    assert last_working_day(due) < due


def test_the_end_of_30_september_is_an_hour_earlier_in_utc():
    assert due_instant(DUE) == datetime(2026, 9, 30, 22, 59, 59, tzinfo=UTC)


@given(days)
def test_the_last_second_of_the_day_in_london_is_in_time_and_the_next_is_not(day):
    assert is_in_time(due_instant(day), day)
    assert is_in_time(due_instant(day) + timedelta(microseconds=999_999), day)
    assert not is_in_time(due_instant(day) + timedelta(seconds=1), day)


def test_a_moment_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        is_in_time(datetime(2026, 9, 30, 12, 0), DUE)


@pytest.mark.parametrize(
    ("today", "key"),
    [
        (date(2026, 6, 1), None),
        (date(2026, 6, 2), "before-120"),
        (date(2026, 8, 31), "before-30"),
        (date(2026, 9, 14), "before-30"),
        (date(2026, 9, 16), "before-14"),
        (date(2026, 9, 29), "before-1"),
        (date(2026, 9, 30), "before-1"),
        (date(2026, 10, 1), "late-1"),
        (date(2026, 10, 6), "late-1"),
        (date(2026, 10, 7), "late-7"),
        (date(2026, 10, 28), "late-28"),
        (date(2026, 11, 24), "late-28"),
        (date(2026, 11, 25), "late-56"),
        (date(2026, 12, 23), "late-84"),
    ],
)
def test_the_latest_rung_of_the_ladder_is_due(today, key):
    step = reminder_due(REPORT, DUE, today)

    assert (step and step.key) == key


@given(st.integers(-120, 3000))
def test_a_rung_is_never_in_the_future_and_never_goes_back(days_after):
    today = DUE + timedelta(days=days_after)
    step, following = reminder_due(REPORT, DUE, today), reminder_due(REPORT, DUE, today + timedelta(days=1))

    assert step.on <= today
    assert step.on <= following.on
    assert step.is_late == (days_after >= 1)
    assert "business_manager" in step.who


def test_without_late_steps_the_last_reminder_stays_the_last():
    quiet = replace(REPORT, late=())

    assert reminder_due(quiet, DUE, date(2027, 9, 30)).key == "before-1"


def test_lead_partners_are_told_as_soon_as_the_date_has_passed():
    assert {"business_manager", "dsp", "chair", "lsp", "scrutineer"} == set(
        reminder_due(REPORT, DUE, date(2026, 10, 1)).who
    )


def test_the_backstop_is_twelve_months_after_the_report_before():
    (backstop,) = edition("wt2023").backstops

    assert backstop_on(backstop, date(2025, 9, 26)) == date(2026, 9, 26)
    assert backstop_on(backstop, date(2024, 2, 29)) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_are_clamped_to_the_last_day(day, months, result):
    assert add_months(day, months) == result


@given(days, st.integers(-240, 240))
def test_months_keep_the_day_or_take_the_last_of_the_month(day, months):
    result = add_months(day, months)

    assert (result.year * 12 + result.month) - (day.year * 12 + day.month) == months
    assert result.day == day.day or (result.day < day.day and (result + timedelta(days=1)).day == 1)


def test_working_days_step_over_christmas():
    assert add_working_days(date(2026, 12, 23), 5) == date(2027, 1, 4)


def test_the_first_working_day_comes_after_the_start_and_none_is_the_start_itself():
    assert add_working_days(date(2026, 9, 11), 1) == date(2026, 9, 14)
    assert add_working_days(date(2026, 9, 12), 0) == date(2026, 9, 12)


@given(held_days, st.integers(1, 60))
def test_the_nth_working_day_has_n_working_days_behind_it(start, n):
    end = add_working_days(start, n)
    between = [start + timedelta(days=k) for k in range(1, (end - start).days + 1)]

    assert sum(day.weekday() < 5 and day not in bank_holidays() for day in between) == n
    assert end.weekday() < 5


def test_working_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 9, 14), -1)


def test_working_days_beyond_the_list_of_bank_holidays_are_refused_with_a_sentence():
    with pytest.raises(EditionError, match=r"bank holidays of 2031 are not in england_bank_holidays\.csv"):
        add_working_days(date(2030, 12, 30), 5)


def test_our_bank_holidays_equal_those_of_an_independent_list():
    theirs = holidays.country_holidays("GB", subdiv="ENG", years=range(2023, 2031))

    assert set(bank_holidays()) == {day for day in theirs if day.weekday() < 5}


@given(st.dates(date(2024, 1, 1), date(2029, 12, 1)), st.integers(1, 30), st.integers(1, 12))
def test_working_days_counted_back_agree_with_those_counted_forwards(told, later, n):
    today = told + timedelta(days=later)

    assert (told < working_days_back(today, n)) == (add_working_days(told, n) <= today)


def test_working_days_counted_back_begin_with_the_day_itself_and_outlast_the_list():
    assert working_days_back(date(2026, 9, 14), 1) == date(2026, 9, 14)
    assert working_days_back(date(2026, 9, 13), 1) == date(2026, 9, 11)
    assert working_days_back(date(2050, 1, 3), 2) == date(2049, 12, 31)
    with pytest.raises(ValueError, match="from 1"):
        working_days_back(date(2026, 9, 14), 0)
