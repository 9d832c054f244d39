"""Every way in which handing a message to the relay can end (RFC 5321; RFC 1047 for the uncertain one)."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django.db import OperationalError

from partnership import clock
from partnership.files import services as files
from partnership.mail import jobs
from partnership.mail.composing import OCCASION
from partnership.mail.workflow import Outcome, Status

pytestmark = pytest.mark.django_db

PANEL = "panel@example.org"
NOON = datetime(2026, 9, 30, 11, tzinfo=UTC)


def after_delivery(mail):
    jobs.deliver_due()
    mail.refresh_from_db()
    return mail


def test_an_accepted_message_is_sent_with_the_relays_answer(queue, relay):
    with clock.frozen(NOON):
        mail = after_delivery(queue())

    attempt = mail.tries.get()
    assert (mail.status, mail.sent_at, mail.attempts) == (Status.SENT, NOON, 1)
    assert mail.last_answer == "250 Ok: queued as 4XyZ"
    assert (attempt.number, attempt.outcome, attempt.answer) == (1, Outcome.SENT, mail.last_answer)


def test_the_message_arrives_as_it_was_queued(queue, relay, settings):
    settings.DEFAULT_FROM_EMAIL = "Manage a safeguarding partnership <no-reply@service.example>"
    pdf = files.put(b"%PDF-1.7\r\n.\r\n\x00\xff", "application/pdf")
    with clock.frozen(NOON):
        mail = queue(
            subject="Yearly report – Ealing",
            text="First line.\n.\n..dots\n" + "long " * 400,
            html="<p>First line – ü.</p>",
            reply_to="gwen@example.org",
            attachments=[("Bericht ä.pdf", pdf)],
        )
        jobs.deliver_due()

    envelope_from, envelope_to, content = relay.messages[0]
    message = message_from_bytes(content, policy=default)
    assert (envelope_from, envelope_to) == ("no-reply@service.example", PANEL)
    assert message["Subject"] == "Yearly report – Ealing"
    assert message["Message-ID"] == mail.message_id
    assert message["Reply-To"] == "gwen@example.org"
    assert message["Date"].datetime == NOON
    assert message.get_body(("plain",)).get_content().splitlines() == mail.text.splitlines()
    assert message.get_body(("html",)).get_content().strip() == mail.html
    (attachment,) = message.iter_attachments()
    assert (attachment.get_filename(), attachment.get_content_type()) == ("Bericht ä.pdf", "application/pdf")
    assert attachment.get_content() == b"%PDF-1.7\r\n.\r\n\x00\xff"
    assert [name for name in message if name.lower().startswith("x-")] == [OCCASION]


def test_two_recipients_are_two_messages(queue, relay):
    queue(to=PANEL)
    queue(to="foundations@example.org")

    assert jobs.deliver_due() == 2

    assert [to for _, to, _ in relay.messages] == [PANEL, "foundations@example.org"]


def test_one_refused_recipient_does_not_touch_the_other(queue, relay):
    relay.rcpt[PANEL] = "550 5.1.1 No such person"
    refused, accepted = queue(to=PANEL), queue(to="foundations@example.org")

    jobs.deliver_due()

    refused.refresh_from_db()
    accepted.refresh_from_db()
    assert (refused.status, accepted.status) == (Status.FAILED, Status.SENT)
    assert "550 5.1.1 No such person" in refused.last_error
    assert "550 5.1.1 No such person" in refused.last_answer


@pytest.mark.parametrize(
    ("script", "status"),
    [
        ({"greeting": "421 Too many connections"}, Status.WAITING),
        ({"greeting": "554 Not for you"}, Status.WAITING),
        ({"mail": "421 Closing"}, Status.WAITING),
        ({"rcpt": {PANEL: "421 Closing"}}, Status.WAITING),
        ({"rcpt": {PANEL: "what?"}}, Status.WAITING),
        ({"data": "451 Try later"}, Status.WAITING),
        ({"data": "554 No valid recipients"}, Status.FAILED),
        ({"final": "421 Closing"}, Status.WAITING),
        ({"final": "what?"}, Status.UNCERTAIN),
        ({"rcpt": {PANEL: "450 Mailbox busy"}}, Status.WAITING),
        ({"mail": "451 Local error"}, Status.WAITING),
        ({"final": "452 No space"}, Status.WAITING),
        ({"rcpt": {PANEL: "550 No such person"}}, Status.FAILED),
        ({"rcpt": {PANEL: "553 Not a name"}}, Status.FAILED),
        ({"mail": "552 Too large"}, Status.FAILED),
        ({"final": "552 5.3.4 Too large"}, Status.FAILED),
        ({"final": "554 5.7.1 Virus found"}, Status.FAILED),
        ({"mail": "530 Sign in first"}, Status.WAITING),
        ({"mail": "550 Sender not allowed"}, Status.WAITING),
        ({"rcpt": {PANEL: "530 Sign in first"}}, Status.WAITING),
        ({"breaks": "after_final_dot"}, Status.UNCERTAIN),
    ],
)
def test_each_failure_has_its_class(queue, relay, script, status):
    for name, value in script.items():
        setattr(relay, name, value)

    mail = after_delivery(queue())

    assert mail.status == status
    assert mail.last_error


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("how", ["silent_at", "hangs_up_at"])
def test_no_answer_before_the_final_dot_is_temporary_and_is_tried_again(queue, relay, settings, how, command):
    settings.EMAIL_TIMEOUT = 0.3
    setattr(relay, how, command)
    with clock.frozen(NOON):
        mail = after_delivery(queue())

    assert (mail.status, relay.messages) == (Status.WAITING, [])

    setattr(relay, how, "")
    with clock.frozen(mail.retry_at):
        assert after_delivery(mail).status == Status.SENT
    assert len(relay.messages) == 1


def test_a_connection_that_breaks_while_the_message_flows_is_temporary(queue, relay):
    relay.breaks = "before_final_dot"
    large = files.put(bytes(6_000_000), "application/pdf")

    mail = after_delivery(queue(attachments=[("large.pdf", large)]))

    assert mail.status == Status.WAITING
    assert "at DATA" in mail.last_error


def test_a_break_that_is_noticed_only_after_the_final_dot_is_uncertain(queue, relay):
    """A short message fits into this machine's buffers, so nobody can say whether the relay had the dot."""
    relay.breaks = "before_final_dot"

    assert after_delivery(queue()).status == Status.UNCERTAIN


def test_no_answer_after_the_final_dot_is_uncertain_and_is_never_sent_again(queue, relay, settings):
    settings.EMAIL_TIMEOUT = 0.3
    relay.final_takes = 1

    with clock.frozen(NOON):
        mail = after_delivery(queue())
    relay.final_takes = 0
    with clock.frozen(NOON + timedelta(days=5)):
        assert jobs.deliver_due() == 0

    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == (Status.UNCERTAIN, 1)
    assert relay.connections == 1


def test_retries_come_after_1_5_15_60_and_240_minutes(queue, relay):
    relay.rcpt[PANEL] = "450 Mailbox busy"
    now, waits = NOON, []
    with clock.frozen(now):
        mail = queue()

    for _ in range(7):
        with clock.frozen(now):
            after_delivery(mail)
        waits.append((mail.retry_at - now) / timedelta(minutes=1))
        now = mail.retry_at

    assert waits == [1, 5, 15, 60, 240, 240, 240]


def test_a_waiting_message_is_left_alone_until_its_time(queue, relay):
    relay.rcpt[PANEL] = "450 Mailbox busy"
    with clock.frozen(NOON):
        mail = after_delivery(queue())

    with clock.frozen(NOON + timedelta(seconds=59)):
        jobs.deliver_due()

    mail.refresh_from_db()
    assert mail.attempts == 1


def test_after_72_hours_of_trying_it_has_failed(queue, relay):
    relay.rcpt[PANEL] = "450 Mailbox busy"
    with clock.frozen(NOON):
        mail = after_delivery(queue())

    with clock.frozen(NOON + timedelta(hours=72)):
        after_delivery(mail)

    assert mail.status == Status.FAILED
    assert mail.last_error == "Given up after 72 hours. The last answer was: 450 Mailbox busy (at RCPT TO)"


def test_a_relay_set_up_wrongly_stops_the_run_and_never_uses_a_message_up(queue, relay, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "service", "wrong"
    relay.accepts_password = False
    with clock.frozen(NOON):
        first, second = queue(), queue()
    with clock.frozen(NOON + timedelta(hours=80)):
        after_delivery(first)

    second.refresh_from_db()
    assert (first.status, second.status, second.attempts) == (Status.WAITING, Status.QUEUED, 0)
    assert "535" in first.last_error
    assert relay.connections == 1


def test_signing_in_where_the_relay_asks_for_it(queue, relay, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "service", "right"

    assert after_delivery(queue()).status == Status.SENT


def test_a_relay_that_is_away_stops_the_run_and_the_rest_stays_queued(queue, settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    first, second = queue(), queue()

    after_delivery(first)

    second.refresh_from_db()
    assert (first.status, second.status) == (Status.WAITING, Status.QUEUED)
    assert "ConnectionRefusedError" in first.last_error
    assert first.last_answer == ""


def test_a_name_that_does_not_resolve_is_temporary(queue, settings, monkeypatch):
    def no_such_name(*args, **kwargs):
        raise OSError("Name or service not known")

    monkeypatch.setattr("smtplib.socket.create_connection", no_such_name)

    assert after_delivery(queue()).status == Status.WAITING


def test_an_attachment_that_is_no_longer_what_was_attached_is_never_sent(queue, relay, settings):
    pdf = files.put(b"%PDF-1.7 as signed", "application/pdf")
    mail = queue(attachments=[("report.pdf", pdf)])
    (Path(settings.MEDIA_ROOT) / pdf.name).write_bytes(b"%PDF-1.7 as altered")

    after_delivery(mail)

    assert mail.status == Status.FAILED
    assert "no longer has the content" in mail.last_error
    assert relay.connections == 0


def test_a_message_that_cannot_be_put_together_fails_alone(queue, relay, monkeypatch):
    bad, good = queue(), queue()
    real = jobs.compose
    monkeypatch.setattr(jobs, "compose", lambda mail: real(mail) if mail.pk == good.pk else 1 / 0)

    assert jobs.deliver_due() == 1

    bad.refresh_from_db()
    assert bad.status == Status.FAILED


@pytest.mark.parametrize("error", [OperationalError("the connection was lost"), OSError("Input/output error")])
def test_a_message_whose_parts_cannot_be_read_just_now_is_tried_again(queue, relay, monkeypatch, error):
    def away(mail):
        raise error

    with clock.frozen(NOON), monkeypatch.context() as patched:
        patched.setattr(jobs, "compose", away)
        mail = after_delivery(queue())
    assert (mail.status, relay.connections) == (Status.WAITING, 0)

    with clock.frozen(mail.retry_at):
        assert after_delivery(mail).status == Status.SENT


def test_deliver_due_does_nothing_when_nothing_is_due(relay):
    assert jobs.deliver_due() == 0
    assert relay.connections == 0


def test_deliver_due_twice_sends_once(queue, relay):
    queue()

    assert [jobs.deliver_due(), jobs.deliver_due()] == [1, 0]
    assert len(relay.messages) == 1


def test_deliver_due_keeps_to_its_limit(queue, relay):
    for _ in range(3):
        queue()

    assert jobs.deliver_due(limit=2) == 2


def test_deliver_due_stops_claiming_when_its_time_is_up(queue, relay, monkeypatch):
    monkeypatch.setattr(jobs, "RUN_SECONDS", 0)
    mail = after_delivery(queue())

    assert mail.status == Status.QUEUED
