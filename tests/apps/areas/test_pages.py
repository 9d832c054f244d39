"""The pages of an area: overview, people, timeline."""

from datetime import date

import pytest

from partnership.areas import services as areas
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


@pytest.mark.parametrize("query", ["on=2026-02-30", "on=yesterday", "on=", "on_day=1", "on=99999-1-1", "on=%00-1-1"])
def test_a_day_that_is_none_shows_today_and_never_breaks(client, places, query):
    response = read(client, places, f"people/?{query}")
    assert response.status_code == 200
    assert response.context["on"] == date(2026, 9, 14)


def test_a_wrong_day_is_named_in_the_error_summary(client, places):
    text = read(client, places, "people/?on_day=30&on_month=2&on_year=2026").content.decode()
    assert "On this day must be a real date" in text
    assert "govuk-error-summary" in text


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
