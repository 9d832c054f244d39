"""The rungs of a ladder: the last two of each stay on, and every step that is sent belongs to one of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.guidance.dates import reminder_due
from partnership.guidance.loader import edition, editions
from partnership.guidance.rungs import in_words, rung_of, rungs, switched_off

REPORT = edition("wt2023").deadline("yearly_report")
RULES = [rule for row in editions() for rule in (*row.deadlines, *row.duties)]


def test_all_but_the_last_two_rungs_may_be_off():
    assert [row.days for row in rungs(REPORT) if row.may_be_off] == [-120, -60, -30, -14, -7, -1, 1, 7]
    assert [row.key for row in rungs(REPORT)][-3:] == ["late-7", "late-14", "late-28"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_of_every_rule_the_last_two_stay_on(rule):
    ladder = rungs(rule)

    assert [row.may_be_off for row in ladder] == [True] * max(0, len(ladder) - 2) + [False] * min(2, len(ladder))
    assert switched_off(rule, {row.days for row in ladder}) == {row.days for row in ladder[:-2]}


@given(st.sampled_from(RULES), st.dates(date(2023, 1, 1), date(2030, 1, 1)), st.integers(-130, 400))
def test_every_step_that_is_sent_belongs_to_a_rung_that_tells_the_same_people(rule, due, days):
    step = reminder_due(rule, due, due + timedelta(days=days))
    if step:
        (rung,) = [row for row in rungs(rule) if row.days == rung_of(rule, step)]
        assert rung.who == step.who


def test_the_last_chance_before_a_weekend_goes_off_with_the_last_rung_before_the_date():
    due = date(2028, 9, 30)  # a Saturday
    step = reminder_due(REPORT, due, date(2028, 9, 29))

    assert (step.days, rung_of(REPORT, step)) == (-1, -1)
    sunday = date(2029, 9, 30)
    assert rung_of(REPORT, reminder_due(REPORT, sunday, date(2029, 9, 28))) == -1


def test_what_comes_again_and_again_is_the_last_rung():
    due = date(2026, 9, 30)

    assert rung_of(REPORT, reminder_due(REPORT, due, due + timedelta(days=90))) == 28


@pytest.mark.parametrize(
    ("days", "words"),
    [(-60, "60 days before the date"), (-1, "1 day before the date"), (0, "on the date"), (1, "1 day after the date")],
)
def test_a_rung_is_told_by_its_distance_from_the_date(days, words):
    assert in_words(days) == words
