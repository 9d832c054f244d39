"""The financial year: 1 April to 31 March in London, however it is written."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.errors import Refused
from partnership.guidance.dates import FinancialYear, NotAFinancialYear, financial_year

years = st.integers(1990, 2150).map(FinancialYear)


@pytest.mark.parametrize(
    "text", ["2024-25", "2024/25", "2024 to 2025", "2024–25", " 2024-2025 ", "2024 TO 25", "2024 - 25"]
)
def test_every_usual_way_to_write_a_year_is_read(text):
    assert financial_year(text) == FinancialYear(2024)


@pytest.mark.parametrize("text", ["1999-00", "1999-2000", "2099-00"])
def test_the_turn_of_a_century_is_read(text):
    assert financial_year(text).end.year % 100 == 0


@pytest.mark.parametrize("text", ["2024-26", "2024-24", "2024 to 2026", "2020-22", "2025-24"])
def test_more_or_less_than_one_year_is_refused_with_the_right_way_to_write_it(text):
    with pytest.raises(NotAFinancialYear, match=f"is not one financial year.*{text[:4]}-"):
        FinancialYear.parse(text)


@pytest.mark.parametrize(
    "text", ["", "2024", "24-25", "2024-5", "2024-025", "2024 2025", "two years", "2024-25-26", "٢٠٢٤-٢٥"]
)
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(NotAFinancialYear, match="Write it like 2025-26"):
        financial_year(text)


def test_a_refused_year_is_a_refusal_and_a_value_error():
    with pytest.raises(Refused):
        financial_year("soon")
    with pytest.raises(ValueError, match="soon"):
        financial_year("soon")


def test_a_year_beyond_the_calendar_is_refused():
    with pytest.raises(NotAFinancialYear, match="must begin between"):
        financial_year("9999-00")


@given(years)
def test_a_year_reads_back_from_its_label_and_from_both_its_ends(year):
    assert financial_year(year.label) == year == financial_year(year.start) == financial_year(year.end)
    assert str(year) == year.label


@given(years)
def test_years_follow_each_other_without_gap_or_overlap(year):
    assert (year.next.start - year.end).days == 1
    assert year.next.previous == year
    assert year < year.next
    assert not year.contains(year.next.start)


@given(st.dates(date(1990, 1, 1), date(2150, 1, 1)))
def test_every_day_is_in_exactly_the_year_that_contains_it(day):
    year = financial_year(day)

    assert year.start <= day <= year.end
    assert year.contains(day)


@given(years)
def test_a_year_is_over_on_the_day_after_its_last(year):
    assert not year.is_over(year.end)
    assert year.is_over(year.next.start)


def test_the_last_hour_of_31_march_in_utc_is_already_the_new_year_in_london():
    assert financial_year(datetime(2026, 3, 31, 22, 59, tzinfo=UTC)).label == "2025-26"
    assert financial_year(datetime(2026, 3, 31, 23, 0, tzinfo=UTC)).label == "2026-27"
