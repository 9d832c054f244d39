"""Each change of how somebody signs in is told to them, ends their other sessions, and keeps the one that made it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from partnership.accounts import jobs, letters
from partnership.audit.events import Event
from partnership.audit.models import AuditEntry
from partnership.mail.models import OutgoingMail
from tests import worlds

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = "another four words here"


@pytest.fixture
def jo():
    return worlds.person("Jo")


@pytest.fixture
def elsewhere(jo):
    """A session of Jo's on another device."""
    client = Client()
    client.force_login(jo)
    return client


def passkey(user):
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": "Phone", "credential": {}})


def change_password(client, jo):
    client.post(
        reverse("account_change_password"),
        {"oldpassword": worlds.PASSWORD, "password1": OTHER, "password2": OTHER},
    )


def set_up_an_app(client, jo):
    passkey(jo)
    Authenticator.objects.filter(user=jo, type="totp").delete()
    secret = re.search(r'class="app-code">(\w+)<', client.get(reverse("mfa_activate_totp")).content.decode()).group(1)
    now = next(iter(totp.yield_hotp_counters_from_time()))
    client.post(reverse("mfa_activate_totp"), {"code": totp.format_hotp_value(totp.hotp_value(secret, now))})


def remove_the_app(client, jo):
    passkey(jo)
    client.post(reverse("mfa_deactivate_totp"))


def remove_a_passkey(client, jo):
    client.post(reverse("mfa_remove_webauthn", args=[passkey(jo).pk]))


def make_recovery_codes(client, jo):
    client.post(reverse("mfa_generate_recovery_codes"))


CHANGES = [
    (change_password, "The password was changed."),
    (set_up_an_app, "Codes from an app were set up as the second factor."),
    (remove_the_app, "Codes from an app were removed as a second factor."),
    (remove_a_passkey, "A passkey was removed."),
    (make_recovery_codes, "New recovery codes were made."),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_a_change_is_told_and_ends_the_other_sessions_only(client, jo, elsewhere, change, words):
    client.force_login(jo)

    change(client, jo)

    letter = OutgoingMail.objects.get()
    assert letter.to == jo.email
    assert words in letter.text
    assert "14 September 2026 at 9:00am" in letter.text
    assert "If it was not" in letter.text
    noted = AuditEntry.objects.get(event=Event.CREDENTIALS_CHANGED)
    assert (noted.actor_id, noted.target_id) == (jo.pk, str(jo.pk))
    assert noted.data["change"].startswith(words)
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").url.startswith("/account/login/")


def test_a_forgotten_password_set_anew_is_told_and_ends_every_session(client, jo, elsewhere):
    client.post("/account/password/reset/", {"email": jo.email})
    jobs.answer_password_asks()
    link = re.search(r"https?://[^/]+(/\S+)", OutgoingMail.objects.get().text).group(1)
    page = client.get(link, follow=True)

    client.post(page.redirect_chain[-1][0], {"password1": OTHER, "password2": OTHER})

    assert "set anew by a link" in OutgoingMail.objects.latest("pk").text
    assert elsewhere.get("/").url.startswith("/account/login/")


@pytest.mark.parametrize("change", letters.CHANGES.values())
def test_a_notice_holds_no_link_that_opens_an_account(jo, change):
    letters.credentials_changed(jo, change)

    letter = OutgoingMail.objects.get()
    for link in re.findall(r"https?://[^\s\"<>]+", letter.text + letter.html):
        assert "key" not in link
        assert "invitations" not in link
