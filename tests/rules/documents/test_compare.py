"""What changed between two documents, by word and by figure."""

import copy
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.documents.compare import Figure, Run, compare
from tests.rules.documents.samples import document
from tests.rules.documents.test_canonical import LEAVES

OLD = document("We met 4 times in the year.\n\nTable: Contacts\n\n| Q | N |\n|---|---|\n| April | 10 |\n| May | 20 |")


def changed(text):
    return {diff.key: diff for diff in compare(OLD, document(text))}


def test_equal_documents_have_no_difference():
    assert {diff.status for diff in compare(OLD, copy.deepcopy(OLD))} == {"same"}


def test_a_changed_sentence_is_shown_word_by_word():
    text = "We met 5 times in the year.\n\nTable: Contacts\n\n| Q | N |\n|---|---|\n| April | 10 |\n| May | 20 |"

    diff = changed(text)["impact"]

    assert diff.status == "changed"
    assert diff.lines[1] == (
        Run("same", "We met"), Run("removed", "4"), Run("added", "5"), Run("same", "times in the year."),
    )  # fmt: skip
    assert diff.figures == (Figure("In the text", "4", ""), Figure("In the text", "", "5"))


def test_figures_of_a_table_are_listed_as_changed_added_and_removed():
    text = "We met 4 times in the year.\n\nTable: Contacts\n\n| Q | N |\n|---|---|\n| April | 11 |\n| June | 30 |"

    assert set(changed(text)["impact"].figures) == {
        Figure("Contacts, April, N", "10", "11"),
        Figure("Contacts, June, N", "", "30"),
        Figure("Contacts, May, N", "20", ""),
    }


def test_only_what_changed_and_its_neighbours_are_passages():
    old = document("\n\n".join(f"Sentence number {n}." for n in "abcdefgh"))
    new = document("\n\n".join(f"Sentence number {n}." for n in "aXcdefgY"))

    passages = next(diff for diff in compare(old, new) if diff.key == "impact").passages

    assert [len(passage) for passage in passages] == [3, 2]


def test_a_new_and_a_removed_section_are_named():
    new = copy.deepcopy(OLD)
    new["sections"][1] = {**new["sections"][1], "key": "other", "title": "Other"}

    found = {diff.key: diff.status for diff in compare(OLD, new)}

    assert (found["other"], found["next"]) == ("added", "removed")


def test_a_link_that_leads_elsewhere_is_a_change_of_words():
    old, new = document("[here](https://example.org/a)"), document("[here](https://example.org/b)")

    lines = next(diff for diff in compare(old, new) if diff.key == "impact").lines
    assert Run("added", "(https://example.org/b)") in lines[1]


def test_emphasis_alone_is_a_change_of_form():
    diff = next(diff for diff in compare(document("a b"), document("a *b*")) if diff.key == "impact")

    assert diff.status == "changed"
    assert diff.is_only_form


@given(st.sampled_from(LEAVES), st.sampled_from(["7", "word"]))
def test_no_visible_change_anywhere_is_left_out(path, words):
    old = document()
    new = copy.deepcopy(old)
    place = new
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = 7 if isinstance(place[path[-1]], int) else f"{place[path[-1]]} {words}"
    if path[-1] != "type":
        assert any(diff.status != "same" for diff in compare(old, new)) == (old != new)


def test_two_long_sections_are_compared_in_seconds():
    old = document("\n\n".join("the child was seen and the plan was made " * 250 for _ in range(5)))
    new = document("\n\n".join("the child was heard and the plan was kept " * 250 for _ in range(5)))

    begun = time.monotonic()
    compare(old, new)
    assert time.monotonic() - begun < 10


def two(first, second):
    made = document(first)
    (impact,) = [section for section in made["sections"] if section["key"] == "impact"]
    other = copy.deepcopy(document(second)["sections"][made["sections"].index(impact)])
    made["sections"].append({**other, "key": "voice", "title": "Voice"})
    return made, impact["title"]


def test_a_figure_that_moved_to_another_section_is_told_once_as_moved():
    old, title = two("We met 212 families.", "We listened.")
    new, _ = two("We met families.", "We listened to 212 families.")

    found = [(diff.key, diff.figures) for diff in compare(old, new) if diff.figures]
    assert found == [("voice", (Figure(f"Moved here from “{title}”", "212", "212"),))]


def test_a_figure_that_came_twice_and_left_once_is_moved_once():
    old, _ = two("We met 212 families.", "We listened.")
    new, _ = two("We met families.", "We listened to 212 families, 212 times.")

    (figures,) = [diff.figures for diff in compare(old, new) if diff.figures]
    assert [bool(figure.before) for figure in figures] == [True, False]


def test_a_fact_is_compared_by_what_its_row_says():
    fact = {
        "name": "lsp police", "title": "Lead safeguarding partner for Example Police", "value": "Cerys", "kind": "structural",
        "source": "The register", "as_of": "2026-09-14", "key": "example-police",
        "places": [{"section": "impact", "block": 1}],
    }  # fmt: skip
    old = {**document(), "facts": [fact]}
    new = {**document(), "facts": [{**fact, "value": "Nia", "places": [{"section": "impact", "block": 2}]}]}

    (part,) = [part for part in compare(old, new) if part.status == "changed"]

    assert part.title == "Facts drawn from the records"
    assert [(run.kind, run.text) for run in part.lines[0] if run.kind != "same"] == [
        ("removed", "Cerys"),
        ("added", "Nia"),
    ]


def test_the_day_of_a_fact_is_read_in_words_and_is_no_figure():
    fact = {
        "name": "children", "title": "Children", "value": "410", "kind": "figure", "source": "The register",
        "as_of": "2026-09-14", "key": "example", "places": [{"section": "impact", "block": 1}],
    }  # fmt: skip
    old = {**document(), "facts": [fact]}
    new = {**document(), "facts": [{**fact, "value": "420", "as_of": "2026-09-15"}]}

    (part,) = [part for part in compare(old, new) if part.status == "changed"]

    assert part.figures == (Figure("In the text", "410", ""), Figure("In the text", "", "420"))
    words = " ".join(run.text for run in part.lines[0])
    assert "14" in words
    assert "15" in words
    assert "September 2026" in words
    assert "2026-09" not in words


def figures_of(old, new):
    return next(diff for diff in compare(document(old), document(new)) if diff.key == "impact").figures


@pytest.mark.parametrize(
    ("old", "new"),
    [("2026-09-10", "2026-09-11"), ("2025-26", "2026-27"), ("0-5", "0-6"), ("10 May 2026", "11 May 2026")],
)
def test_a_hyphen_between_digits_is_no_minus(old, new):
    assert figures_of(f"Then: {old}.", f"Then: {new}.") == (
        Figure("In the text", old, ""),
        Figure("In the text", "", new),
    )


def test_the_digits_of_an_address_are_no_figures():
    assert figures_of("[here](https://example.org/a?x=1&y=2)", "[here](https://example.org/a?x=3&y=4)") == ()


def test_a_minus_before_a_figure_belongs_to_it():
    assert figures_of("It changed by -5.", "It changed by -6, in the under-5s.") == (
        Figure("In the text", "-5", ""), Figure("In the text", "", "-6"), Figure("In the text", "", "5"),
    )  # fmt: skip


def test_a_figure_in_one_of_two_rows_of_the_same_name_is_not_lost():
    table = "Table: Contacts\n\n| Team | Number |\n|---|---|\n| North | {} |\n| South | 3 |\n| North | 20 |"

    assert figures_of(table.format(10), table.format(11)) == (Figure("Contacts, North, Number", "10", "11"),)
    assert figures_of(table.format(10), table.format(10).replace("20", "21")) == (
        Figure("Contacts, North, Number (number 2 of this name)", "20", "21"),
    )


def test_a_changed_row_is_shown_cell_by_cell():
    table = "Table: Contacts\n\n| Team | Last year | This year |\n|---|---|---|\n| North | {} | {} |"

    diff = next(
        diff
        for diff in compare(document(table.format("10", "12")), document(table.format("12", "14 of 20")))
        if diff.key == "impact"
    )
    assert [line for line in diff.lines if line[0].text == "North"] == [(
        Run("same", "North"), Run("same", "|"), Run("removed", "10"), Run("added", "12"),
        Run("same", "|"), Run("removed", "12"), Run("added", "14 of 20"),
    )]  # fmt: skip
