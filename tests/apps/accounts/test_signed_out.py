"""What is sent when nobody is signed in any more: it is not done, that is said, and the way leads back to its page."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from partnership.accounts import services
from partnership.accounts.models import KeptPost
from tests import worlds

pytestmark = pytest.mark.django_db
SAID = "You were no longer signed in, so what you sent was not done, and it could not be kept."
AGAIN = "What you sent before you signed in was not done, and it was not kept."


@pytest.fixture
def gwen(client, world):
    client.force_login(world.gwen)
    client.get("/")
    return client


@pytest.fixture
def people(world):
    """A page with buttons, and the address of a button that has no page of its own."""
    page = f"/areas/{world.area.slug}/accounts/{world.ben.pk}/"
    return page, f"{page}invite/"


def send(client, address, page):
    return client.post(address, {"note": "A long thought"}, headers={"referer": f"http://testserver{page}"})


def lands_on(answer):
    asked = urlsplit(answer.url)
    assert asked.path == "/account/login/"
    return parse_qs(asked.query)["next"][0]


def sign_in(client, user, after):
    client.post("/account/login/", {"login": user.email, "password": worlds.PASSWORD, "next": after})
    return client.post("/account/2fa/authenticate/", {"code": worlds.code()})


def other_window_signs_out(gwen, world):
    gwen.post("/account/logout/")


def cookies_are_lost(gwen, world):
    gwen.cookies.clear()


def account_is_closed(gwen, world):
    services.deactivate(user=world.gwen, by=world.amina, area_slug=world.area.slug, reason="Left.")


def address_is_changed(gwen, world):
    services.change_address(user=world.gwen, email="gwen@new.example", by=world.amina, area_slug=world.area.slug)


@pytest.mark.parametrize(
    "gone", [other_window_signs_out, cookies_are_lost, account_is_closed, address_is_changed], ids=lambda f: f.__name__
)
def test_a_button_leads_to_sign_in_and_back_to_its_page_and_it_is_said_that_nothing_was_done(gwen, world, people, gone):
    page, button = people
    gone(gwen, world)

    answer = send(gwen, button, page)

    assert lands_on(answer) == page
    assert SAID in gwen.get(answer.url).content.decode()
    assert not KeptPost.objects.exists()


def test_it_is_said_again_once_somebody_has_signed_in(gwen, world, people):
    page, button = people
    gwen.post("/account/logout/")
    answer = send(gwen, button, page)
    gwen.get(answer.url)

    entered = sign_in(gwen, world.gwen, lands_on(answer))

    assert entered.url == page
    assert AGAIN in gwen.get(page).content.decode()
    assert AGAIN not in gwen.get("/").content.decode()


@pytest.mark.parametrize("page", ["//evil.example/", "nonsense"])
def test_without_a_page_of_this_service_the_way_leads_home(people, page):
    assert lands_on(send(Client(), people[1], page)) == "/"


def test_a_page_of_another_site_is_no_way_back(people):
    answer = Client().post(people[1], {}, headers={"referer": "https://evil.example/areas/"})

    assert lands_on(answer) == "/"


def test_opening_a_page_says_nothing_of_what_was_sent(client, people):
    assert SAID not in client.get(people[0], follow=True).content.decode()


def test_an_open_page_that_wants_to_stay_loses_nothing(client):
    answer = client.post("/people/stay/", headers={"referer": "http://testserver/desk/"})

    assert lands_on(answer) == "/desk/"
    assert SAID not in client.get(answer.url).content.decode()


def test_what_is_open_to_everybody_is_not_led_to_sign_in(client):
    assert client.post("/account/password/reset/", {"email": "nobody@example.org"}).url.endswith("/done/")


def test_an_address_without_a_page_says_so_in_the_frame(gwen, people):
    answer = gwen.get(people[1])

    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    page = answer.content.decode()
    assert "This address takes what a form or a button sends, and has no page of its own." in page
    assert "<header" in page


def test_a_page_that_takes_nothing_says_so(gwen):
    answer = gwen.post("/people/kept/")

    assert answer.status_code == 405
    assert "takes nothing that is sent to it" in answer.content.decode()


def test_another_method_is_answered_with_a_page_before_anything_is_asked(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.put("/desk/")

    assert answer.status_code == 405
    assert "There is no page here" in answer.content.decode()


def test_the_api_gets_a_problem_document_or_its_own_words(client):
    answer = client.put("/api/v1/documents/")

    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
