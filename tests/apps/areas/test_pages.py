"""The pages of an area: overview, people, timeline."""

from datetime import date

import pytest
from django.http import QueryDict

from partnership.areas import services as areas
from partnership.areas.forms.day import OnDay
from partnership.areas.roles import OFFICES, Office

PAGES = ["", "people/", "timeline/"]


def read(client, places, path, name="gwen"):
    client.force_login(places.person(name))
    return client.get(f"/areas/oakshire/{path}")


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_is_asked_to_sign_in(client, places, path):
    assert client.get(f"/areas/oakshire/{path}").status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_somebody_of_another_area_finds_nothing(client, places, path):
    elsewhere = places.open("ashford")
    places.appoint("omar", Office.OBSERVER, elsewhere)
    assert read(client, places, path, "omar").status_code == 404


def test_the_overview_tells_status_turn_duty_and_seats(client, places):
    places.duties()
    places.send()
    text = read(client, places, "").content.decode()
    assert "Oakshire Partnership" in text
    assert "With the lead safeguarding partners for signature" in text
    assert "Whose turn: lead safeguarding partners" in text
    assert "in 16 days" in text
    assert "Published: not yet" in text
    assert "Lead safeguarding partner: Amina" in text


def test_the_overview_says_what_is_empty(client, places):
    text = read(client, places, "").content.decode()
    assert "No document has been begun yet." in text
    assert "No duty is open." in text


def test_the_overview_shows_an_office_without_holder_as_vacant(client, places):
    appointment = places.person("amina").appointments.get()
    areas.end_appointment(appointment=appointment, until=date(2026, 9, 1), by=None)
    assert "Lead safeguarding partner: vacant" in read(client, places, "").content.decode()


def test_the_register_shows_who_held_an_office_on_a_day(client, places):
    appointment = places.person("amina").appointments.get()
    areas.end_appointment(appointment=appointment, until=date(2026, 9, 1), by=None)
    places.appoint("noor", Office.LSP, places.area, seat=places.seats["oakshire"][0], since=date(2026, 9, 1))
    today = read(client, places, "people/").content.decode()
    assert "Noor" in today
    assert "Amina" not in today
    before = read(client, places, "people/?on=2026-08-31").content.decode()
    assert "Amina" in before
    assert "last day 31 August 2026" in before
    assert "Noor" not in before
    assert read(client, places, "people/?on_day=31&on_month=8&on_year=2026").context["on"] == date(2026, 8, 31)


BAD_DAYS = ["on=2026-02-31", "on=yesterday", "on_day=1", "on=99999-1-1", "on=%00-1-1", "on=1066-10-14"]


@pytest.mark.parametrize("query", BAD_DAYS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_file_for_a_day_that_is_none_is_refused_with_its_sentence(client, places, ending, query):
    response = read(client, places, f"people.{ending}?{query}")

    assert response.status_code == 400
    assert "Content-Disposition" not in response.headers
    assert OnDay.of(QueryDict(query)).errors["on"][0] in response.content.decode()


@pytest.mark.parametrize("query", BAD_DAYS)
def test_for_a_day_that_is_none_nobody_is_shown(client, places, query):
    response = read(client, places, f"people/?{query}")
    text = response.content.decode()

    assert response.status_code == 200
    assert "register" not in response.context
    assert "Amina" not in text
    assert text.count(OnDay.of(QueryDict(query)).errors["on"][0]) == 2  # in the summary and at the field


def test_a_day_that_is_none_comes_back_as_it_was_typed(client, places):
    text = read(client, places, "people/?on=2026-02-31").content.decode()

    assert "Day must be a real date, such as 30 September 2026" in text
    assert [part in text for part in ('value="31"', 'value="02"', 'value="2026"')] == [True] * 3


@pytest.mark.parametrize("place", ["people/", "people.csv", "people.xlsx"])
def test_an_address_that_leaves_the_day_empty_asks_for_today(client, places, place):
    assert read(client, places, f"{place}?on=").status_code == 200


def test_the_register_describes_every_office(client, places):
    text = read(client, places, "people/").content.decode()
    assert all(office.label.split("’")[0].split("'")[0] in text for office in OFFICES)
    assert "Vacant" in text


def test_the_timeline_tells_in_sentences_and_can_be_narrowed_to_a_document(client, places):
    document = places.begin()
    everything = read(client, places, "timeline/").content.decode()
    assert "Gwen began Yearly report 2025-26" in everything
    assert "The service recorded Amina" in everything
    narrowed = read(client, places, f"timeline/?about={document.subject}").content.decode()
    assert "Gwen began Yearly report 2025-26" in narrowed
    assert "Amina" not in narrowed


def test_the_timeline_comes_in_pages(client, places):
    places.send()
    response = read(client, places, "timeline/")
    assert len(response.context["entries"]) == 25
    assert "govuk-pagination" in response.content.decode()
    assert read(client, places, "timeline/?page=nonsense&about=nonsense").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_more_rows_cost_no_more_queries(client, places, path, django_assert_max_num_queries):
    places.duties()
    places.begin()
    read(client, places, path)
    with django_assert_max_num_queries(30) as few:
        client.get(f"/areas/oakshire/{path}")
    for year in (2021, 2022, 2023):
        places.begin(label=f"{year}-{year - 1999}")
    for number in range(4):
        places.appoint(f"observer-{number}", Office.OBSERVER, places.area)
    with django_assert_max_num_queries(len(few)):
        client.get(f"/areas/oakshire/{path}")
