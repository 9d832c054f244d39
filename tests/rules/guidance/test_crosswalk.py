"""From one edition to the next: nothing is lost on the way, and only what changed asks for work."""

from dataclasses import replace
from itertools import combinations

import pytest

from partnership.guidance.crosswalk import between, check_crosswalk, outcomes_between
from partnership.guidance.loader import edition, editions
from partnership.guidance.schema import Crossing
from partnership.guidance.vocabulary import DOCUMENTS, EditionError

PAIRS = [
    pytest.param(old, new, document, id=f"{old.key}-{new.key}-{document}")
    for old, new in combinations(editions(), 2)
    if old.series == new.series
    for document in DOCUMENTS
]


def told(old, new, document="arrangements"):
    return {(change.new or change.old).id: change for change in between(old, new, document)}


@pytest.mark.parametrize(("old", "new", "document"), PAIRS)
def test_every_requirement_of_both_editions_is_told_once(old, new, document):
    changes = between(old, new, document)

    assert [change.new.id for change in changes if change.new] == [row.id for row in new.requirements_for(document)]
    assert sorted(change.old.id for change in changes if change.old) == sorted(
        row.id for row in old.requirements_for(document)
    )


def test_what_is_carried_over_unread_is_the_same_and_what_the_2026_edition_adds_is_new():
    changes = told(edition("wt2023"), edition("wt2026"), "yearly_report")

    assert {id for id, change in changes.items() if change.kind == "new"} == {"YR-21"}
    assert {change.kind for id, change in changes.items() if id != "YR-21"} == {"same"}


def test_a_should_that_became_a_must_is_changed_and_says_why():
    change = told(edition("wt2023"), edition("wt2026"))["ARR-26"]

    assert (change.kind, change.old.level, change.new.level) == ("changed", "should", "must")
    assert "must have regard" in change.note
    assert change.needs_work


def test_what_is_enacted_and_not_commenced_is_coming_and_asks_for_no_work():
    changes = told(edition("wt2023"), edition("wt2026"))

    assert [id for id, change in changes.items() if change.is_coming] == ["ARR-28", "ARR-29"]
    assert not changes["ARR-28"].needs_work
    assert changes["ARR-27"].needs_work


@pytest.mark.parametrize(
    "difference",
    [{"text": "Other words."}, {"level": "must"}, {"section": "data"}, {"condition": "x"}, {"commenced": False}],
)
def test_other_words_level_place_condition_or_commencement_are_a_change(difference):
    old = edition("wt2023")
    row = replace(old.requirement("ARR-22"), **difference)

    assert told(old, with_rows(old, row))["ARR-22"].kind == "changed"


def test_better_evidence_is_no_change():
    old = edition("wt2023")
    row = replace(old.requirement("ARR-22"), evidence="S", note="", sources=old.sources)

    assert told(old, with_rows(old, row))["ARR-22"].kind == "same"


def test_what_is_no_longer_asked_for_comes_last_with_its_note():
    old = edition("wt2023")
    rows = tuple(row for row in old.requirements if row.id != "ARR-01")
    new = replace(old, requirements=rows, crosswalk=(Crossing(kind="removed", old="ARR-01", note="It went."),))

    last = between(old, new, "arrangements")[-1]

    assert (last.kind, last.old.id, last.new, last.note) == ("removed", "ARR-01", None, "It went.")


def test_another_id_for_the_same_thing_is_told_by_a_row():
    old = edition("wt2023")
    new = with_rows(old, replace(old.requirement("ARR-22"), id="ARR-90"), instead_of="ARR-22")
    new = replace(new, crosswalk=(Crossing(kind="same", old="ARR-22", new="ARR-90"),))

    change = told(old, new)["ARR-90"]

    assert (change.kind, change.old.id) == ("same", "ARR-22")
    assert "ARR-22" not in told(old, new)
    check_crosswalk(new, [old])


def test_two_series_and_the_way_back_are_refused():
    with pytest.raises(EditionError, match="not editions of one guidance"):
        between(edition("nf2023"), edition("wt2023"), "arrangements")
    with pytest.raises(EditionError, match="Working Together 2018 is older than Working Together 2023"):
        between(edition("wt2023"), edition("wt2018"), "arrangements")


def test_outcomes_2_and_3_changed_places_and_nothing_is_joined_on_the_number():
    changes = {change.new.key: change for change in outcomes_between(edition("nf2023"), edition("nf2026"))}

    assert {key: change.numbers for key, change in changes.items() if change.number_moved} == {
        "safety": (3, 2),
        "family_network": (2, 3),
    }
    assert changes["help"].kind == changes["leadership"].kind == "same"


def test_an_outcome_that_is_gone_or_new_is_told():
    old = edition("nf2023")
    fewer = replace(old, outcomes=old.outcomes[1:])

    assert outcomes_between(old, fewer)[-1].kind == "removed"
    assert outcomes_between(fewer, old)[0].kind == "new"


def with_rows(old, row, instead_of=None):
    """The same edition again with one row exchanged."""
    gone = instead_of or row.id
    return replace(old, key="other", requirements=tuple(row if one.id == gone else one for one in old.requirements))


def test_what_an_earlier_edition_is_not_held_for_is_not_said_to_be_new_without_a_word():
    fresh = told(edition("wt2018"), edition("wt2023"), "budget")

    assert {change.note for change in fresh.values()} == {
        "Working Together 2018 is not held here for this kind of document: whether this is new is not known."
    }
    assert {change.kind for change in told(edition("wt2023"), edition("wt2026"), "budget").values()} == {"same"}
    assert "is not held here" not in " ".join(
        change.note for change in told(edition("wt2018"), edition("wt2023")).values()
    )
