"""Correcting and removing counts and attendance, on their pages."""

import pytest

from partnership.counts import services
from partnership.counts.kinds import Came, Counted
from tests.apps.counts import numbers
from tests.apps.counts.test_pages import DAY, at, came
from tests.pages import hidden, words

pytestmark = pytest.mark.django_db


def test_a_count_is_corrected(gwen, world):
    row = numbers.count(world, value="1204")
    address = at(world, "correct_count", "2025-26", row.pk)
    page = gwen.get(address)
    assert 'value="1204"' in page.content.decode()
    assert hidden(page) == {"seen_value": "1204", "seen_as_of": "2026-03-31", "seen_source": "Minute 4"}

    better = {"value": "1,205", **DAY, "as_of_day": "30", "source": "Minute 5"}
    response = gwen.post(address, {**hidden(page), **better}, follow=True)

    row.refresh_from_db()
    assert row.figure == numbers.figure("1205", numbers.DAY.replace(day=30), "Minute 5")
    assert "“Rapid reviews completed” is corrected." in words(response)


def test_when_somebody_else_was_quicker_both_counts_are_shown_and_nothing_is_lost(gwen, world):
    row = numbers.count(world)
    address = at(world, "correct_count", "2025-26", row.pk)
    opened = gwen.get(address)
    services.correct_count(
        count=row, seen=Counted.of(row), counted=numbers.counted(row, numbers.figure("8")), by=world.gwen
    )

    mine = {"value": "9.00", **DAY, "source": "Mine"}
    late = gwen.post(address, {**hidden(opened), **mine})

    row.refresh_from_db()
    assert (late.status_code, row.value) == (409, 8)
    both = "Recorded now: 8 as of 31 March 2026, from “Minute 4”. You entered: 9 as of 31 March 2026, from “Mine”."
    assert both in words(late)
    assert gwen.post(address, {**hidden(late), **mine}).status_code == 302
    row.refresh_from_db()
    assert row.figure == numbers.figure("9", source="Mine")


def test_when_somebody_else_was_quicker_both_attendances_are_shown_and_nothing_is_lost(gwen, world):
    row = numbers.attendance(world, world.police)
    address = at(world, "correct_attendance", "2025-26", row.pk)
    opened = gwen.get(address)
    services.correct_attendance(
        attendance=row, seen=Came.of(row), came=numbers.of(row, numbers.meetings(5, 5, 0)), by=world.gwen
    )

    mine = came(world, held="6", attended="5")
    late = gwen.post(address, {**hidden(opened), **mine})

    row.refresh_from_db()
    assert (late.status_code, row.held) == (409, 5)
    theirs = "Recorded now: Ashdown Police, 5 of 5 meetings, as of 31 March 2026, from “Minute 4”. "
    assert f"{theirs}You entered: Ashdown Police, 5 of 6 meetings" in words(late)
    assert "The attendance of Ashdown Police is corrected." in words(
        gwen.post(address, {**hidden(late), **mine}, follow=True)
    )
    row.refresh_from_db()
    assert row.meetings == numbers.meetings(6, 5, 1, source="Minutes")


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("correct_count", {"value": "2.5"}, "Enter a whole number"),
        ("correct_count", {"as_of_year": "2025"}, "The year 2025-26 begins"),
        ("correct_count", {"seen_value": "x"}, "Load the page again, then send it once more"),
        ("correct_count", {"seen_as_of": "x"}, "Load the page again, then send it once more"),
        ("correct_attendance", {"by_deputy": "4"}, "are more than the 5 held"),
        ("correct_attendance", {"seen_held": ""}, "Load the page again, then send it once more"),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing_and_says_why(gwen, world, name, typed, sentence):
    row = numbers.count(world) if name == "correct_count" else numbers.attendance(world, world.police)
    address = at(world, name, "2025-26", row.pk)
    sent = {**hidden(gwen.get(address)), **came(world), "value": "8", **typed}

    response = gwen.post(address, sent)

    assert sentence in words(response)
    before = row.said
    row.refresh_from_db()
    assert row.said == before and row.source == "Minute 4"


def test_the_name_and_the_unit_of_an_own_indicator_are_corrected(gwen, world):
    row = numbers.own(world, "Chilren seen")
    address = at(world, "correct_count", "2025-26", row.pk)
    sent = {**hidden(gwen.get(address)), "label": "Children seen", "unit": "number", "value": "87", **DAY}

    response = gwen.post(address, {**sent, "source": "Minute 4"}, follow=True)

    row.refresh_from_db()
    assert (row.label, row.key, row.unit, row.said) == ("Children seen", "children-seen", "number", "87")
    assert "“Children seen” is corrected." in words(response)


def test_what_is_offered_to_everybody_keeps_its_name_and_unit(gwen, world):
    row = numbers.count(world)
    address = at(world, "correct_count", "2025-26", row.pk)
    page = gwen.get(address)
    assert not {"label", "unit"} & set(page.context["form"].fields)

    gwen.post(address, {**hidden(page), "label": "Other", "unit": "per_cent", "value": "8", **DAY, "source": "S"})

    row.refresh_from_db()
    assert (row.label, row.unit, row.value) == ("Rapid reviews completed", "number", 8)


def test_the_organisation_of_an_attendance_is_corrected(gwen, world):
    row = numbers.attendance(world, world.police)
    address = at(world, "correct_attendance", "2025-26", row.pk)

    gwen.post(address, {**hidden(gwen.get(address)), **came(world), "agency": world.council.agency.pk})

    row.refresh_from_db()
    assert row.agency == world.council.agency


@pytest.mark.parametrize("name", ["count", "attendance"])
def test_a_row_is_removed_once_with_a_reason_and_a_second_click_finds_it_gone(gwen, world, name):
    row = numbers.own(world) if name == "count" else numbers.attendance(world, world.police)
    address = at(world, f"remove_{name}", "2025-26", row.pk)
    assert f'href="{address}"' in gwen.get(at(world, f"correct_{name}", "2025-26", row.pk)).content.decode()
    assert "keeps the figures it was frozen with" in words(gwen.get(address))
    assert "Enter why it is removed" in words(gwen.post(address, {"reason": ""}))

    first = gwen.post(address, {"reason": "Entered twice"}, follow=True)
    second = gwen.post(address, {"reason": "Entered twice"}, follow=True)

    assert "is removed." in words(first)
    assert "It has been removed already." in words(second)
    assert not type(row).objects.exists()
    assert "Minute 4" not in gwen.get(at(world, "csv", "2025-26")).content.decode()
    assert gwen.post(at(world, f"remove_{name}", "2025-26", row.pk + 9), {"reason": "x"}).status_code == 404
