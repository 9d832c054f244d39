"""An area that came to its end stays in sight of the people who answer for what was still owed for it."""

from datetime import date, timedelta

import pytest

from partnership import clock
from partnership.areas import services as areas
from partnership.areas.models import Appointment, Vacancy
from partnership.areas.roles import Office, Permission
from partnership.dashboard import needs, waiting
from partnership.dashboard.rows import Section
from partnership.dashboard.standing import Standing
from partnership.deadlines import jobs as deadlines
from partnership.nav import frame

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 14)


@pytest.fixture
def merged(places):
    """Oakshire and Ashford are merged into Newshire, whose people answer for Oakshire; nobody serves the old ones."""
    old, other, new = places.area, places.open("ashford"), places.open("newshire")
    places.duties()
    for area, heirs in ((old, [new, places.open("farshire")]), (other, [places.areas[3]])):
        areas.succeed_area(predecessor=area, successors=heirs, takes_over=heirs[0], on=TODAY, by=None)
    for held in Appointment.objects.filter(area=places.areas[3]):
        areas.end_appointment(appointment=held, until=TODAY, because="", by=None)
    deadlines.pass_on(today=TODAY)
    for area in (old, other, new, places.areas[3]):
        area.refresh_from_db()
    return places


def read(client, places, path, name="gwen"):
    client.force_login(places.person(name))
    return client.get(path)


def test_rights_in_the_successor_reach_what_it_took_over_and_nothing_else(merged):
    standing = Standing(merged.person("gwen"))

    assert [area.slug for area in standing.areas] == ["newshire"]
    assert [area.slug for area in standing.taken_over] == ["oakshire"]
    wanted = {merged.areas[0].pk, merged.areas[2].pk}
    assert standing.areas_with(Permission.APPOINT) == standing.recording == standing.visible == wanted
    assert Standing(merged.person("amina")).areas_with(Permission.APPOINT) == set()
    assert [held.area.slug for held in standing.offices_in([merged.areas[0]])] == ["newshire"]


def test_an_open_duty_of_the_old_area_needs_the_manager_of_the_new_one(client, merged):
    response = read(client, merged, "/")

    begin = [need["row"] for need in response.context["needs"] if need["row"].act.startswith("Begin")]
    rows = {row.area.slug: row for row in begin}
    assert set(rows) == {"oakshire", "newshire"}
    assert rows["oakshire"].why == "Nobody has begun it. It passed to Newshire."
    assert rows["newshire"].why == "Nobody has begun it."
    assert response.context["frame"].items[0]["badge"] == len(response.context["needs"])


def test_a_document_of_the_old_area_is_signed_for_the_new_seats_and_waited_for(merged):
    version = merged.send(merged.areas[0])

    mine = needs.rows(Standing(merged.person("amina")), {})
    others = waiting.rows(Standing(merged.person("amina")), {})

    assert [(row.act, row.area.slug) for row in mine if row.section == Section.SIGN] == [
        ("Read and sign Yearly report 2025-26 for Newshire Council", "oakshire")
    ]
    assert [row.who for row in others if "signed" in row.act] == ["Lead safeguarding partner, Newshire Police"]
    assert version.document.area.slug == "oakshire"


@pytest.mark.parametrize("path", ["", "people/", "duties/", "documents/", "timeline/", "funding/", "counts/"])
def test_the_pages_of_the_old_area_carry_its_name_and_its_navigation(client, merged, path):
    response = read(client, merged, f"/areas/oakshire/{path}")

    text = response.content.decode()
    assert response.status_code == 200
    assert " – Oakshire – " in text[text.index("<title>") : text.index("</title>")]
    found = response.context["frame"]
    assert (found.area.slug, found.office) == ("oakshire", "Business manager")
    assert {item["href"] for item in found.items[1:]} == {
        f"/areas/oakshire/{part}/" for part in ("documents", "duties", "funding", "people", "submissions")
    }


def test_the_switcher_lists_what_was_taken_over_under_its_own_heading(client, merged):
    text = read(client, merged, "/").content.decode()

    switch = text[text.index("Change area") : text.index("</details>")]
    assert switch.index("Newshire") < switch.index("Taken over") < switch.index("Oakshire")
    assert "Ashford" not in text
    assert "All areas" not in text  # who holds offices in one area has no desk


def test_the_row_of_a_duty_says_to_whom_it_passed(client, merged):
    duty = merged.areas[0].duties.get(period_label="2025-26")

    for path in ("", "duties/", f"duties/{duty.pk}/"):
        assert "It passed to Newshire." in read(client, merged, f"/areas/oakshire/{path}").content.decode(), path
    assert "passed to" not in client.get("/areas/newshire/duties/").content.decode()


def test_the_overview_of_an_ended_area_says_when_and_what_came_after(client, merged):
    text = read(client, merged, "/areas/oakshire/").content.decode()

    assert "This area came to its end on 14 September 2026, succeeded by" in text
    assert '<a class="govuk-link" href="/published/farshire/">Farshire</a>' in text
    assert '<a class="govuk-link" href="/areas/newshire/">Newshire</a>' in text
    assert "Newshire answers for what was still owed." in text
    assert "This area came to its end" not in client.get("/areas/newshire/").content.decode()


def test_the_overview_shows_chair_scrutineer_and_vacancies_beside_the_seats(client, places):
    Vacancy.objects.create(area=places.area, office=Office.CHAIR, since=TODAY - timedelta(days=4))

    text = read(client, places, "/areas/oakshire/", "amina").content.decode()

    people = text[text.index("Who leads") : text.index("What changed")]
    assert "Independent scrutineer" in people and "Sana" in people
    assert "Partnership chair</dt>" in people
    assert "Vacant since 10 September 2026" in people
    assert "Fill or plan" not in people
    assert "Fill or plan" in read(client, places, "/areas/oakshire/").content.decode()


def test_the_public_page_of_an_ended_area_says_so_and_shows_no_address(client, merged):
    text = client.get("/published/oakshire/").content.decode()

    assert "This partnership came to its end on 14 September 2026, succeeded by" in text
    assert 'href="/published/newshire/"' in text and 'href="/published/farshire/"' in text
    assert "Newshire answers for what was still owed." in text
    assert "@people.example" not in text and "mailto:" not in text
    assert "came to its end" not in client.get("/published/newshire/").content.decode()


def test_the_frame_asks_no_more_where_areas_were_taken_over(rf, merged, django_assert_max_num_queries):
    request = rf.get("/")
    request.user = merged.person("amina")

    with django_assert_max_num_queries(3):
        found = frame(request)["frame"]
        assert found.office and found.items and found.areas and found.taken_over


def test_whose_office_ends_in_the_new_area_sees_the_old_one_no_more(client, merged):
    held = Appointment.objects.get(person=merged.person("gwen"), area__slug="newshire")
    areas.end_appointment(appointment=held, until=clock.today(), because="", by=None)

    assert read(client, merged, "/areas/oakshire/").status_code == 404
    assert "Oakshire" not in client.get("/").content.decode().partition("What has ended")[0]
