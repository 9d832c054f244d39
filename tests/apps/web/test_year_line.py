import re
from datetime import date, timedelta

from partnership.web import year_line
from partnership.web.gallery import EXAMPLE_YEAR
from partnership.web.year_line import Mark, YearLine, entries, sentences, svg

START, END, TODAY = date(2026, 4, 1), date(2027, 9, 30), date(2026, 9, 14)


def line(*marks, today=TODAY):
    return YearLine(START, END, today, marks)


def test_what_is_late_says_since_when_and_with_whom():
    late = Mark(date(2026, 9, 4), "Independent scrutiny", "late", "Independent scrutineer")

    assert entries(line(late))[0] == {
        "state": "late",
        "sentence": (
            "Independent scrutiny: was due on 4 September 2026, 10 days ago, and is late."
            " Held by: Independent scrutineer."
        ),
    }


def test_every_state_has_its_own_sentence():
    marks = [Mark(date(2026, 9, 15), "Report", state) for state in ("done", "due", "late", "planned")]

    said = [entry["sentence"] for entry in entries(line(*marks)) if entry["state"] != "today"]

    assert said == [
        "Report: done, 15 September 2026.",
        "Report: due on 15 September 2026, in 1 day.",
        "Report: is late for 15 September 2026.",
        "Report: planned for 15 September 2026.",
    ]


def test_today_stands_among_the_milestones_in_order_of_time():
    told = entries(line(Mark(date(2026, 9, 30), "After", "due"), Mark(date(2026, 5, 1), "Before", "done")))

    assert [entry["state"] for entry in told] == ["done", "today", "due"]


def test_a_day_outside_the_line_is_not_called_today():
    told = sentences(line(today=date(2027, 10, 1)))

    assert told == ["The line runs from 1 April 2026 to 30 September 2027."]


def test_no_label_overlaps_another_and_no_stem_crosses_one():
    labels = year_line._placed(EXAMPLE_YEAR)

    assert len(labels) == len(EXAMPLE_YEAR.marks) + 1
    for index, label in enumerate(labels):
        assert 0 <= label.left < label.right <= year_line.WIDTH
        assert not any(label.clashes(other) for other in labels[index + 1 :])


def test_milestones_that_stand_too_close_are_left_to_the_words():
    crowd = [Mark(date(2026, 9, 1) + timedelta(days=n), f"Step {n}", "due", "Business manager") for n in range(16)]

    assert svg(line(*crowd)) == ""
    assert len(entries(line(*crowd))) == 17


def test_the_drawing_writes_no_style_and_escapes_what_it_is_given():
    drawn = svg(line(Mark(date(2026, 9, 30), "<b>Report</b>", "due")))

    assert "style" not in drawn
    assert "<b>" not in drawn
    assert "&lt;b&gt;Report" in drawn


def test_the_drawing_has_the_words_of_every_milestone():
    drawn = re.sub(r"<[^>]+>", " ", svg(EXAMPLE_YEAR))

    for mark in EXAMPLE_YEAR.marks:
        assert mark.label.split()[0] in drawn
    assert "Late: Independent scrutineer" in drawn
