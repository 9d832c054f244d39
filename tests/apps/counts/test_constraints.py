"""What the database itself refuses, whoever writes: each row is written past the services."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests.apps.counts import numbers

pytestmark = pytest.mark.django_db


def write(table, pk, **columns):
    names = ", ".join(f"{name} = %s" for name in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {names} WHERE id = %s", [*columns.values(), pk])


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"value": "-1"}, "counts_value_is_possible"),
        ({"value": "1000000000"}, "counts_value_is_possible"),
        ({"value": "7.5"}, "counts_offered_to_all_are_whole"),
        ({"unit": "per_cent"}, "counts_offered_to_all_are_whole"),
        ({"unit": "pints", "key": "own"}, "counts_unit_is_known"),
        ({"key": "Rapid reviews"}, "counts_key_is_words"),
        ({"key": ""}, "counts_key_is_words"),
        ({"label": ""}, "counts_has_a_label"),
        ({"source": ""}, "counts_has_a_source"),
        ({"as_of": "2025-03-31"}, "counts_day_is_not_before_its_year"),
        ({"start_year": 1999}, "counts_year_is_a_year"),
        ({"start_year": 2101, "as_of": "2101-04-01"}, "counts_year_is_a_year"),
    ],
)
def test_the_database_refuses_a_count_that_cannot_be(world, columns, rule):
    row = numbers.count(world)

    with pytest.raises(IntegrityError, match=rule):
        write("counts_count", row.pk, **columns)
    row.refresh_from_db()
    assert row.figure == numbers.figure()


def test_the_database_refuses_a_share_above_a_hundred(world):
    row = numbers.own(world, value="100")

    with pytest.raises(IntegrityError, match="counts_share_is_at_most_a_hundred"):
        write("counts_count", row.pk, value="100.01")


def test_the_database_keeps_each_count_once_in_a_year(world):
    numbers.count(world)
    other = numbers.count(world, "actions-agreed")

    with pytest.raises(IntegrityError, match="counts_key_once_in_a_year"):
        write("counts_count", other.pk, key="rapid-reviews")


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"held": 0, "attended": 0, "by_deputy": 0}, "attendance_meetings_were_held"),
        ({"held": 4}, "attendance_at_most_what_was_held"),
        ({"held": 367}, "attendance_meetings_were_held"),
        ({"attended": 5}, "attendance_at_most_what_was_held"),
        ({"attended": -1}, "attended_check"),
        ({"by_deputy": 2}, "attendance_at_most_what_was_held"),
        ({"by_deputy": -1}, "by_deputy_check"),
        ({"source": ""}, "attendance_has_a_source"),
        ({"as_of": "2025-03-31"}, "attendance_day_is_not_before_its_year"),
        ({"start_year": 1999}, "attendance_year_is_a_year"),
        ({"start_year": 2101, "as_of": "2101-04-01"}, "attendance_year_is_a_year"),
    ],
)
def test_the_database_refuses_attendance_that_cannot_be(world, columns, rule):
    row = numbers.attendance(world, world.police)

    with pytest.raises(IntegrityError, match=rule):
        write("counts_attendance", row.pk, **columns)


def test_the_database_keeps_each_agency_once_in_a_year(world):
    numbers.attendance(world, world.police)
    other = numbers.attendance(world, world.council)

    with pytest.raises(IntegrityError, match="attendance_agency_once_in_a_year"):
        write("counts_attendance", other.pk, agency_id=world.police.agency_id)
