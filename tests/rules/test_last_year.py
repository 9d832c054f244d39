"""What in a carried text looks like last year's."""

from datetime import date

import pytest

from partnership.carrying.last_year import warnings

FIRST, LAST = date(2024, 4, 1), date(2025, 3, 31)


@pytest.mark.parametrize(
    ("text", "periods", "figures"),
    [
        ("In 2024-25 we held 34 reviews.", ("2024-25",), ("34",)),
        ("The year 2024–25, then 2024/2025 and 2024 to 2025.", ("2024–25", "2024/2025", "2024 to 2025"), ()),
        ("Since 2019, and in 2024.", ("2024",), ()),
        ("Working Together 2023 asks for it.", (), ()),
        ("£2,024 was spent, 12% of it on training.", (), ("£2,024", "12%")),
        ("The partners meet every six weeks.", (), ()),
        ("2024-256 is a reference.", ("2024",), ("256",)),
        ("Ages 0-5 and -3%.", (), ("0-5", "-3%")),
        ("See the report (https://example.org/2024/a?x=1&y=2) of 34.", (), ("34",)),
        ("Ask mailto:post24@example.org or [here](<https://example.org/7>).", (), ()),
        ("34 came, 34 went.", (), ("34",)),
    ],
)
def test_labels_years_and_figures_are_named_as_they_are_written(text, periods, figures):
    found = warnings(text, "2024-25", FIRST, LAST)
    assert (found.periods, found.figures) == (periods, figures)
    assert bool(found) == bool(periods or figures)


def test_the_label_of_the_arrangements_is_a_year():
    assert warnings("In 2025 we meet.", "2025", date(2025, 1, 1), date(2025, 12, 31)).periods == ("2025",)
