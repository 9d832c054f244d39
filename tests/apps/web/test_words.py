from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from partnership.web.templatetags.words import day, moment, pounds, sentence, unbroken


def test_a_date_is_written_in_full():
    assert day(date(2026, 9, 30)) == "30 September 2026"


def test_a_moment_shortly_before_midnight_universal_time_is_the_next_day_in_a_london_summer():
    assert day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 9, 30, 15, 15, tzinfo=UTC), "30 September 2026 at 4:15pm"),
        (datetime(2026, 1, 5, 0, 5, tzinfo=UTC), "5 January 2026 at 12:05am"),
        (datetime(2026, 1, 5, 12, 0, tzinfo=UTC), "5 January 2026 at 12:00pm"),
    ],
)
def test_a_moment_is_written_as_london_time(at, words):
    assert moment(at) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [(157719, "£157,719"), (Decimal("1234.50"), "£1,234.50"), (0, "£0"), (-30, "−£30"), (None, "")],
)
def test_money_has_pence_only_where_there_are_some(amount, words):
    assert pounds(amount) == words


@pytest.mark.parametrize(("text", "words"), [("late by one day", "Late by one day."), ("Why?", "Why?"), ("", "")])
def test_a_sentence_begins_with_a_capital_and_ends_with_a_mark(text, words):
    assert sentence(text) == words


@pytest.mark.parametrize("word", [day, moment, pounds, sentence])
def test_nothing_is_written_for_nothing(word):
    assert word(None) == ""


def test_a_year_stays_on_one_line_and_everything_else_is_escaped():
    shown = unbroken("Report 2025-26 <b>")

    assert shown == 'Report <span class="app-nowrap">2025-26</span> &lt;b&gt;'
