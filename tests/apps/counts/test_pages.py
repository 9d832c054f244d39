"""The pages of counts and attendance, as each of the cast sees them."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnership.counts.models import Attendance, Count
from partnership.guidance.financial_years import FinancialYear
from tests.apps.counts import numbers
from tests.pages import words

pytestmark = pytest.mark.django_db
FORMS = ["add_count", "add_attendance"]
DAY = {"as_of_day": "31", "as_of_month": "3", "as_of_year": "2026"}
REVIEWS = {"key": "rapid-reviews", "label": "", "unit": "number", "value": "7", "source": "Minute 4", **DAY}
THINK = "A count under five may point to a child or a family. Think before you publish it."


def at(world, name, *args):
    return reverse(f"counts:{name}", args=[world.area.slug, *args])


def came(world, **more):
    """What is typed for the police."""
    typed = {"agency": world.police.agency_id, "held": "5", "attended": "4", "by_deputy": "1", "source": "Minutes"}
    return {**typed, **DAY, **more}


def every_address(world):
    yield at(world, "years")
    yield at(world, "year", "2025-26")
    yield at(world, "csv", "2025-26")
    yield at(world, "correct_count", "2025-26", numbers.count(world).pk)
    yield at(world, "remove_count", "2025-26", Count.objects.get().pk)
    came = numbers.attendance(world, world.police)
    yield at(world, "correct_attendance", "2025-26", came.pk)
    yield at(world, "remove_attendance", "2025-26", came.pk)
    yield from (at(world, name, "2025-26") for name in FORMS)


@pytest.mark.parametrize("name", ["harry", "ines"])
def test_people_without_an_office_here_find_no_page(client, world, name):
    client.force_login(getattr(world, name))

    for address in every_address(world):
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code in (404, 405), address


@pytest.mark.parametrize("name", ["amina", "dev", "eve", "femi"])
def test_partners_and_the_scrutineer_read_and_are_told_who_may_record(client, world, name):
    client.force_login(getattr(world, name))

    codes = {}
    for address in every_address(world):
        response = client.get(address)
        codes[address] = response.status_code
        if response.status_code == 403:
            assert "in business support of Ashdown may record counts and attendance." in words(response)
            assert client.post(address).status_code == 403
    assert sorted(codes.values()) == [200] * 3 + [403] * 6
    page = words(client.get(at(world, "year", "2025-26")))
    assert "7" in page and "Add a count" not in page and "Correct" not in page


def test_the_years_page_says_when_there_is_nothing_and_lists_each_year(gwen, world):
    assert "No counts and no attendance are recorded for Ashdown yet." in words(gwen.get(at(world, "years")))
    numbers.count(world)
    numbers.own(world)
    numbers.attendance(world, world.police, year=FinancialYear(2024))

    assert "2025-26 2 None 2024-25 None 1" in words(gwen.get(at(world, "years")))


def test_another_year_is_opened_from_what_was_typed(gwen, world):
    response = gwen.get(at(world, "years"), {"year": "2024 to 2025"})

    assert response.url == at(world, "year", "2024-25")
    assert "Nothing is recorded for 2024-25 yet." in words(gwen.get(response.url))


@pytest.mark.parametrize(("typed", "sentence"), [("2025", "Write it like 2025-26."), ("1980-81", "between 2000-01")])
def test_what_is_no_year_is_answered_at_the_field_and_kept(gwen, world, typed, sentence):
    response = gwen.get(at(world, "years"), {"year": typed})

    page = response.content.decode()
    assert sentence in words(response) and f'value="{typed}"' in page and 'href="#id_year"' in page


@pytest.mark.parametrize("label", ["2025", "2025-27", "2025-2026", "1999-00", "nonsense"])
def test_an_address_with_no_year_has_no_page(gwen, world, label):
    assert gwen.get(at(world, "year", label)).status_code == 404


def test_a_year_shows_what_is_offered_first_then_the_areas_own_and_who_came_with_day_and_source(gwen, world):
    numbers.own(world, "A share of its own", "87.50", is_invented=True)
    numbers.count(world, "actions-finished", "1204")
    numbers.count(world, "rapid-reviews", "12")
    numbers.attendance(world, world.police)
    numbers.attendance(world, world.council, meetings=numbers.meetings(5, 5, 0), is_invented=True)

    text = words(gwen.get(at(world, "year", "2025-26")))

    end = "31 March 2026 Minute 4 Correct"
    assert (
        f"Rapid reviews completed 12 {end} Actions finished 1,204 {end} A share of its own (invented) 87.5% {end}"
        in text
    )
    assert f"Ashdown Council (invented) 5 5 0 {end} Ashdown Police 5 4 1 {end}" in text
    assert "Attendance at the meetings of the safeguarding partners, 2025-26" in text
    assert "Figures marked “invented” are made up for practice." in text
    assert THINK not in text


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [("4", "number", True), ("5", "number", False), ("0", "number", False), ("4", "per_cent", False)],
)
def test_a_small_number_and_no_other_asks_to_think(gwen, world, value, unit, said):
    numbers.own(world, "Own", value, unit=unit)

    assert (THINK in words(gwen.get(at(world, "year", "2025-26")))) is said


def test_a_year_asks_the_database_the_same_for_one_row_and_for_many(gwen, world):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            assert gwen.get(at(world, "year", "2025-26")).status_code == 200
        return len(asked)

    numbers.count(world)
    numbers.attendance(world, world.police)
    few = questions()
    for number in range(8):
        numbers.own(world, f"Own {number}")
    numbers.attendance(world, world.council)
    numbers.attendance(world, world.health)

    assert questions() == few


def test_a_count_is_recorded_as_it_was_typed(gwen, world):
    response = gwen.post(at(world, "add_count", "2025-26"), {**REVIEWS, "value": " 1,204 "}, follow=True)

    row = Count.objects.get()
    assert (row.key, row.value, row.as_of, row.source) == ("rapid-reviews", 1204, numbers.DAY, "Minute 4")
    assert response.redirect_chain == [(at(world, "year", "2025-26"), 302)]
    assert "“Rapid reviews completed” is recorded." in words(response)


def test_an_indicator_of_ones_own_is_recorded_under_its_name(gwen, world):
    own = {**REVIEWS, "key": "own", "label": "Seen in time", "unit": "per_cent", "value": "87.5"}

    gwen.post(at(world, "add_count", "2025-26"), own)

    row = Count.objects.get()
    assert (row.key, row.label, row.said) == ("seen-in-time", "Seen in time", "87.5%")


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"key": ""}, "key_0", "Select what is counted"),
        ({"key": "own"}, "label", "Enter the name of your indicator."),
        ({"key": "own", "label": "!!"}, "label", "Enter a name for the indicator with letters or figures."),
        ({"key": "own", "label": "rapid reviews"}, "label", "“Rapid reviews completed” is offered in the list."),
        ({"label": "Mine"}, "label", "Leave the name empty, or select “An indicator of your own”"),
        ({"unit": "per_cent"}, "unit_0", "“Rapid reviews completed” is counted in numbers."),
        ({"unit": ""}, "unit_0", "Select the unit"),
        ({"value": ""}, "value", "Enter the number"),
        ({"value": "-5"}, "value", "Enter a number that is not negative"),
        ({"value": "1e5"}, "value", "Number must be a number, such as 24 or 24.5"),
        ({"value": "12,04"}, "value", "Number must be a number, such as 24 or 24.5"),
        ({"value": "2.5"}, "value", "Enter a whole number, such as 24: this is counted one by one."),
        ({"value": "1,000,000,000"}, "value", "Enter a number below one billion"),
        ({"source": " "}, "source", "Enter where the figure comes from"),
        ({"as_of_day": "30", "as_of_month": "2"}, "as_of_day", "As of must be a real date"),
        ({"as_of_year": "2027"}, "as_of_day", "Enter a day that has come: today or an earlier one."),
        ({"as_of_year": "2025"}, "as_of_day", "The year 2025-26 begins on 1 April 2025."),
    ],
)
def test_what_is_no_count_is_answered_at_the_field_and_kept(gwen, world, changed, field, sentence):
    response = gwen.post(at(world, "add_count", "2025-26"), {**REVIEWS, "source": "Minute 9", **changed})

    page = response.content.decode()
    assert sentence in words(response)
    assert f'href="#id_{field}"' in page
    assert 'value="Minute 9"' in page or "source" in changed
    assert not Count.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"agency": ""}, "agency", "Select organisation"),
        ({"held": "0", "attended": "0", "by_deputy": "0"}, "attended", "Enter how many meetings were held"),
        ({"held": "x"}, "held", "Meetings held must be a whole number, such as 24"),
        ({"by_deputy": "2"}, "attended", "6 meetings attended, by the member or a deputy, are more than the 5 held."),
        ({"attended": "-1"}, "attended", "Enter numbers of meetings that are not negative."),
        ({"source": ""}, "source", "Enter where the figure comes from"),
        ({"as_of_year": "2025"}, "as_of_day", "The year 2025-26 begins on 1 April 2025."),
    ],
)
def test_what_is_no_attendance_is_answered_at_the_field_and_kept(gwen, world, changed, field, sentence):
    response = gwen.post(at(world, "add_attendance", "2025-26"), came(world, **changed))

    assert sentence in words(response)
    assert f'href="#id_{field}"' in response.content.decode()
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("name", FORMS)
def test_an_empty_form_says_what_is_missing_and_every_form_warns_of_children(gwen, world, name):
    response = gwen.post(at(world, name, "2025-26"), {})

    assert response.status_code == 200
    assert "There is a problem" in words(response)
    assert "Never anything about a child, family or case." in words(response)


def test_attendance_is_recorded_for_an_agency_of_the_area_alone(gwen, world):
    elsewhere = world.other_area.seats.get().agency_id
    refused = gwen.post(at(world, "add_attendance", "2025-26"), came(world, agency=elsewhere))
    assert "There is a problem" in words(refused) and not Attendance.objects.exists()

    response = gwen.post(at(world, "add_attendance", "2025-26"), came(world), follow=True)

    assert "The attendance of Ashdown Police is recorded." in words(response)
    assert Attendance.objects.get().meetings == numbers.meetings(source="Minutes")


def test_a_second_click_records_nothing_twice_and_another_figure_is_refused(gwen, world):
    for name, typed, other, field in (
        ("add_count", REVIEWS, {**REVIEWS, "value": "8"}, "key_0"),
        ("add_attendance", came(world), came(world, held="6"), "agency"),
    ):
        for _ in range(2):
            assert gwen.post(at(world, name, "2025-26"), typed).status_code == 302
        refused = gwen.post(at(world, name, "2025-26"), other)
        assert refused.status_code == 409
        assert "is recorded for 2025-26 already. Correct it instead." in words(refused)
        assert f'href="#id_{field}"' in refused.content.decode()
    assert (Count.objects.count(), Attendance.objects.count()) == (1, 1)


@pytest.mark.parametrize("practice", [True, False])
def test_only_the_practice_area_asks_whether_a_figure_is_invented(gwen, world, settings, practice):
    settings.PRACTICE = practice

    assert ("This figure is invented" in words(gwen.get(at(world, "add_count", "2025-26")))) is practice
    gwen.post(at(world, "add_count", "2025-26"), {**REVIEWS, "is_invented": "on"})
    gwen.post(at(world, "add_attendance", "2025-26"), came(world, is_invented="on"))
    assert Count.objects.get().is_invented is practice
    assert Attendance.objects.get().is_invented is practice


def test_a_row_is_found_in_its_own_year_and_area_alone(gwen, world):
    row, came = numbers.count(world), numbers.attendance(world, world.police)
    names = [
        (f"{act}_{name}", what)
        for act in ("correct", "remove")
        for name, what in (("count", row), ("attendance", came))
    ]
    for name, row in names:
        assert gwen.get(at(world, name, "2024-25", row.pk)).status_code == 404
    gwen.force_login(world.harry)
    for name, row in names:
        address = reverse(f"counts:{name}", args=[world.other_area.slug, "2025-26", row.pk])
        assert gwen.get(address).status_code == 404


def test_harry_may_record_in_his_own_area(client, world):
    """So that the 404 above is about the row, and not about the person."""
    client.force_login(world.harry)

    assert client.get(reverse("counts:add_count", args=[world.other_area.slug, "2025-26"])).status_code == 200


def test_the_file_holds_the_lines_and_nothing_that_a_spreadsheet_would_run(gwen, world):
    numbers.own(world, "=HYPERLINK(1)", "87.50", figure=numbers.figure("87.50", source="@x"), is_invented=True)
    numbers.count(world, value="1200")
    numbers.attendance(world, world.police)

    response = gwen.get(at(world, "csv", "2025-26"))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="counts-{world.area.slug}-2025-26.csv"'
    assert response.content.startswith(b"\xef\xbb\xbfFinancial year,")
    assert response.content.decode("utf-8-sig").splitlines()[1:] == [
        "2025-26,Count,Rapid reviews completed,1200,A number,,,,2026-03-31,Minute 4,No",
        "2025-26,Count,'=HYPERLINK(1),87.5,Per cent,,,,2026-03-31,'@x,Yes",
        "2025-26,Attendance,Ashdown Police,,,5,4,1,2026-03-31,Minute 4,No",
    ]


@pytest.mark.parametrize("name", ["years", "year", "csv"])
def test_a_page_to_read_takes_no_post(gwen, world, name):
    assert gwen.post(at(world, name, *([] if name == "years" else ["2025-26"]))).status_code == 405


def test_what_was_typed_is_a_decimal_and_not_rounded(gwen, world):
    gwen.post(at(world, "add_count", "2025-26"), {**REVIEWS, "key": "own", "label": "Own", "value": "0.29"})

    assert Count.objects.get().value == Decimal("0.29")


@pytest.mark.parametrize("field", ["label", "source"])
def test_a_line_that_would_be_read_as_a_token_is_refused_at_its_field(gwen, world, field):
    sent = {**REVIEWS, "key": "own", "label": "Own", field: "The [[own]]"}
    response = gwen.post(at(world, "add_count", "2025-26"), sent)

    assert response.context["form"].errors[field] == [
        "Leave out double brackets, {{ }} and [[ ]]: they have a meaning in texts."
    ]
    assert not Count.objects.exists()
