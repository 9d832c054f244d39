"""Asking for a new password: the link, and that the page tells nobody which addresses have an account."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnership.accounts import jobs, letters, services
from partnership.accounts.models import PasswordAsk, User
from partnership.mail.models import OutgoingMail
from tests import worlds

pytestmark = pytest.mark.django_db
PASSWORD, OTHER = "four words none related", "another four words here"


@pytest.fixture
def amina():
    user = User.objects.create_user("amina@example.org", PASSWORD, name="Amina Khan", is_invented=True)
    TOTP.activate(user, worlds.SECRET)
    return user


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client, amina):
    client.post("/account/password/reset/", {"email": "amina@example.org"})
    jobs.answer_password_asks()
    letter = OutgoingMail.objects.get(subject="Set a new password")
    link = re.search(r"https?://[^/]+(/\S+)", letter.text).group(1)

    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": OTHER, "password2": OTHER})

    amina.refresh_from_db()
    assert amina.check_password(OTHER)
    assert "This link cannot be used" in client.get(link, follow=True).content.decode()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, amina):
    known = client.post("/account/password/reset/", {"email": "amina@example.org"})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"})
    jobs.answer_password_asks()

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert OutgoingMail.objects.count() == 1


def test_somebody_invited_cannot_go_round_the_end_of_the_link_by_a_forgotten_password(client, amina):
    services.invite(email="femi@example.org", name="Femi Adeyemi", by=amina)

    client.post("/account/password/reset/", {"email": "femi@example.org"})
    jobs.answer_password_asks()

    assert OutgoingMail.objects.count() == 1


def test_asking_for_a_new_password_is_the_same_work_whoever_has_the_address(client, amina):
    services.invite(email="new@example.org", name="New", by=amina)
    closed = User.objects.create_user("closed@example.org", name="Closed", is_active=False)
    passkey_only = User.objects.create_user("ben@example.org", name="Ben")

    def work(email):
        with CaptureQueriesContext(connection) as asked:
            client.post("/account/password/reset/", {"email": email})
        return [
            re.sub(r" VALUES .*| \"s\d+_x\d+\"", "", query["sql"]) for query in asked
        ]  # no values, no savepoint's name

    made = [
        work(who) for who in (amina.email, "nobody@example.org", "new@example.org", closed.email, passkey_only.email)
    ]
    assert all(each == made[0] for each in made)
    assert any("accounts_passwordask" in sql for sql in made[0])


def test_an_asking_is_answered_once_and_leaves_nothing_behind(client, amina, monkeypatch):
    client.post("/account/password/reset/", {"email": "AMINA@example.org"})
    client.post("/account/password/reset/", {"email": "nobody@example.org"})

    assert jobs.answer_password_asks() == 1
    assert jobs.answer_password_asks() == 0
    assert not PasswordAsk.objects.exists()
    assert [letter.to for letter in OutgoingMail.objects.all()] == ["amina@example.org"]


def test_one_asking_that_fails_holds_up_no_other_and_is_tried_again(client, amina, monkeypatch):
    for email in ("amina@example.org", "amina@example.org"):
        client.post("/account/password/reset/", {"email": email})
    send, failures = letters.new_password, [RuntimeError("no")]

    def fail_once(user):
        if failures:
            raise failures.pop()
        send(user)

    monkeypatch.setattr(letters, "new_password", fail_once)

    assert jobs.answer_password_asks() == 1
    assert jobs.answer_password_asks() == 1
