"""The plan back from a date: counted, kept out of August, bound to a meeting of the lead partners; each day with its reason."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.guidance.dates import due_on
from partnership.guidance.loader import edition
from partnership.guidance.planning import plan
from partnership.guidance.working_days import bank_holidays, last_working_day, working_days_back

REPORT = edition("wt2023").deadline("yearly_report")
DUE = date(2026, 9, 30)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@st.composite
def with_meetings(draw):
    due = draw(days)
    back = draw(st.lists(st.integers(-60, 400), max_size=6))
    return due, [due - timedelta(days=n) for n in back]


def planned(*meetings, due=DUE, rule=REPORT):
    return {step.key: step for step in plan(rule, due, meetings).steps}


def without_august(rule=REPORT):
    return replace(rule, milestones=tuple(replace(step, avoid_august=False) for step in rule.milestones))


def test_the_plan_runs_from_contributions_to_submission():
    assert {key: step.on for key, step in planned(rule=without_august()).items()} == {
        "contributions_in": date(2026, 7, 1),
        "full_draft": date(2026, 7, 15),
        "dsp_agreement": date(2026, 8, 26),
        "scrutineer_statement": date(2026, 9, 2),
        "signing_opens": date(2026, 9, 9),
        "signing_closes": date(2026, 9, 23),
        "submission": date(2026, 9, 28),
    }


def test_a_step_that_needs_people_in_august_goes_to_the_last_working_day_of_july_and_says_so():
    step = planned()["dsp_agreement"]

    assert (step.on, step.counted_on) == (date(2026, 7, 31), date(2026, 8, 26))
    assert step.because == "before August, when many are away"
    assert {step.key for step in planned().values() if step.is_moved} == {"dsp_agreement"}


def test_a_step_before_one_that_moved_is_never_after_it():
    rows = tuple(replace(row, avoid_august=row.key == "signing_opens") for row in REPORT.milestones)
    steps = planned(due=date(2026, 9, 18), rule=replace(REPORT, milestones=rows))  # it would begin on 28 August

    assert [steps[key].on for key in ("dsp_agreement", "scrutineer_statement", "signing_opens")] == [
        date(2026, 7, 31)
    ] * 3
    assert steps["dsp_agreement"].because == "no later than the step after it"
    assert not steps["full_draft"].is_moved


@pytest.mark.parametrize(
    ("meeting", "opens", "closes"),
    [
        (date(2026, 9, 9), date(2026, 9, 2), date(2026, 9, 9)),
        (date(2026, 9, 10), date(2026, 9, 3), date(2026, 9, 10)),
        (date(2026, 9, 16), date(2026, 9, 9), date(2026, 9, 16)),
        (date(2026, 9, 22), date(2026, 9, 9), date(2026, 9, 22)),
        (date(2026, 9, 23), date(2026, 9, 9), date(2026, 9, 23)),
        (date(2026, 9, 28), date(2026, 9, 9), date(2026, 9, 23)),  # comes after the day of the plan: nobody waits
        (date(2026, 9, 30), date(2026, 9, 9), date(2026, 9, 23)),
        (date(2026, 9, 19), date(2026, 9, 9), date(2026, 9, 18)),  # a Saturday
        (date(2026, 9, 8), date(2026, 9, 9), date(2026, 9, 23)),  # before the window
        (date(2026, 10, 1), date(2026, 9, 9), date(2026, 9, 23)),  # after the date
    ],
)
def test_the_signing_is_bound_to_a_meeting_in_its_days(meeting, opens, closes):
    steps = planned(meeting)

    assert (steps["signing_opens"].on, steps["signing_closes"].on) == (opens, closes)


def test_the_reasons_name_the_meeting():
    steps = planned(date(2026, 9, 10))

    assert steps["signing_closes"].because == "for the meeting on 10 September"
    assert steps["signing_opens"].because == (
        "5 working days before the meeting on 10 September, so that the paper can be circulated"
    )
    assert "in the signing window" in plan(REPORT, DUE, [date(2026, 9, 10)]).about_meetings


def test_of_several_meetings_the_last_one_in_the_window_is_taken():
    meetings = [date(2026, 9, 10), date(2026, 9, 22), date(2026, 9, 28), date(2026, 7, 2)]

    assert planned(*meetings)["signing_closes"].on == date(2026, 9, 22)


@pytest.mark.parametrize(
    ("meetings", "sentence"),
    [
        ([], "No meeting of the lead partners in the year before the date is on record."),
        ([date(2026, 10, 7), date(2024, 7, 2)], "No meeting of the lead partners in the year before the date is on record."),
        (
            [date(2026, 3, 4), date(2026, 7, 2)],
            "No meeting of the lead partners lies in the signing window; the last one before the date is on 2 July 2026.",
        ),
        (
            [date(2026, 9, 28)],
            "The lead partners meet on 28 September 2026, after the day by which all should have signed. "
            "Nobody needs to wait for it.",
        ),
    ],
)  # fmt: skip
def test_where_no_meeting_lies_in_the_window_the_plan_says_so(meetings, sentence):
    assert plan(REPORT, DUE, meetings).about_meetings == sentence
    assert planned(*meetings)["signing_closes"].on == date(2026, 9, 23)


def test_who_meets_in_august_is_there_for_what_is_signed():
    steps = planned(date(2026, 8, 26), due=date(2026, 9, 10))

    assert (steps["signing_opens"].on, steps["signing_closes"].on) == (date(2026, 8, 19), date(2026, 8, 26))
    assert steps["scrutineer_statement"].on == date(2026, 7, 31)


def test_a_rule_without_a_plan_has_none_and_says_nothing_of_meetings():
    empty = plan(edition("wt2023").duty_rule("section_11"), DUE, [date(2026, 9, 16)])

    assert (empty.steps, empty.about_meetings, empty.day_of("full_draft")) == ((), "", None)


def test_a_day_on_a_weekend_says_why_the_step_lies_before_it():
    step = planned(due=date(2029, 9, 30), rule=without_august())["full_draft"]

    assert step.on == date(2029, 7, 13)
    assert step.because == "the last working day that is 77 days before the date or earlier"


@given(with_meetings())
def test_every_step_is_in_order_before_the_date_on_a_working_day_and_explained(given_days):
    due, meetings = given_days
    steps = plan(REPORT, due, meetings).steps

    assert [step.on for step in steps] == sorted(step.on for step in steps)
    assert all(step.on < due and step.on <= step.counted_on for step in steps)
    assert all(step.on.weekday() < 5 and step.on not in bank_holidays() for step in steps)
    assert all(step.because for step in steps)


@given(with_meetings())
def test_nobody_is_needed_in_august_unless_the_lead_partners_meet_then(given_days):
    due, meetings = given_days
    needing = {row.key for row in REPORT.milestones if row.avoid_august}
    signing = {row.key for row in REPORT.milestones if row.working_days_before_meeting is not None}
    in_august = {step.key for step in plan(REPORT, due, meetings).steps if step.on.month == 8 and step.key in needing}

    assert in_august <= (signing if any(day.month == 8 for day in meetings) else set())


@given(with_meetings())
def test_a_paper_is_out_five_working_days_before_the_meeting_that_it_is_signed_at(given_days):
    due, meetings = given_days
    steps = {step.key: step for step in plan(REPORT, due, meetings).steps}
    counted = {step.key: step.on for step in plan(without_august(), due).steps}
    within = [day for day in meetings if counted["signing_opens"] <= day <= counted["signing_closes"]]
    if within:
        meeting = max(within)
        assert steps["signing_opens"].on <= working_days_back(meeting, 6)
        assert steps["signing_closes"].on <= last_working_day(meeting)
    assert steps["signing_opens"].on <= steps["signing_closes"].on


@given(with_meetings())
def test_the_slack_adds_up_to_the_date(given_days):
    due, meetings = given_days
    steps = plan(REPORT, due, meetings).steps

    assert steps[-1].to_next is None
    assert all(step.to_date == (due - step.on).days for step in steps)
    between = sum(step.to_next for step in steps[:-1])
    assert between + steps[-1].to_date == steps[0].to_date


@given(st.integers(2023, 2098))
def test_of_every_year_the_plan_can_be_made(year):
    due = due_on(REPORT, date(year, 3, 31))

    assert len(plan(REPORT, due, [due]).steps) == len(REPORT.milestones)
