"""Addresses that belong to one message alone, and the return path that is one of them."""

import smtplib

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from partnership.errors import Incomplete
from partnership.mail import addresses, jobs
from partnership.mail.composing import sender
from partnership.mail.models import OutgoingMail
from partnership.settings import post  # noqa: TID251  its reader is what is tested

OURS = "submissions+{token}@replies.example"


@pytest.fixture(autouse=True)
def template(settings):
    settings.MAIL_REPLY_ADDRESS = OURS


def test_each_address_is_another_and_fits_into_a_mailbox_name():
    made = {addresses.made() for _ in range(50)}

    assert len(made) == 50
    assert all(len(address.partition("@")[0]) <= 64 for address in made)


def test_an_address_is_known_however_its_letters_are_written():
    assert addresses.is_one(addresses.made())
    assert addresses.is_one(addresses.made().upper())


@pytest.mark.parametrize(
    "address",
    [
        "submissions@replies.example",
        "submissions+@replies.example",
        f"submissions+{'0' * 31}@replies.example",
        f"submissions+{'0' * 32}@other.example",
        f"submissionsx{'0' * 32}@replies.example",
        f"submissions+{'0' * 32}@repliesxexample",
    ],
)
def test_what_only_looks_alike_is_none(address):
    assert not addresses.is_one(address)


def test_without_a_mailbox_there_are_none(settings):
    settings.MAIL_REPLY_ADDRESS = ""

    assert addresses.made() == ""
    assert not addresses.is_one("")


@pytest.mark.parametrize("value", [OURS, "{token}@replies.example", ""])
def test_a_template_may_be_a_plus_address_a_domain_or_nothing(monkeypatch, value):
    monkeypatch.setenv("MAIL_REPLY_ADDRESS", value)

    assert post.reply_address() == value


@pytest.mark.parametrize(
    "value",
    ["a@b.example", "{token}", "a{token}{token}@b.example", "a b{token}@b.example", f"{'a' * 32}{{token}}@b.example"],
)
def test_any_other_template_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("MAIL_REPLY_ADDRESS", value)

    with pytest.raises(ImproperlyConfigured, match="MAIL_REPLY_ADDRESS"):
        post.reply_address()


@pytest.mark.django_db
def test_a_message_goes_out_with_its_own_return_path_and_others_with_that_of_all(queue, relay):
    own = addresses.made()
    queue(envelope_from=own, reply_to=own)
    queue()

    jobs.deliver_due()

    assert [message[0] for message in relay.messages] == [own, sender()]
    assert f"Reply-To: {own}".encode() in relay.messages[0][2]
    assert b"Reply-To" not in relay.messages[1][2]


@pytest.mark.django_db
def test_a_return_path_is_an_address_and_never_changes(queue):
    with pytest.raises(Incomplete, match="return path"):
        queue(envelope_from="a@b.example\r\nBcc: c@d.example")
    mail = queue(envelope_from=addresses.made())

    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(envelope_from=addresses.made())


@pytest.mark.django_db
@pytest.mark.parametrize(("offers", "asked"), [(True, ("NOTIFY=SUCCESS,FAILURE,DELAY",)), (False, ())])
def test_a_relay_that_can_is_asked_to_report_delivery_of_what_has_its_own_return_path(
    queue, relay, monkeypatch, offers, asked
):
    given, plain = [], smtplib.SMTP.rcpt
    monkeypatch.setattr(smtplib.SMTP, "has_extn", lambda self, name: offers and name == "dsn")
    monkeypatch.setattr(
        smtplib.SMTP, "rcpt", lambda self, to, options=(): given.append(tuple(options)) or plain(self, to)
    )
    queue(envelope_from=addresses.made())
    queue()

    jobs.deliver_due()

    assert given == [asked, ()]
