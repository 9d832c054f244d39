"""The clock's page and the people's page."""

import re
from datetime import date

import pytest

from partnership import clock
from tests.apps.practice.conftest import SEPTEMBER

pytestmark = pytest.mark.django_db

runs: list[str] = []


def run_due() -> None:
    runs.append("run")


def sign_ins() -> list[dict]:
    amina = {"name": "Amina Shah", "email": "amina@practice.example", "password": "practice words for amina"}
    ines = {"name": "Ines Roy", "email": "ines@practice.example", "password": "practice words for ines", "offices": []}
    office = "lead safeguarding partner of Ealing"
    return [{**amina, "offices": [office], "areas": ["Ealing", "Hammersmith"]}, ines]


def two_sign_ins() -> list[dict]:
    return [{**person, "areas": ["Ealing"]} for person in sign_ins()]


@pytest.mark.parametrize("path", ["clock/", "clock/move/", "clock/run/"])
def test_the_clock_is_moved_by_whoever_has_signed_in(client, path):
    for ask in (client.get, client.post):
        response = ask(f"/practice/{path}")

        assert response.status_code == 302
        assert "next=" in response["Location"]


def test_the_mailbox_is_read_before_signing_in(client, mailbox_folder):
    (mailbox_folder / "1-00000000.eml").write_text("Subject: Your invitation\n\nOpen this address.\n")

    assert "Your invitation" in client.get("/practice/mailbox/").content.decode()
    letter = client.get("/practice/mailbox/1-00000000.eml/")
    assert "Open this address." in letter.content.decode()
    assert "no-store" in letter["Cache-Control"]
    assert client.get("/practice/mailbox/1-00000000.eml/attachment/1/").status_code == 404


def test_nobody_is_led_to_a_page_that_is_not_open_to_them(client, gwen):
    page = client.get("/accessibility/").content.decode()
    assert "/practice/mailbox/" in page
    assert "/practice/clock/" not in page

    client.force_login(gwen)
    assert "/practice/clock/" in client.get("/accessibility/").content.decode()


@pytest.mark.parametrize("path", ["clock/move/", "clock/run/"])
def test_changes_are_made_by_post_alone(signed_in, path):
    assert signed_in.get(f"/practice/{path}").status_code == 405


def test_the_page_tells_the_practice_date_and_has_its_buttons(signed_in, september):
    page = signed_in.get("/practice/clock/").content.decode()

    assert "on 14 September 2026 in the practice area" in page
    assert "Next week" in page
    assert 'value="2026-09-30T23:00:00+01:00"' in page


def test_a_button_moves_the_clock_and_pressed_again_is_refused_with_a_sentence(signed_in, september):
    tomorrow = {"moment": "2026-09-15T09:00:00+01:00"}

    first = signed_in.post("/practice/clock/move/", tomorrow, follow=True)
    second = signed_in.post("/practice/clock/move/", tomorrow)

    assert "now stands at 9am on 15 September 2026" in first.content.decode()
    assert second.status_code == 409
    assert clock.today() == date(2026, 9, 15)


def test_a_date_that_is_typed_moves_the_clock(signed_in, september):
    signed_in.post("/practice/clock/", {"day_day": "30", "day_month": "9", "day_year": "2026"})

    assert clock.today() == date(2026, 9, 30)


def test_a_date_that_is_past_is_refused_beside_the_field_and_kept(signed_in, september):
    response = signed_in.post("/practice/clock/", {"day_day": "1", "day_month": "9", "day_year": "2026"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "only moves forward" in page
    assert 'value="2026"' in page
    assert clock.today() == SEPTEMBER.date()


@pytest.mark.parametrize("moment", ["", "nonsense", "2026-09-15T09:00:00", "2026-99-99T09:00:00+01:00"])
def test_nonsense_in_place_of_a_button_moves_nothing(signed_in, september, moment):
    response = signed_in.post("/practice/clock/move/", {"moment": moment}, follow=True)

    assert "Choose one of the buttons" in response.content.decode()
    assert clock.today() == SEPTEMBER.date()


def test_what_is_due_can_be_run_at_once(signed_in, september, settings):
    settings.PRACTICE_RUN_DUE = f"{__name__}.run_due"
    runs.clear()

    response = signed_in.post("/practice/clock/run/", follow=True)

    assert runs == ["run"]
    assert "Everything that was due has been run." in response.content.decode()


def test_the_people_are_shown_by_area_without_signing_in(client, settings):
    settings.PRACTICE_PEOPLE = f"{__name__}.sign_ins"

    page = client.get("/practice/people/").content.decode()

    assert page.count("practice words for amina") == 2
    assert page.index("Ealing</h2>") < page.index("Hammersmith</h2>") < page.index("practice words for ines")
    assert "Lead safeguarding partner of Ealing." in page


def test_the_long_page_of_people_leads_to_each_area_and_to_each_person(client, settings):
    settings.PRACTICE_PEOPLE = f"{__name__}.sign_ins"

    page = client.get("/practice/people/").content.decode()

    places = re.findall(r'href="#((?:area|person)[^"]*)"', page)
    assert places == ["area-1", "area-2", "area-3"]  # whoever is alone in an area needs no list of their own
    settings.PRACTICE_PEOPLE = f"{__name__}.two_sign_ins"
    page = client.get("/practice/people/").content.decode()
    places = re.findall(r'href="#((?:area|person)[^"]*)"', page)
    assert places == ["person-1-1", "person-1-2"]
    assert all(page.count(f'id="{place}"') == 1 for place in places)


def test_without_people_the_page_says_how_to_make_them(client, settings):
    settings.PRACTICE_PEOPLE = "nowhere.sign_ins"

    assert "No practice people have been made yet." in client.get("/practice/people/").content.decode()


def test_outside_the_practice_area_the_passwords_are_nowhere(client, settings):
    settings.PRACTICE = False
    settings.PRACTICE_PEOPLE = f"{__name__}.sign_ins"

    assert client.get("/practice/people/").status_code == 404


@pytest.mark.parametrize("path", ["", "1-00000000.eml/", "1-00000000.eml/attachment/1/"])
def test_outside_the_practice_area_there_is_no_mailbox(client, signed_in, settings, mailbox_folder, path):
    (mailbox_folder / "1-00000000.eml").write_text("Subject: Your invitation\n\nOpen this address.\n")
    settings.PRACTICE = False

    assert client.get(f"/practice/mailbox/{path}").status_code == 404
