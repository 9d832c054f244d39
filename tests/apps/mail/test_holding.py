"""A restored database sends nothing until its outbox was compared with the archive of what left."""

from datetime import timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.mail import holding, jobs, reconciling, services
from partnership.mail.archive import Archived
from partnership.mail.composing import OCCASION, occasion
from partnership.mail.models import Instance, MailAttempt, OutgoingMail, SendingHold
from partnership.mail.workflow import Status

pytestmark = pytest.mark.django_db
COPIES: list[Archived] = []


def after(moment):
    """This module as the archive."""
    return iter(COPIES)


@pytest.fixture(autouse=True)
def archive(settings):
    settings.MAIL_ARCHIVE = __name__
    COPIES.clear()


def copied(mail: OutgoingMail, *, message_id: str = "") -> None:
    known = {"to": mail.to, "subject": mail.subject, "at": clock.now(), "where": "It lies as number 7."}
    COPIES.append(Archived(message_id or mail.message_id, occasion(mail), **known))


@pytest.fixture
def restored(relay, queue):
    """One message left; then the database is one that does not know of it."""
    queue()
    assert jobs.deliver_due() == 1
    Instance.objects.update(identity="another/1/2")
    return SimpleNamespace(relay=relay, queue=queue)


def held(*arguments: str) -> str:
    told = StringIO()
    call_command("held", *arguments, stdout=told)
    return told.getvalue()


def test_a_database_that_stays_as_it_is_sends(relay, queue):
    for _ in range(3):
        queue()
        assert jobs.deliver_due() == 1
    assert SendingHold.objects.count() == 0
    assert "not held" in held()


def test_another_database_sends_nothing_however_often_it_is_asked(restored):
    restored.queue()

    assert [jobs.deliver_due() for _ in range(3)] == [0, 0, 0]
    assert len(restored.relay.messages) == 1
    assert SendingHold.objects.get().because == holding.OTHER


def test_an_older_state_of_the_same_database_sends_nothing(relay, queue):
    queue()
    jobs.deliver_due()
    holding.note_attempt(MailAttempt.objects.latest("pk").pk + 1)  # made, and lost with the database
    queue()

    assert jobs.deliver_due() == 0
    assert SendingHold.objects.get().because == holding.OLDER


@pytest.mark.parametrize(
    ("said", "because"),
    [('{"key": "other", "attempt": 1}', holding.STRANGE), ("{", holding.UNREADABLE), ("[]", holding.UNREADABLE)],
)
def test_a_mark_that_does_not_fit_holds(relay, queue, settings, said, because):
    queue()
    jobs.deliver_due()
    holding._path().write_text(said)
    queue()

    assert jobs.deliver_due() == 0
    assert SendingHold.objects.get().because == because


def test_a_new_database_beside_old_files_begins_anew(relay, queue):
    holding._path().parent.mkdir(parents=True, exist_ok=True)
    holding._path().write_text('{"key": "other", "attempt": 99}')
    assert holding.hold() is None
    queue()

    assert jobs.deliver_due() == 1


def of_another_timeline():
    system, timeline, table = Instance.objects.get().identity.split("/")
    Instance.objects.update(identity=f"{system}/{int(timeline, 16) + 1:08X}/{table}")


def test_a_failover_that_lost_nothing_holds_nothing(relay, queue):
    queue()
    jobs.deliver_due()
    before = Instance.objects.get().identity
    of_another_timeline()
    queue()

    assert jobs.deliver_due() == 1
    assert Instance.objects.get().identity == before


@pytest.mark.parametrize("lost", ["an attempt", "the mark", "the end of both"])
def test_a_failover_that_lost_something_holds(relay, queue, lost):
    queue()
    jobs.deliver_due()
    of_another_timeline()
    if lost == "the mark":
        holding._path().unlink()
    elif lost == "the end of both":  # files and database are from two backups of a machine that is gone
        holding._write(holding.Mark(str(Instance.objects.get().key), 0))
    else:
        holding.note_attempt(MailAttempt.objects.latest("pk").pk + 1)
    queue()

    assert jobs.deliver_due() == 0


def test_a_database_that_does_not_tell_who_it_is_is_known_by_its_table(relay, queue, monkeypatch):
    monkeypatch.setattr(holding, "_MAY_ASK", "SELECT %s::text[] IS NULL")
    queue()

    assert jobs.deliver_due() == 1
    assert Instance.objects.get().identity.startswith("//")


def test_where_the_mark_cannot_be_written_the_message_waits_and_nothing_is_uncertain(relay, queue, monkeypatch):
    def full(mark):
        raise OSError(28, "No space left on device")

    queue()
    jobs.deliver_due()
    monkeypatch.setattr(holding, "_write", full)
    mail = queue()

    assert jobs.deliver_due() == 0
    mail.refresh_from_db()
    assert mail.status == Status.WAITING
    assert len(relay.messages) == 1
    assert SendingHold.objects.count() == 0


def test_the_mark_never_goes_back(relay, queue):
    queue()
    jobs.deliver_due()
    last = MailAttempt.objects.latest("pk").pk
    holding.note_attempt(last + 5)
    holding.note_attempt(last + 1)

    assert holding._read().attempt == last + 5


def test_what_had_left_is_settled_and_the_rest_leaves_once(restored):
    left, again, submission, new = (restored.queue(purpose=purpose) for purpose in ("", "", "submission", ""))
    copied(left)
    copied(again, message_id="<lost-1@example.org>")
    copied(submission, message_id="<lost-2@example.org>")
    jobs.deliver_due()

    listed = held()
    assert len(restored.relay.messages) == 1
    assert all(word in listed for word in (left.message_id, again.message_id, "<lost-1@example.org>"))
    assert "1 had left already, 2 were made once more, 2 are unknown here, 1 still go" in listed
    held("--operator", "Olga Operator")
    jobs.deliver_due()

    states = [OutgoingMail.objects.get(pk=mail.pk).status for mail in (left, again, submission, new)]
    assert states == [Status.SENT, Status.CANCELLED, Status.UNCERTAIN, Status.SENT]
    assert len(restored.relay.messages) == 2
    ended = SendingHold.objects.get()
    assert ended.ended_by == "Olga Operator"
    assert "1 had left already" in ended.found
    assert holding.hold() is None


def test_what_somebody_settles_while_it_is_compared_breaks_nothing(restored):
    again = restored.queue()
    copied(again, message_id="<lost-1@example.org>")
    assert jobs.deliver_due() == 0
    found = reconciling.differences()
    services.cancel(mail=again, reason="By hand.")

    reconciling.reconcile(found, by="Olga Operator")

    assert SendingHold.objects.get().ended_by == "Olga Operator"


def test_a_message_that_was_being_sent_is_settled_by_the_archive(restored):
    mail = restored.queue()
    OutgoingMail.objects.filter(pk=mail.pk).update(status=Status.SENDING, attempts=1, sending_since=clock.now())
    MailAttempt.objects.create(mail=mail, number=1, started_at=clock.now())
    copied(mail)

    held("--operator", "Olga Operator")

    mail.refresh_from_db()
    assert mail.status == Status.SENT


def test_an_archive_that_cannot_be_read_changes_nothing(restored, settings):
    settings.MAIL_ARCHIVE = "tests.apps.mail.nowhere"
    mail = restored.queue()

    with pytest.raises(CommandError, match="could not be read"):
        held("--operator", "Olga Operator")

    mail.refresh_from_db()
    assert mail.status == Status.QUEUED
    assert holding.hold()


def test_without_an_archive_the_hold_ends_with_a_reason_and_a_name(restored, settings):
    settings.MAIL_ARCHIVE = ""
    restored.queue()
    for arguments in ((), ("--operator", "Olga"), ("--without-archive", "A drill.")):
        with pytest.raises(CommandError):
            held(*arguments)
    held("--operator", "Olga", "--without-archive", "A drill.")

    assert SendingHold.objects.get().found == "Not compared with an archive: A drill."
    assert jobs.deliver_due() == 1


def test_one_hold_stands_at_a_time_and_nobody_ends_it_unnamed(restored):
    holding.hold()
    with pytest.raises(IntegrityError), transaction.atomic():
        SendingHold.objects.create(because="Again.")
    with pytest.raises(IntegrityError), transaction.atomic():
        SendingHold.objects.update(ended_at=clock.now())
    holding.hold()
    assert SendingHold.objects.count() == 1


def test_the_same_occasion_is_known_by_its_mark_and_by_nothing_else(relay, queue):
    mail = queue(dedupe_key="reminder:1")
    jobs.deliver_due()

    raw = relay.messages[0][-1]
    assert f"{OCCASION}: {occasion(mail)}".encode() in raw
    assert b"reminder:1" not in raw
    assert occasion(mail) != occasion(OutgoingMail(dedupe_key="reminder:1", to="other@example.org"))


def test_a_copy_goes_to_the_archive_and_its_refusal_stops_nothing(relay, queue, settings, caplog):
    settings.MAIL_ARCHIVE_ADDRESS = "archive@example.org"
    queue()
    assert jobs.deliver_due() == 1
    assert relay.messages[0][1:3] == ("panel@example.org", "archive@example.org")

    relay.rcpt["archive@example.org"] = "550 no"
    queue()
    assert jobs.deliver_due() == 1
    assert relay.messages[1][1] == "panel@example.org"
    assert len(relay.messages[1]) == 3
    assert "archive_copy_refused" in caplog.text


def test_what_lies_far_back_is_looked_at_too(restored):
    mail = restored.queue()
    OutgoingMail.objects.filter(pk=mail.pk)
    assert reconciling.differences().since <= mail.created_at - timedelta(minutes=59)
