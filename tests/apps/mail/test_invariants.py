"""What the database refuses, whoever writes (invariants 14 to 16)."""

from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction

from partnership import clock
from partnership.files import services as files
from partnership.mail.models import Attachment, MailAttempt, MailRuling, OutgoingMail
from partnership.mail.workflow import ALLOWED, Ruling, Status

pytestmark = pytest.mark.django_db

WAYS = {
    Status.QUEUED: [],
    Status.SENDING: [Status.SENDING],
    Status.SENT: [Status.SENDING, Status.SENT],
    Status.WAITING: [Status.SENDING, Status.WAITING],
    Status.FAILED: [Status.SENDING, Status.FAILED],
    Status.UNCERTAIN: [Status.SENDING, Status.UNCERTAIN],
    Status.CANCELLED: [Status.CANCELLED],
}


def move(mail: OutgoingMail, status: Status) -> None:
    now = clock.now()
    mail.attempts += status == Status.SENDING
    OutgoingMail.objects.filter(pk=mail.pk).update(
        status=status,
        attempts=mail.attempts,
        sent_at=now if status == Status.SENT else None,
        sending_since=now if status == Status.SENDING else None,
        retry_at=now if status == Status.WAITING else None,
        last_answer="250 Ok",
        last_error="" if status == Status.SENT else "450 Busy",
    )


@pytest.mark.parametrize(("source", "target"), [pair for pair in product(Status, Status) if pair[0] != pair[1]])
def test_the_trigger_allows_exactly_the_graph_of_the_workflow(queue, source, target):
    mail = queue()
    for step in WAYS[source]:
        move(mail, step)
    if source == Status.UNCERTAIN:
        MailRuling.objects.create(mail=mail, attempt=mail.attempts, ruling=Ruling.ARRIVED, ruled_by="Gwen")

    try:
        with transaction.atomic():
            move(mail, target)
        moved = True
    except IntegrityError:
        moved = False

    assert moved == (target in ALLOWED[source])


@pytest.mark.parametrize("target", sorted(ALLOWED[Status.UNCERTAIN]))
def test_an_uncertain_message_does_not_move_without_a_ruling(queue, target):
    mail = queue()
    move(mail, Status.SENDING)
    move(mail, Status.UNCERTAIN)

    with pytest.raises(IntegrityError, match="needs a ruling"), transaction.atomic():
        move(mail, target)


def test_one_attempt_is_settled_once(queue):
    mail = queue()
    MailRuling.objects.create(mail=mail, attempt=1, ruling=Ruling.ARRIVED, ruled_by="Gwen")

    with pytest.raises(IntegrityError, match="mail_attempt_settled_once"), transaction.atomic():
        MailRuling.objects.create(mail=mail, attempt=1, ruling=Ruling.SEND_AGAIN, ruled_by="Amina")


@pytest.mark.parametrize("column", ["to", "subject", "text", "html", "message_id", "dedupe_key", "purpose", "reply_to"])
def test_the_content_of_a_message_is_never_edited(queue, column):
    mail = queue()

    with pytest.raises(IntegrityError, match="never edited"), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(**{column: "<x@y>"})


def test_a_message_begins_queued():
    with pytest.raises(IntegrityError, match="begins queued"), transaction.atomic():
        OutgoingMail.objects.create(
            to="a@example.org", subject="S", text="T", message_id="<a@b>", dedupe_key="k", status=Status.CANCELLED
        )


def test_attempts_are_counted_when_sending_begins_and_at_no_other_time(queue):
    mail = queue()

    with pytest.raises(IntegrityError, match="counted"), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(attempts=3)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": Status.SENT, "sent_at": None}, "mail_sent_at_exactly_when_sent"),
        ({"status": Status.SENT, "last_answer": ""}, "mail_sent_has_an_answer"),
        ({"status": Status.WAITING, "retry_at": None}, "mail_retry_at_exactly_when_waiting"),
        ({"status": Status.FAILED, "last_error": ""}, "mail_trouble_has_a_reason"),
        ({"status": Status.SENDING, "sending_since": None}, "mail_sending_since_exactly_when_sending"),
    ],
)
def test_a_status_without_its_facts_is_refused(queue, changes, constraint):
    mail = queue()
    move(mail, Status.SENDING)
    status = changes["status"]
    now = clock.now()
    whole = {
        "sending_since": None,
        "sent_at": now if status == Status.SENT else None,
        "retry_at": now if status == Status.WAITING else None,
        "last_answer": "250 Ok",
        "last_error": "450 Busy",
    }

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(**{**whole, **changes})


@pytest.mark.parametrize("column", ["to", "subject", "reply_to"])
def test_the_database_refuses_a_line_break_in_a_header(column):
    whole = {"to": "a@example.org", "subject": "S", "text": "T", "message_id": "<a@b>", "dedupe_key": "k"}

    with pytest.raises(IntegrityError, match=f"mail_{column}_is_one_line"), transaction.atomic():
        OutgoingMail.objects.create(**{**whole, column: "a\nBcc: b@example.org"})


@pytest.mark.parametrize("column", ["dedupe_key", "message_id", "reference"])
def test_key_message_id_and_reference_are_unique(queue, column):
    first = queue()
    whole = {"to": "a@example.org", "subject": "S", "text": "T", "message_id": "<a@b>", "dedupe_key": "k"}

    with pytest.raises(IntegrityError, match=column), transaction.atomic():
        OutgoingMail.objects.create(**{**whole, column: getattr(first, column)})


def test_at_most_one_attempt_is_in_flight(queue):
    mail = queue()
    MailAttempt.objects.create(mail=mail, number=1)

    with pytest.raises(IntegrityError, match="mail_one_attempt_in_flight"), transaction.atomic():
        MailAttempt.objects.create(mail=mail, number=2)


def test_an_attempt_is_closed_once(queue):
    attempt = MailAttempt.objects.create(mail=queue(), number=1, ended_at=clock.now(), outcome="sent")

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        MailAttempt.objects.filter(pk=attempt.pk).update(answer="something else")


@pytest.mark.parametrize("model", [OutgoingMail, MailAttempt, MailRuling, Attachment])
def test_nothing_is_deleted(queue, model):
    mail = queue(attachments=[("a.txt", files.put(b"x", "text/plain"))])
    MailAttempt.objects.create(mail=mail, number=1)
    MailRuling.objects.create(mail=mail, attempt=1, ruling=Ruling.ARRIVED, ruled_by="Gwen")

    deletion = pytest.raises(IntegrityError, match="never changed or deleted")
    with deletion, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")
