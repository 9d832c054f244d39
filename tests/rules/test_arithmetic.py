"""A printed total against its lines, and shares that add up."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.funding import arithmetic
from partnership.funding.arithmetic import adds_up, explain_total, pounds, shares, total

REFERENCE = Path(arithmetic.__file__).parent / "reference"
amounts = st.decimals(min_value=0, max_value=10_000_000, places=2)
lines_of_money = st.lists(st.tuples(st.text("abc", min_size=1), amounts), min_size=1, max_size=12)


def rows(name):
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spending(kind="line"):
    found = rows("hammersmith_and_fulham_2023_24_spending.csv")
    return [(row["line"], Decimal(row["amount_gbp"])) for row in found if row["kind"] == kind]


def lines(*values):
    return [(name, Decimal(value)) for name, value in zip("ABCDEFG", values, strict=False)]


def test_the_printed_total_of_hammersmith_and_fulham_counts_the_website_twice():
    ((_, printed),) = spending("printed_total")

    check = explain_total(spending(), printed)

    assert (check.computed, check.printed, check.difference) == (Decimal(157719), Decimal(158517), Decimal(798))
    assert check.sentence == (
        "The printed total of £158,517 is £798 more than the lines add up to (£157,719). "
        "The line 'Website' (£798) counted twice explains it."
    )
    assert [(each.how, each.lines) for each in check.likely] == [("counted twice", (("Website", Decimal(798)),))]
    assert not check.adds_up


def test_the_six_contributions_of_hammersmith_and_fulham_equal_the_spending():
    income = [
        (row["agency"], Decimal(row["amount_gbp"]))
        for row in rows("published_figures.csv")
        if row["partnership"] == "Hammersmith and Fulham" and row["financial_year"] == "2023-24"
    ]

    assert len(income) == 6
    assert adds_up(income, Decimal(157719))
    assert (
        explain_total(income, total(spending())).sentence
        == "The printed total of £157,719 is what the lines add up to."
    )


def test_every_published_figure_has_an_amount_and_an_address():
    found = rows("published_figures.csv")

    assert len(found) == 83
    for row in found:
        assert Decimal(row["amount_gbp"]) > 0
        assert row["source_url"].startswith("http")


def test_a_line_that_was_left_out_is_found():
    check = explain_total(lines("100", "20.50", "3"), Decimal("103"))

    assert check.sentence.endswith(
        "is £20.50 less than the lines add up to (£123.50). The line 'B' (£20.50) left out explains it."
    )


def test_a_pair_is_looked_for_only_when_no_single_line_explains_it():
    check = explain_total(lines("100", "20", "3"), Decimal("146"))

    assert check.sentence.endswith("The lines 'B' (£20) and 'C' (£3) counted twice explain it.")


def test_every_line_that_may_be_meant_is_named():
    check = explain_total(lines("5", "5", "90"), Decimal("105"))

    assert check.sentence.endswith(
        "Any one of these explains it: the line 'A' (£5) counted twice; the line 'B' (£5) counted twice."
    )


def test_a_difference_that_nothing_explains_is_said_to_be_so():
    check = explain_total(lines("100", "20"), Decimal("107"))

    assert check.likely == ()
    assert check.sentence.endswith("No line or pair of lines, counted twice or left out, explains it.")


def test_a_refund_counted_twice_makes_the_total_too_small():
    check = explain_total(lines("100", "-20"), Decimal("60"))

    assert check.sentence.endswith("The line 'B' (-£20) counted twice explains it.")


def test_a_line_of_nothing_explains_nothing():
    assert explain_total(lines("0", "10"), Decimal("17")).likely == ()


@given(lines_of_money, st.data())
def test_a_line_counted_twice_is_always_among_the_explanations(money, data):
    twice = data.draw(st.sampled_from(money))

    check = explain_total(money, total(money) + twice[1])

    if twice[1] == 0:
        assert check.adds_up
    else:
        assert ("counted twice", (twice,)) in [(each.how, each.lines) for each in check.likely]


def test_the_shares_of_hammersmith_and_fulham():
    money = [
        ("Council", Decimal(82426)),
        ("Grant", Decimal(47300)),
        ("NHS", Decimal(21420)),
        ("Policing", Decimal(5000)),
        ("Probation", Decimal(1573)),
    ]

    assert [share.percent for share in shares(money)] == [52, 30, 14, 3, 1]


@given(lines_of_money, st.integers(0, 2))
def test_shares_always_add_up_to_100(money, places):
    percents = [share.percent for share in shares(money, places)]

    if total(money) == 0:
        assert set(percents) == {None}
    else:
        assert sum(percents) == 100
        assert all(0 <= percent <= 100 for percent in percents)


def test_thirds_give_the_odd_percent_to_one_of_them():
    assert sorted(share.percent for share in shares(lines("1", "1", "1"))) == [33, 33, 34]


@pytest.mark.parametrize("values", [(), ("0", "0"), ("10", "-2")])
def test_there_are_no_shares_of_nothing_or_of_refunds(values):
    assert {share.percent for share in shares(lines(*values))} <= {None}


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("157719", "£157,719"),
        ("1234.5", "£1,234.50"),
        ("0", "£0"),
        ("-20", "-£20"),
        ("798.00", "£798"),
        ("1E+3", "£1,000"),
    ],
)
def test_pounds_are_written_with_commas_and_pence_only_where_there_are_any(amount, text):
    assert pounds(Decimal(amount)) == text
