"""Signing in with a password and a code, forgotten passwords, invitations: what the pages say and do."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import hashers
from django.urls import reverse

from partnership import clock
from partnership.accounts import services
from partnership.accounts.models import User
from partnership.mail.models import OutgoingMail
from tests import worlds

pytestmark = pytest.mark.django_db
PASSWORD, OTHER = "four words none related", "another four words here"


@pytest.fixture
def amina():
    user = User.objects.create_user("amina@example.org", PASSWORD, name="Amina Khan", is_invented=True)
    TOTP.activate(user, worlds.SECRET)
    return user


def sign_in(client, password=PASSWORD, email="amina@example.org"):
    return client.post("/account/login/", {"login": email, "password": password, "next": "/accessibility/"})


def enter_code(client, code=""):
    return client.post(reverse("mfa_authenticate"), {"code": code or worlds.code()})


def test_signing_in_takes_the_password_and_then_the_code(client, amina):
    first = sign_in(client, email="Amina@Example.org")
    assert first.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session

    second = enter_code(client)

    assert second.url == "/accessibility/"
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_a_wrong_code_opens_nothing(client, amina):
    sign_in(client)

    html = enter_code(client, "000000").content.decode()

    assert "The code is wrong or too old, or was used before." in html
    assert "_auth_user_id" not in client.session


def test_a_code_is_good_once(client, amina):
    now = worlds.code()
    sign_in(client)
    enter_code(client, now)
    client.post("/account/logout/")
    sign_in(client)

    enter_code(client, now)

    assert "_auth_user_id" not in client.session


def test_a_sign_in_is_noted_with_its_means(client, amina):
    sign_in(client)
    enter_code(client)

    amina.refresh_from_db()
    assert amina.last_signed_in_at == clock.now()
    assert amina.last_means == "password and code"


@pytest.mark.parametrize("path", ["/account/login/", "/account/password/reset/"])
def test_known_and_unknown_addresses_cost_the_same_hashing(client, amina, monkeypatch, path):
    hashed = []
    hasher = type(hashers.get_hasher())
    plain = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *args: hashed.append(1) or plain(*args))

    def cost(email):
        hashed.clear()
        client.post(path, {"login": email, "email": email, "password": "wrong"})
        return len(hashed)

    passkey_only = User.objects.create_user("ben@example.org", name="Ben")
    counts = [cost(email) for email in (amina.email, "nobody@example.org", passkey_only.email)]
    assert len(set(counts)) == 1
    assert counts[0] == (1 if "login" in path else 0)


@pytest.mark.parametrize("email", ["amina@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client, amina, email):
    html = sign_in(client, password="wrong", email=email).content.decode()

    assert "The email address or the password is wrong. Check both and try again." in html
    assert f'value="{email}"' in html


def test_somebody_who_left_cannot_sign_in(client, amina):
    User.objects.update(is_active=False)

    sign_in(client)

    assert "_auth_user_id" not in client.session


def test_an_empty_sign_in_says_what_to_enter(client):
    html = client.post("/account/login/", {}).content.decode()

    assert '<a href="#id_login">Enter your email address</a>' in html
    assert '<a href="#id_password">Enter your password</a>' in html
    assert "placeholder" not in html


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_email_verification_sent"])
def test_nobody_signs_up_or_changes_an_address(client, amina, name):
    client.force_login(amina)

    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name), {"email": "new@example.org"}).status_code == 404


def test_signing_out_takes_a_button(client, amina):
    client.force_login(amina)

    assert client.get("/account/logout/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/account/logout/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_inactive",
    ],
)
def test_the_open_pages_are_in_our_layout(client, name):
    html = client.get(reverse(name)).content.decode()

    assert "govuk-heading-l" in html
    assert "govuk-skip-link" in html


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "account_change_password",
        "account_logout",
        "mfa_reauthenticate",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_generate_recovery_codes",
        "accounts:kept",
    ],
)
def test_the_pages_of_an_account_are_in_our_layout(client, amina, name):
    client.force_login(amina)

    assert "govuk-heading-l" in client.get(reverse(name)).content.decode()


def invited(amina):
    services.invite(email="femi@example.org", name="Femi Adeyemi", by=amina)
    return re.search(r"https?://[^/]+(/people/\S+)", OutgoingMail.objects.get().text).group(1)


def test_an_invitation_accepted_with_a_password_leads_to_the_second_factor(client, amina):
    link = invited(amina)

    assert "Femi Adeyemi" in client.get(link).content.decode()
    response = client.post(link, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)

    assert response.redirect_chain[-1][0] == "/people/second-factor/"
    assert "Your password is set." in response.content.decode()
    assert User.objects.get(email="femi@example.org").check_password(PASSWORD)
    assert client.get(link).status_code == 410


def test_an_invitation_offers_a_passkey_first_and_says_what_it_needs(client, amina):
    html = client.get(invited(amina)).content.decode()

    assert "Use a passkey on this device" in html
    assert 'data-passkey="create"' in html
    assert "A passkey needs JavaScript" in html
    assert '"residentKey": "required"' in html
    assert '"userVerification": "required"' in html


@pytest.mark.parametrize("credential", ["", "{}", "not json", '{"id": "x", "rawId": "eA", "type": "public-key"}'])
def test_a_forged_passkey_accepts_no_invitation(client, amina, credential):
    link = invited(amina)
    client.get(link)

    response = client.post(link, {"credential": credential, "name": "Phone"})

    assert response.status_code == 200
    assert not User.objects.get(email="femi@example.org").authenticator_set.exists()
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("", "", "Enter a password"),
        ("short", "short", "This password is too short."),
        ("femi@example.org", "femi@example.org", "The password is too similar to the email"),
        (PASSWORD, OTHER, "The two passwords differ. Enter the same one twice"),
    ],
)
def test_a_first_password_that_will_not_do_is_answered_and_the_link_still_works(client, amina, first, second, words):
    link = invited(amina)

    html = client.post(link, {"password1": first, "password2": second}).content.decode()

    assert words in html
    assert client.get(link).status_code == 200
