"""Queueing, cancelling, trying again and settling."""

import logging

import pytest
from django.db import IntegrityError, transaction

from partnership.errors import Incomplete, WrongState
from partnership.files import services as files
from partnership.mail import jobs, services, tasks
from partnership.mail.models import OutgoingMail
from partnership.mail.workflow import Ruling, Status

pytestmark = pytest.mark.django_db


def test_queue_makes_a_row_with_a_message_id_at_the_public_address(queue, settings):
    settings.PUBLIC_ADDRESS = "https://partnership.example:8443/"

    mail = queue()

    assert mail.status == Status.QUEUED
    assert mail.message_id == f"<{mail.reference}@partnership.example>"


def test_queue_keeps_attachments_by_name_and_file(queue):
    report = files.put(b"%PDF-1.7", "application/pdf")

    mail = queue(attachments=[("report.pdf", report)])

    assert [(each.name, each.file_id) for each in mail.attachments.all()] == [("report.pdf", report.sha256)]


def test_queue_asked_again_for_the_same_occasion_returns_the_first_row(queue):
    first = queue(dedupe_key="report-1-panel")

    second = queue(dedupe_key="report-1-panel", subject="Another subject")

    assert second == first
    assert second.subject == "Yearly report 2025-26"
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028"])
@pytest.mark.parametrize("header", ["to", "subject", "reply_to"])
def test_queue_refuses_a_line_break_in_a_header(queue, header, line_break):
    with pytest.raises(Incomplete, match="must be on one line"):
        queue(**{header: f"a@example.org{line_break}Bcc: b@example.org"})


def test_queue_refuses_a_line_break_in_an_attachment_name(queue):
    file = files.put(b"x", "text/plain")

    with pytest.raises(Incomplete, match="attachment's name"):
        queue(attachments=[("a\nb.txt", file)])


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@example.org, b@example.org", "A <a@example.org>", "ä@example.org"]
)
def test_queue_refuses_what_is_not_one_plain_address(queue, address):
    with pytest.raises(Incomplete, match="one e-mail address"):
        queue(to=address)


@pytest.mark.parametrize("missing", [{"subject": " "}, {"text": "\n"}])
def test_queue_refuses_a_message_without_subject_or_text(queue, missing):
    with pytest.raises(Incomplete):
        queue(**missing)


def test_queue_refuses_a_subject_that_is_too_long(queue):
    with pytest.raises(Incomplete, match="250 characters"):
        queue(subject="x" * 251)


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_leaves_no_message_and_no_nudge(queue, monkeypatch):
    nudges = []
    monkeypatch.setattr(tasks.deliver_due, "apply_async", lambda **options: nudges.append(options))

    with pytest.raises(RuntimeError), transaction.atomic():
        queue()
        raise RuntimeError("the caller failed")

    assert not OutgoingMail.objects.exists()
    assert nudges == []


@pytest.mark.django_db(transaction=True)
def test_a_commit_nudges_the_worker_once(queue, monkeypatch):
    nudges = []
    monkeypatch.setattr(tasks.deliver_due, "apply_async", lambda **options: nudges.append(options))

    with transaction.atomic():
        queue(dedupe_key="once")
        queue(dedupe_key="once")
        assert nudges == []

    assert len(nudges) == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_is_logged_and_does_no_harm(queue, monkeypatch, caplog):
    monkeypatch.setattr(tasks.deliver_due.app.conf, "broker_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(tasks.deliver_due.app.conf, "broker_write_url", "redis://127.0.0.1:1/0")

    with caplog.at_level(logging.WARNING):
        queue()

    assert OutgoingMail.objects.get().status == Status.QUEUED
    assert "broker_unreachable" in caplog.text


def test_cancel_withdraws_a_queued_message_and_keeps_who_did(queue, gwen):
    mail = services.cancel(mail=queue(), by=gwen, reason="A new version is coming.")

    ruling = mail.rulings.get()
    assert mail.status == Status.CANCELLED
    assert (ruling.ruling, ruling.ruled_by, ruling.ruled_by_id) == (Ruling.CANCELLED, "Gwen Price", 7)
    assert ruling.evidence == "A new version is coming."


def test_cancel_refuses_a_message_that_has_been_sent(queue, relay, gwen):
    mail = queue()
    jobs.deliver_due()

    with pytest.raises(WrongState, match="Accepted by the relay"):
        services.cancel(mail=mail, by=gwen)


def test_cancel_withdraws_a_waiting_message(queue, relay, gwen):
    relay.rcpt["panel@example.org"] = "450 Mailbox busy"
    mail = queue()
    jobs.deliver_due()

    assert services.cancel(mail=mail, by=gwen).status == Status.CANCELLED


def test_try_again_queues_a_failed_message_and_it_goes(queue, relay, gwen):
    relay.rcpt["panel@example.org"] = "550 No such person"
    mail = queue()
    jobs.deliver_due()
    relay.rcpt.clear()

    services.try_again(mail=mail, by=gwen)
    jobs.deliver_due()

    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.last_error) == (Status.SENT, 2, "")
    assert mail.rulings.get().ruling == Ruling.TRY_AGAIN


def test_try_again_refuses_a_message_that_has_not_failed(queue, gwen):
    with pytest.raises(WrongState, match="Queued"):
        services.try_again(mail=queue(), by=gwen)


@pytest.fixture
def uncertain(queue, relay) -> OutgoingMail:
    relay.breaks = "after_final_dot"
    mail = queue()
    jobs.deliver_due()
    relay.breaks = ""
    mail.refresh_from_db()
    assert mail.status == Status.UNCERTAIN
    return mail


def test_settling_as_arrived_counts_it_as_sent_when_it_was_tried(uncertain, gwen):
    mail = services.settle_uncertain(mail=uncertain, by=gwen, outcome=Ruling.ARRIVED, evidence="The Panel telephoned.")

    assert mail.status == Status.SENT
    assert mail.sent_at == mail.tries.get().started_at
    assert mail.last_answer == "The Panel telephoned."


def test_settling_as_not_arrived_sends_it_once_more_with_the_same_message_id(uncertain, relay, gwen):
    services.settle_uncertain(mail=uncertain, by=gwen, outcome=Ruling.SEND_AGAIN)
    jobs.deliver_due()

    uncertain.refresh_from_db()
    assert (uncertain.status, uncertain.attempts) == (Status.SENT, 2)
    assert len(relay.messages) == 2
    assert all(uncertain.message_id.encode() in content for _, _, content in relay.messages)


def test_settling_as_given_up_ends_as_failed(uncertain, gwen):
    assert services.settle_uncertain(mail=uncertain, by=gwen, outcome=Ruling.GIVEN_UP).status == Status.FAILED


def test_settling_twice_is_refused(uncertain, gwen):
    services.settle_uncertain(mail=uncertain, by=gwen, outcome=Ruling.ARRIVED)

    with pytest.raises(WrongState, match="can be settled"):
        services.settle_uncertain(mail=uncertain, by=gwen, outcome=Ruling.SEND_AGAIN)


def test_settling_with_an_outcome_that_settles_nothing_is_a_mistake(uncertain, gwen):
    with pytest.raises(ValueError, match="does not settle"):
        services.settle_uncertain(mail=uncertain, by=gwen, outcome=Ruling.CANCELLED)


def test_nothing_moves_when_the_ruling_cannot_be_written(uncertain):
    with pytest.raises(IntegrityError), transaction.atomic():
        services.settle_uncertain(mail=uncertain, by=Nameless(), outcome=Ruling.ARRIVED)

    uncertain.refresh_from_db()
    assert uncertain.status == Status.UNCERTAIN


class Nameless:
    pk = 1

    def __str__(self) -> str:
        return ""
