"""Guessing is stopped, and a stranger's guesses do not lock the owner out."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from partnership.accounts import jobs, throttling
from partnership.mail.models import OutgoingMail
from partnership.settings import base  # noqa: TID251  the limits that are off in tests
from tests import worlds

pytestmark = pytest.mark.django_db
STOPPED = "There were too many attempts."


@pytest.fixture(autouse=True)
def counted(settings):
    """The limits of production, which are off in other tests, and no count from before."""
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    settings.MFA_RATE_LIMITS = base.MFA_RATE_LIMITS
    cache.clear()


@pytest.fixture(autouse=True)
def pauses(monkeypatch):
    """How often somebody had to wait; nobody really does."""
    made = []
    monkeypatch.setattr(throttling, "pause", lambda: made.append(1))
    return made


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


def spray(number, at="198.51.100.1"):
    """One wrong password each for so many accounts, from one network address."""
    return [tries(Client(), f"person{row}@example.org", at=at) for row in range(number)]


def test_wrong_passwords_of_others_at_the_same_network_address_keep_nobody_out(client, jo, pauses):
    sign_in(client, jo, at="198.51.100.1")
    other = worlds.person("Sam")
    answers = spray(60)

    assert not any(STOPPED in answer for answer in answers)
    pauses.clear()
    assert tries(client, jo.email, worlds.PASSWORD) == "code"  # a known device
    assert not pauses
    assert tries(Client(), other.email, worlds.PASSWORD) == "code"  # a new one, with the right password
    assert pauses


def test_after_thirty_wrong_passwords_from_one_network_address_its_answers_are_slow(pauses):
    spray(30)
    assert not pauses

    spray(3)
    assert len(pauses) == 3
    spray(1, at="203.0.113.7")
    assert len(pauses) == 3


def test_one_account_gets_five_tries_from_one_network_address_too(jo):
    answers = [STOPPED in tries(Client(), jo.email) for _ in range(6)]

    assert answers == [False] * 5 + [True]


def test_right_passwords_are_counted_against_no_network_address(client, jo, pauses):
    for _ in range(35):
        tries(Client(), jo.email, worlds.PASSWORD)

    assert not pauses


def test_while_somebody_waits_the_next_is_told_to_send_it_again_and_loses_no_try(jo, monkeypatch):
    spray(30)
    meanwhile = []
    monkeypatch.setattr(
        throttling,
        "pause",
        lambda: meanwhile.append(tries(Client(), jo.email, worlds.PASSWORD)) if not meanwhile else 0,
    )
    spray(1)

    assert "Wait a few seconds and send it again." in meanwhile[0]
    assert tries(Client(), jo.email, worlds.PASSWORD) == "code"


def test_whoever_is_kept_out_on_a_new_device_is_told_of_the_other_ways(jo):
    for number in range(6):
        page = tries(Client(), jo.email, at=f"198.51.100.{number}")

    assert "Use a passkey, or a device on which you have signed in before, or set a new password" in page
    assert 'href="/account/password/reset/"' in page


def test_a_new_password_opens_the_door_while_strangers_go_on_trying(client, jo):
    for number in range(6):
        tries(Client(), jo.email, at=f"198.51.100.{number}")
    client.post("/account/password/reset/", {"email": jo.email})
    jobs.answer_password_asks()
    link = re.search(r"http://[^/]+(/account/password/reset/key/\S+)", OutgoingMail.objects.get(to=jo.email).text)
    form = client.get(link.group(1)).url
    client.post(form, {"password1": "harbour ladle quartz bicycle", "password2": "harbour ladle quartz bicycle"})
    for number in range(6):
        tries(Client(), jo.email, at=f"198.51.100.{number}")

    assert tries(client, jo.email, "harbour ladle quartz bicycle") == "code"
    assert client.post("/account/2fa/authenticate/", {"code": worlds.code()}).status_code == 302
    assert "_auth_user_id" in client.session


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


def test_whoever_has_the_password_does_not_lock_the_owner_out_by_wrong_codes(client, jo):
    sign_in(client, jo)
    thief = Client()
    tries(thief, jo.email, worlds.PASSWORD, at="198.51.100.1")
    for number in range(6):
        stopped = thief.post(
            "/account/2fa/authenticate/", {"code": "000000"}, REMOTE_ADDR=f"198.51.100.{number}"
        ).content.decode()
    assert STOPPED in stopped

    sign_in_again(client, jo)

    assert "_auth_user_id" in client.session


def sign_in_again(client, user):
    tries(client, user.email, worlds.PASSWORD, at="203.0.113.7")
    now = worlds.codes()
    client.post("/account/2fa/authenticate/", {"code": now[2]}, REMOTE_ADDR="203.0.113.7")


def test_passkeys_are_not_stopped_by_the_failures_of_others(client, jo):
    for number in range(8):
        tries(Client(), jo.email, at=f"198.51.100.{number}")

    answer = client.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    refused = client.post("/account/2fa/webauthn/login/", {"credential": "{}"}, follow=True)

    assert answer.status_code == 200
    assert STOPPED not in refused.content.decode()
