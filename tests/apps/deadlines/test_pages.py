"""The duties of an area on screen, and as a calendar."""

from datetime import date, datetime, timedelta

import icalendar
import pytest

from partnership import clock
from partnership.areas.roles import Office
from partnership.deadlines import jobs, presenting
from partnership.deadlines.models import Duty
from partnership.deadlines.opening import Owed


def read(client, places, path="", name="gwen"):
    client.force_login(places.person(name))
    return client.get(f"/areas/oakshire/duties/{path}")


def due(places):
    return Duty.objects.get(area=places.area, period_label="2025-26")


@pytest.mark.parametrize("path", ["", "calendar.ics"])
def test_a_visitor_is_asked_to_sign_in_and_another_area_finds_nothing(client, places, path):
    assert client.get(f"/areas/oakshire/duties/{path}").status_code == 302
    places.appoint("omar", Office.OBSERVER, places.open("ashford"))
    assert read(client, places, path, "omar").status_code == 404


def test_an_open_duty_shows_its_date_how_far_it_is_and_what_is_missing(client, places):
    places.duties()
    text = read(client, places).content.decode()
    assert "30 September 2026" in text
    assert "in 16 days" in text
    assert text.count("not yet") == 7
    with clock.frozen(datetime(2026, 10, 3, 9, tzinfo=clock.LONDON)):
        assert "late by 3 days" in read(client, places).content.decode()


def test_the_duty_is_met_by_its_facts_each_with_its_own_day(client, places):
    places.duties()
    places.publish()
    text = read(client, places, f"{due(places).pk}/").content.decode()
    assert "14 September 2026 at 9:00am" in text
    assert text.count("Not yet") == 2
    with clock.frozen(datetime(2026, 10, 1, 9, tzinfo=clock.LONDON)):
        places.deliver()
        text = read(client, places, f"{due(places).pk}/").content.decode()
    assert "1 October 2026 at 9:00am" in text
    assert "Met late, by 1 day." in text


def test_the_page_of_a_duty_gives_the_plan_as_advice_and_the_reminders(client, places):
    places.duties()
    jobs.remind(today=clock.today())
    text = read(client, places, f"{due(places).pk}/").content.decode()
    assert "These steps are our advice" in text
    assert "Every lead safeguarding partner has signed" in text
    assert "A reminder to 2 people (the step of 31 August 2026)" in text


def test_a_duty_of_another_area_is_not_found_under_this_one(client, places):
    places.open("ashford")
    places.duties()
    other = Duty.objects.get(area__slug="ashford", period_label="2025-26")
    assert read(client, places, f"{other.pk}/").status_code == 404
    assert read(client, places, f"{due(places).pk}/").status_code == 200


def test_the_calendar_holds_each_duty_on_its_day(client, places):
    places.duties()
    response = read(client, places, "calendar.ics")
    assert response["Content-Type"].startswith("text/calendar")
    events = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    days = {
        event.decoded("dtstart"): str(event["summary"]) for event in events if str(event["summary"]).endswith("due")
    }
    assert set(days) == {date(2026, 9, 30), date(2027, 3, 31), date(2027, 9, 30)}
    assert days[date(2026, 9, 30)].startswith("Oakshire: Yearly report")


def test_nobody_writes_to_the_calendar(client, places):
    client.force_login(places.person("gwen"))
    assert client.post("/areas/oakshire/duties/calendar.ics").status_code == 405


def test_more_duties_cost_no_more_queries(client, places, django_assert_max_num_queries):
    places.duties()
    read(client, places)
    with django_assert_max_num_queries(20) as few:
        client.get("/areas/oakshire/duties/")
    for year in range(2019, 2025):
        due_on = date(year + 1, 9, 30)
        owed = Owed("yearly_report", "wt2023", f"{year}-{year - 1999}", "Yearly report", due_on)
        jobs.open_duty(area=places.area, owed=owed)
    with django_assert_max_num_queries(len(few)):
        response = client.get("/areas/oakshire/duties/")
    assert len(response.context["open"]) == 9


def test_the_year_of_a_duty_runs_from_april_to_the_september_after_the_next(places):
    places.duties()
    line = presenting.year_line(due(places), None, clock.today())
    assert (line.start, line.end) == (date(2026, 4, 1), date(2027, 9, 30))
    states = {mark.label: mark.state for mark in line.marks}
    assert states["Full draft"] == "late"
    assert states["Signed by every lead partner"] == "planned"
    assert states["Yearly report 2025-26 due"] == "due"
    assert "Scrutineer’s statement" not in states, "nobody here can say whether that was done"


def test_what_was_done_stands_in_the_year_on_its_own_day(places):
    places.duties()
    version = places.publish()
    line = presenting.year_line(due(places), version, clock.today())
    marks = {mark.label: mark for mark in line.marks}
    assert marks["Published"].on == date(2026, 9, 14)
    assert {mark.state for label, mark in marks.items() if "due" not in label} == {"done"}
    assert "Full draft" not in marks


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "in 1 day"), (-1, "late by 1 day"), (-3, "late by 3 days")]
)
def test_a_date_is_told_by_how_far_it_is(days, words):
    today = date(2026, 9, 30)
    assert presenting.days_in_words(today + timedelta(days=days), today) == words
