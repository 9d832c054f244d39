"""Charts: figures in words beside every shape, nothing that a strict policy would stop."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.documents import charts
from partnership.documents.cleaning import fold

SVG = "{http://www.w3.org/2000/svg}"


def chart(kind="bar", points=(("April", "1204"), ("May", "998")), unit="contacts", title="Contacts"):
    points = [list(point) for point in points]
    return {"type": "chart", "kind": kind, "title": title, "unit": unit, "source": "", "points": points}


def texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", ["bar", "line", "share"])
def test_every_chart_has_a_title_a_description_and_its_figures_in_words(kind):
    svg = charts.draw(chart(kind), "figure-1")

    root = ElementTree.fromstring(svg)
    assert root[0].tag == f"{SVG}title"
    assert root[0].text.startswith("Contacts. ")
    assert "Highest: April, 1,204 contacts" in root[1].text
    assert root.get("aria-labelledby") == "figure-1-title figure-1-desc"
    assert any("1,204 contacts" in text for text in texts(svg))


@given(
    st.sampled_from(["bar", "line", "share"]),
    st.lists(st.tuples(st.text(min_size=1, max_size=80), st.integers(0, 10**12)), min_size=2, max_size=24),
)
def test_any_chart_is_well_formed_stays_in_its_frame_and_has_no_style(kind, points):
    written = [(fold(label), str(number)) for label, number in points]
    svg = charts.draw(chart(kind, [*written, ("x", "1")]), "f")

    root = ElementTree.fromstring(svg)
    width, height = float(root.get("width")), float(root.get("height"))
    assert not any(
        "style" in name or element.tag.endswith("style") for element in root.iter() for name in element.attrib
    )
    for element in root.iter():
        assert 0 <= float(element.get("x", 0)) <= width
        assert -1 <= float(element.get("y", 0)) <= height
        assert float(element.get("width", 0)) <= width


def test_words_in_a_chart_cannot_bring_markup():
    svg = charts.draw(chart(title='<script>"&', points=(("<b>", "1"), ("b", "2")), unit="<i>"), "f")

    assert "<script>" not in svg
    assert "<b>" not in svg
    ElementTree.fromstring(svg)


def test_bars_are_as_long_as_their_figures_say():
    root = ElementTree.fromstring(charts.draw(chart(points=(("a", "100"), ("b", "50"))), "f"))

    first, second = (float(bar.get("width")) for bar in root.iter(f"{SVG}rect"))
    assert second == pytest.approx(first / 2, rel=0.06)


def test_shares_add_to_the_whole_and_say_their_percentage():
    svg = charts.draw(chart("share", (("a", "75"), ("b", "25")), "£"), "f")

    assert texts(svg) == ["a", "75.0% (£75)", "b", "25.0% (£25)"]


def test_a_line_with_many_points_writes_out_the_first_last_highest_and_lowest():
    points = [(f"M{n}", str(number)) for n, number in enumerate([5, 9, 1, 4, 4, 4, 4, 4, 4, 6])]

    assert [text for text in texts(charts.draw(chart("line", points, ""), "f")) if ". " in text] == [
        "1. M0", "2. M1", "3. M2", "4. M9",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        ("1300", "£", "£1,300"),
        ("12.5", "%", "12.5%"),
        ("-3", "£", "−£3"),
        ("40", "children", "40 children"),
        ("7", "", "7"),
    ],
)
def test_figures_are_worded_as_english_does(number, unit, words):
    assert charts.worded(number, unit) == words


@pytest.mark.parametrize("unit", ["%", "contacts", "children and young people in all of the area"])
def test_bars_are_to_one_scale_and_no_figure_leaves_the_frame(unit):
    svg = charts.draw(chart(points=(("April", "80"), ("May", "8"), ("June", "1000")), unit=unit), "f")

    root = ElementTree.fromstring(svg)
    lengths = [float(element.get("width")) for element in root.iter(f"{SVG}rect")]
    assert lengths[0] / lengths[1] == pytest.approx(10, rel=0.01)
    assert lengths[2] / lengths[0] == pytest.approx(12.5, rel=0.01)
    bold = [element for element in root.iter(f"{SVG}text") if element.get("font-weight") == "700"]
    # In the bold face of 14 units a letter is 8.3 wide on average, a figure 9, the sign of per cent 13.6.
    widths = [sum(13.6 if letter == "%" else 9 if letter.isdigit() else 8.3 for letter in row.text) for row in bold]
    assert all(
        float(row.get("x")) + width <= charts.WIDTH for row, width in zip(bold, widths, strict=True) if width <= 300
    )
    if unit.startswith("children"):
        assert {float(row.get("x")) for row in bold} == {0}
