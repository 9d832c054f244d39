"""All partnerships of England, from the project's own reference."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.areas import selectors
from partnership.areas.models import Agency, Appointment, Area, Seat, Succession
from partnership.audit.models import AuditEntry
from partnership.operations import england
from partnership.operations.demo import year_2026, years_2024_25
from partnership.operations.demo.places import HAMMERSMITH, NEW_BOARD, OLD_BOARD

# One mark for all, so that no test stands apart from its module and has everything loaded a second time.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_england")]
BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 1)


def boards(area: str, on: date) -> set[str]:
    seats = selectors.statutory_seats(Area.objects.get(slug=area), on).filter(agency__kind="health")
    return {seat.agency.slug for seat in seats}


def test_every_partnership_and_every_body_is_there(all_england):
    kinds = {kind: Agency.objects.filter(kind=kind).count() for kind in ("local_authority", "police", "health")}

    assert Area.objects.count() == all_england.added.areas == 141
    assert kinds == {"local_authority": 153, "police": 39, "health": 42 + 6}
    assert Seat.objects.count() == all_england.added.seats
    assert Succession.objects.count() == all_england.added.successions == 16


def test_each_council_sits_in_one_partnership():
    seats = Seat.objects.filter(agency__kind="local_authority")

    assert seats.count() == seats.values("agency").distinct().count() == 153


def test_loading_again_changes_nothing(capsys):
    before = AuditEntry.objects.count()

    call_command("load_england")

    told = capsys.readouterr().out
    assert AuditEntry.objects.count() == before
    assert "Nothing was changed." in told
    assert "Office for National Statistics" in told
    assert "mySociety" in told


def test_a_whole_board_hands_over_on_the_first_of_april_2026():
    assert boards(HAMMERSMITH, BEFORE) == {OLD_BOARD}
    assert boards(HAMMERSMITH, AFTER) == {NEW_BOARD}
    assert Agency.objects.get(slug=OLD_BOARD).abolished_on == AFTER


def test_a_board_that_was_split_is_followed_by_the_part_for_each_area():
    assert boards("hertfordshire", AFTER) >= {"central-east-icb"}
    assert "essex-icb" in boards("essex", AFTER)
    assert "hertfordshire-and-west-essex-icb" in boards("hertfordshire", BEFORE) & boards("essex", BEFORE)
    assert "hertfordshire-and-west-essex-icb" not in boards("hertfordshire", AFTER) | boards("essex", AFTER)


def test_a_board_that_continues_keeps_its_seat():
    board = Agency.objects.get(slug="hampshire-and-isle-of-wight-icb")

    assert board.abolished_on is None
    assert board.seats.get(area__slug="isle-of-wight").during.upper is None
    assert not Succession.objects.filter(predecessor=board).exists()


def test_no_area_is_without_a_council_a_force_and_a_board_before_and_after():
    for day in (BEFORE, AFTER):
        for kind in ("local_authority", "police", "health"):
            seated = Seat.objects.filter(agency__kind=kind, during__contains=day).values("area").distinct()
            assert seated.count() == 141


def test_nobody_may_take_three_seats_for_granted():
    counts = {selectors.statutory_seats(area, AFTER).count() for area in Area.objects.all()}

    assert counts == {3, 4, 5}


def test_the_register_asks_the_database_as_often_for_many_seats_as_for_few():
    asked = {}
    for slug in (HAMMERSMITH, "leicestershire-and-rutland", "kensington-and-chelsea-and-westminster"):
        area = Area.objects.get(slug=slug)
        with CaptureQueriesContext(connection) as queries:
            rows = selectors.register(area, AFTER).seats
            assert all(row.agency_name and str(row.seat.agency) for row in rows)
        asked[slug] = len(queries)

    assert len(set(asked.values())) == 1


def test_every_area_has_a_name_of_its_own():
    names = list(Area.objects.values_list("name", flat=True))

    assert len(set(names)) == 141
    assert "Cornwall and the Isles of Scilly" in names
    assert not [name for name in names if "Safeguarding" in name]


def test_the_practice_people_can_be_put_into_an_england_that_was_loaded_first():
    seats = Seat.objects.filter(area__slug=HAMMERSMITH, kind="statutory").count()

    years_2024_25.first_area()
    year_2026.other_areas()
    year_2026.change_of_boards()

    assert Seat.objects.filter(area__slug=HAMMERSMITH, kind="statutory").count() == seats
    assert Succession.objects.count() == 16
    old = Appointment.objects.filter(seat__agency__slug=OLD_BOARD)
    assert {held.during.upper for held in old} == {AFTER}


def test_england_can_be_loaded_around_an_area_that_is_there(all_england):
    area = Area.objects.get(slug="leeds")
    Area.objects.filter(pk=area.pk).update(name="Leeds as it was")

    assert england.load(all_england.known) == england.Added()
    assert Area.objects.get(pk=area.pk).name == "Leeds as it was"
