"""What could point at one child or family is named, and what cannot is left alone."""

import pytest

from partnership.documents import markdown, personal, plain


def kinds(text: str) -> list[str]:
    (block, *_) = plain.read(text).blocks
    return personal.found_in(block)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The boy (DOB 3/4/2015) came in May.", "a date of birth"),
        ("She was born on 3 April 2015.", "a date of birth"),
        ("The family lives in W6 9JU now.", "a whole postcode"),
        ("They moved to 14 Acacia Avenue in June.", "a house with its street"),
        ("See 943 476 5919 for more.", "an NHS number"),
        ("Jayden, aged 7, was seen at school.", "a name beside an age"),
        ("We lost sight of two children.", "a number under five beside children or families"),
        ("In 3 families the plan ended early.", "a number under five beside children or families"),
    ],
)
def test_what_could_point_at_somebody_is_named(text, kind):
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "The partners met six times, and 34 children were heard.",
        "Of 212 children, 54 families answered.",
        "We agreed four priorities on 3 April 2026.",
        "Children aged 7 to 11 told us more.",
        "The report is due by 30 September 2026. See section 16E of the Act.",
    ],
)
def test_what_points_at_nobody_is_left_alone(text):
    assert kinds(text) == []


def table(cells: str, about: str = "Children") -> list[str]:
    text = (
        f"Table: {about} by quarter\n\n| Quarter | {about} |\n|---|---:|\n| First | {cells} |\n\nSource: our records\n"
    )
    parsed = markdown.to_blocks(text, plain._Nothing())
    (block,) = [block for block in parsed.blocks if block["type"] == "table"]
    return personal.found_in(block)


def test_a_small_cell_of_a_table_about_children_is_named_and_one_about_meetings_is_not():
    assert table("3") == ["a number under five beside children or families"]
    assert table("30") == []
    assert table("3", about="Meetings") == []
