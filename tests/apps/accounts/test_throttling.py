"""Guessing is stopped, and a stranger's guesses do not lock the owner out."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests import worlds

pytestmark = pytest.mark.django_db
STOPPED = "There were too many attempts."


@pytest.fixture(autouse=True)
def counted(settings):
    """The limits of production, which are off in other tests, and no count from before."""
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
    cache.clear()


@pytest.fixture
def jo():
    return worlds.person("Jo")


def tries(client, email, password="wrong", at="198.51.100.1"):
    response = client.post("/account/login/", {"login": email, "password": password}, REMOTE_ADDR=at)
    return "code" if response.status_code == 302 else response.content.decode()


def sign_in(client, user, at="203.0.113.7"):
    assert tries(client, user.email, worlds.PASSWORD, at) == "code"
    client.post("/account/2fa/authenticate/", {"code": worlds.code()}, REMOTE_ADDR=at)
    client.post("/account/logout/")


@pytest.mark.parametrize("known", [True, False])
def test_the_sixth_wrong_try_is_stopped_for_known_and_unknown_addresses_alike(jo, known):
    email = jo.email if known else "nobody@example.org"

    answers = [STOPPED in tries(Client(), email, at=f"198.51.100.{number}") for number in range(6)]

    assert answers == [False] * 5 + [True]


def test_a_stranger_who_was_stopped_is_stopped_with_the_right_password_too(jo):
    for number in range(6):
        tries(Client(), jo.email, at=f"198.51.100.{number}")

    assert STOPPED in tries(Client(), jo.email, worlds.PASSWORD, at="198.51.100.99")


def test_the_owner_signs_in_on_a_known_device_while_strangers_are_stopped(client, jo):
    sign_in(client, jo)
    for number in range(8):
        tries(Client(), jo.email, at=f"198.51.100.{number}")

    assert tries(client, jo.email, worlds.PASSWORD, at="203.0.113.7") == "code"


def test_a_known_device_is_stopped_by_its_own_wrong_tries_alone(client, jo):
    sign_in(client, jo)
    for number in range(6):
        tries(client, jo.email, at=f"203.0.113.{number}")

    assert STOPPED in tries(client, jo.email, worlds.PASSWORD, at="203.0.113.99")
    assert tries(Client(), jo.email, worlds.PASSWORD, at="198.51.100.1") == "code"


def test_a_device_is_known_for_the_account_that_was_opened_on_it_and_no_other(client, jo):
    other = worlds.person("Sam")
    sign_in(client, jo)
    for number in range(6):
        tries(Client(), other.email, at=f"198.51.100.{number}")

    assert STOPPED in tries(client, other.email, worlds.PASSWORD)


def test_a_forged_cookie_makes_no_device_known(client, jo):
    sign_in(client, jo)
    forged = Client()
    forged.cookies["known_device"] = client.cookies["known_device"].value[:-2] + "zz"
    for number in range(6):
        tries(Client(), jo.email, at=f"198.51.100.{number}")

    assert STOPPED in tries(forged, jo.email, worlds.PASSWORD)


def test_one_address_gets_ten_tries_a_minute_whatever_the_accounts():
    answers = [STOPPED in tries(Client(), f"person{number}@example.org") for number in range(11)]

    assert answers == [False] * 10 + [True]


def test_the_cookie_of_a_device_holds_no_address_and_no_script_reads_it(client, jo):
    sign_in(client, jo)

    cookie = client.cookies["known_device"]
    assert jo.email.split("@")[0] not in cookie.value
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_tries_are_counted_where_every_process_sees_them(jo):
    tries(Client(), jo.email)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM shared_cache WHERE cache_key LIKE %s", ["%login_failed%"])
        assert cursor.fetchone()[0] == 2


def test_passkeys_are_not_stopped_by_the_failures_of_others(client, jo):
    for number in range(8):
        tries(Client(), jo.email, at=f"198.51.100.{number}")

    answer = client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    refused = client.post("/account/2fa/webauthn/login/", {"credential": "{}"}, follow=True)

    assert answer.status_code == 200
    assert STOPPED not in refused.content.decode()
