"""Nobody is without a second factor: the gate, setting one up, and why the last one stays."""

import re

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from partnership.accounts.middleware import SecondFactorForEveryone
from partnership.accounts.models import User
from partnership.accounts.second_factor import LAST
from tests import worlds

pytestmark = pytest.mark.django_db
PASSWORD = "four words none related"
GATE = "/people/second-factor/"


@pytest.fixture
def jo():
    return User.objects.create_user("jo@example.org", PASSWORD, name="Jo Bell")


@pytest.fixture
def with_password(client, jo):
    """Jo has signed in with a password, and that is all."""
    client.post("/account/login/", {"login": jo.email, "password": PASSWORD})
    return client


def give_passkey(user, name="Phone"):
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": name, "credential": {}})


@pytest.mark.parametrize(
    "path", ["/", "/account/2fa/", "/account/password/change/", "/people/kept/", "/practice/clock/"]
)
def test_without_a_second_factor_every_page_leads_to_the_choice(with_password, path):
    response = with_password.get(path)

    assert response.url == GATE


def test_a_post_without_a_second_factor_does_nothing(with_password):
    assert with_password.post("/practice/clock/move/", {"moment": "2026-09-15T09:00:00+01:00"}).url == GATE


@pytest.mark.parametrize(
    "path", [GATE, "/account/logout/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/"]
)
def test_without_a_second_factor_the_way_to_one_and_out_is_open(with_password, path):
    assert with_password.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/published/", "/accessibility/", "/healthz", "/readyz", "/api/v1/documents/"])
def test_what_is_public_stays_public_without_a_second_factor(with_password, path):
    assert with_password.get(path).status_code == 200


def test_an_api_that_is_not_public_answers_with_a_problem(rf, jo):
    request = rf.get("/api/v1/private/")
    request.user, request.session, request.resolver_match = jo, {}, None

    answer = SecondFactorForEveryone(lambda _: HttpResponse()).process_view(request, lambda _: None, (), {})

    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"


def test_recovery_codes_alone_are_no_second_factor(with_password, jo):
    RecoveryCodes.activate(jo)

    assert with_password.get("/").url == GATE


def test_a_session_without_the_factor_that_its_person_has_is_asked_for_it(with_password, jo):
    totp.TOTP.activate(jo, worlds.SECRET)

    assert with_password.get("/").url.startswith(reverse("mfa_reauthenticate"))
    assert with_password.get(GATE).url == reverse("mfa_index")


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_service_and_shows_the_recovery_codes_once(client, jo):
    client.post("/account/login/", {"login": jo.email, "password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="app-code">(\w+)<', page).group(1)
    now = next(iter(totp.yield_hotp_counters_from_time()))

    response = client.post(reverse("mfa_activate_totp"), {"code": totp.format_hotp_value(totp.hotp_value(secret, now))})

    assert response.url == reverse("mfa_view_recovery_codes")
    first, second = (client.get(response.url).content.decode() for _ in range(2))
    assert len(re.findall(r"<li>\d{8}</li>", first)) == 10
    assert "Print this page or write them down" in first
    assert not re.findall(r"<li>\d{8}</li>", second)
    assert "cannot be shown again" in second
    assert client.get("/").status_code == 200


def test_the_secret_of_an_app_is_stored_encrypted(jo):
    totp.TOTP.activate(jo, worlds.SECRET)

    stored = Authenticator.objects.get(user=jo).data["secret"]

    assert worlds.SECRET not in stored
    assert stored.startswith("gAAAA")


def test_the_square_to_scan_is_drawn_in_the_page(with_password):
    html = with_password.get(reverse("mfa_activate_totp")).content.decode()

    assert "<svg" in html
    assert "data:image" not in html
    assert "<?xml" not in html


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_last_factor_cannot_be_removed(client, jo, method):
    totp.TOTP.activate(jo, worlds.SECRET)
    RecoveryCodes.activate(jo)
    client.force_login(jo)

    response = getattr(client, method)(reverse("mfa_deactivate_totp"))

    assert response.status_code == 409
    assert LAST in response.content.decode()
    assert Authenticator.objects.filter(user=jo, type="totp").exists()
    assert reverse("mfa_deactivate_totp") not in client.get(reverse("mfa_index")).content.decode()


def test_the_last_passkey_cannot_be_removed(client, jo):
    passkey = give_passkey(jo)
    client.force_login(jo)

    response = client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))

    assert response.status_code == 409
    assert Authenticator.objects.filter(pk=passkey.pk).exists()
    assert "Remove" not in client.get(reverse("mfa_list_webauthn")).content.decode()


def test_one_of_two_factors_can_be_removed(client, jo):
    totp.TOTP.activate(jo, worlds.SECRET)
    passkey = give_passkey(jo)
    client.force_login(jo)
    assert "Remove" in client.get(reverse("mfa_list_webauthn")).content.decode()

    client.post(reverse("mfa_remove_webauthn", args=[passkey.pk]))

    assert not Authenticator.objects.filter(pk=passkey.pk).exists()


def test_a_passkey_is_renamed_by_its_person_and_nobody_else(client, jo):
    passkey = give_passkey(jo)
    client.force_login(jo)
    client.post(reverse("mfa_edit_webauthn", args=[passkey.pk]), {"name": "Work laptop"})
    passkey.refresh_from_db()
    assert passkey.data["name"] == "Work laptop"

    stranger = Client()
    stranger.force_login(worlds.person("Sam"))
    assert stranger.post(reverse("mfa_edit_webauthn", args=[passkey.pk]), {"name": "Mine"}).status_code == 404
    assert stranger.get(reverse("mfa_remove_webauthn", args=[passkey.pk])).status_code in {404, 409}


def test_a_recovery_code_stands_in_for_the_factor_once(client, jo):
    totp.TOTP.activate(jo, worlds.SECRET)
    code = RecoveryCodes.activate(jo).get_unused_codes()[0]

    for expected in (True, False):
        client.post("/account/login/", {"login": jo.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert ("_auth_user_id" in client.session) is expected
        client.post("/account/logout/")
    jo.refresh_from_db()
    assert jo.last_means == "password and recovery code"


def test_the_address_of_the_page_is_always_checked_against_the_passkey():
    assert not app_settings.WEBAUTHN_ALLOW_INSECURE_ORIGIN


@pytest.mark.parametrize(("host", "expected"), [("localhost:8123", "localhost"), ("inside.example", "safe.example")])
def test_a_passkey_belongs_to_this_machine_or_to_the_public_address(client, jo, settings, host, expected):
    settings.PUBLIC_ADDRESS = "https://safe.example"
    settings.ALLOWED_HOSTS = ["localhost", "inside.example"]

    options = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json", "host": host}).json()

    assert options["request_options"]["publicKey"]["rpId"] == expected
    assert options["request_options"]["publicKey"]["userVerification"] == "required"


@pytest.mark.parametrize("has_an_app", [True, False])
def test_the_page_for_a_passkey_leads_to_an_app_only_where_there_is_none(client, jo, has_an_app):
    if has_an_app:
        totp.TOTP.activate(jo, worlds.SECRET)
    client.force_login(jo)

    page = client.get("/account/2fa/webauthn/add/").content.decode()

    assert ("/account/2fa/totp/activate/" in page) is not has_an_app
    assert ("set up an app" in page) is not has_an_app


@pytest.mark.parametrize("method", ["get", "post"])
def test_setting_up_a_second_app_is_refused_with_what_to_do(client, jo, method):
    totp.TOTP.activate(jo, worlds.SECRET)
    client.force_login(jo)

    response = getattr(client, method)("/account/2fa/totp/activate/")

    assert response.status_code == 409
    assert "You have set up an app for codes already." in response.content.decode()
