import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.urls import reverse

from partnership.accounts import services
from partnership.accounts.models import User
from partnership.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db
PASSWORD, OTHER = "four words none related", "another four words here"


@pytest.fixture
def amina():
    return User.objects.create_user("amina@example.org", PASSWORD, name="Amina Khan", is_invented=True)


def sign_in(client, password=PASSWORD, email="amina@example.org"):
    return client.post("/account/login/", {"login": email, "password": password, "next": "/accessibility/"})


def code(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up_second_factor(client):
    address = reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate") + f"?next={address}", {"password": PASSWORD})
    page = client.get(address).content.decode()
    secret = re.search(r'class="app-code">(\w+)<', page).group(1)
    return secret, client.post(address, {"code": code(secret)})


def test_sign_in_by_email_and_password(client, amina):
    response = sign_in(client, email="Amina@Example.org")

    assert response.url == "/accessibility/"
    assert client.session["_auth_user_id"] == str(amina.pk)


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


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client, amina):
    client.post("/account/password/reset/", {"email": "amina@example.org"})
    letter = OutgoingMail.objects.get()
    link = re.search(r"https?://[^/]+(/\S+)", letter.text).group(1)

    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": OTHER, "password2": OTHER})

    amina.refresh_from_db()
    assert amina.check_password(OTHER)
    assert "This link cannot be used" in client.get(link, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, amina):
    known = client.post("/account/password/reset/", {"email": "amina@example.org"})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert OutgoingMail.objects.count() == 1


def test_the_second_factor_is_set_up_and_then_asked_for(client, amina):
    sign_in(client)
    secret, response = set_up_second_factor(client)
    assert response.url == reverse("mfa_view_recovery_codes")
    client.post("/account/logout/")

    response = sign_in(client)

    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    html = client.post(response.url, {"code": "000000"}).content.decode()
    assert "The code is wrong or too old." in html
    cache.clear()  # a code is good once; this stands for waiting half a minute
    client.post(response.url, {"code": code(secret)})
    assert client.session["_auth_user_id"] == str(amina.pk)


def test_the_secret_of_the_second_factor_is_stored_encrypted(client, amina):
    sign_in(client)
    secret, _ = set_up_second_factor(client)

    stored = Authenticator.objects.get(type="totp").data["secret"]

    assert secret not in stored
    assert stored.startswith("gAAAA")


def test_a_recovery_code_opens_the_account_once(client, amina):
    sign_in(client)
    set_up_second_factor(client)
    html = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    recovery = re.search(r"<li>(\w{6,})</li>", html).group(1)
    client.post("/account/logout/")

    for expected in (True, False):
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": recovery})
        assert ("_auth_user_id" in client.session) is expected
        client.post("/account/logout/")


def test_the_square_to_scan_is_drawn_in_the_page(client, amina):
    sign_in(client)
    client.post(reverse("account_reauthenticate") + "?next=/account/2fa/", {"password": PASSWORD})

    html = client.get(reverse("mfa_activate_totp")).content.decode()

    assert "<svg" in html
    assert "data:image" not in html
    assert "<?xml" not in html


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


@pytest.mark.parametrize("name", ["mfa_index", "account_change_password", "account_logout", "account_reauthenticate"])
def test_the_pages_of_an_account_are_in_our_layout(client, amina, name):
    sign_in(client)

    assert "govuk-heading-l" in client.get(reverse(name)).content.decode()


def test_an_invitation_is_accepted_in_the_browser(client, amina):
    services.invite(email="femi@example.org", name="Femi Adeyemi", by=amina)
    link = re.search(r"https?://[^/]+(/people/\S+)", OutgoingMail.objects.get().text).group(1)

    assert "Femi Adeyemi" in client.get(link).content.decode()
    response = client.post(link, {"password1": PASSWORD, "password2": PASSWORD})

    assert response.url == "/account/login/"
    assert sign_in(client, email="femi@example.org").url == "/accessibility/"
    assert client.get(link).status_code == 410


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
    services.invite(email="femi@example.org", name="Femi Adeyemi", by=amina)
    link = re.search(r"https?://[^/]+(/people/\S+)", OutgoingMail.objects.get().text).group(1)

    html = client.post(link, {"password1": first, "password2": second}).content.decode()

    assert words in html
    assert client.get(link).status_code == 200
