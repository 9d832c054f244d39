"""What comes in is kept once, with the message that it belongs to; and the mailbox is read as if nobody had."""

import ssl

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from partnership import clock
from partnership.embedded.mailbox import store
from partnership.files import services as files
from partnership.mail import addresses
from partnership.mail.incoming import imap, keeping
from partnership.mail.models import IncomingMail, MailboxMark
from partnership.mail.workflow import Matched, Sort
from partnership.practice.mailbox import order
from partnership.settings import post  # noqa: TID251  its check is what is tested
from tests.apps.documents.test_races import ROUNDS, at_once
from tests.apps.mail import samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_addresses(settings):
    settings.MAIL_REPLY_ADDRESS = "submissions+{token}@replies.example"


@pytest.fixture
def sent(queue):
    return queue(reply_to=addresses.made(), envelope_from=addresses.made())


def only():
    return IncomingMail.objects.get()


def test_a_report_at_the_return_path_belongs_to_its_message(sent):
    assert keeping.keep(samples.postfix_bounce(sent.envelope_from))

    assert (only().answers, only().matched, only().sort, only().code) == (
        sent,
        Matched.RETURN_PATH,
        Sort.BOUNCED,
        "5.1.1",
    )
    assert only().said == "smtp; 550 5.1.1 <panel@body.example>: User unknown"
    assert files.read(only().file) == samples.postfix_bounce(sent.envelope_from)


def test_a_reply_belongs_to_the_message_at_whose_address_it_came_whatever_case_it_is_written_in(sent):
    keeping.keep(samples.reply(sent.reply_to.upper()))

    assert (only().answers, only().matched) == (sent, Matched.REPLY_ADDRESS)


def test_a_reply_to_the_sender_is_known_by_the_message_that_it_refers_to(sent):
    keeping.keep(samples.reply("no-reply@safeguarding.example", sent.message_id))

    assert (only().answers, only().matched) == (sent, Matched.REFERENCE)


def test_a_report_that_knows_the_message_id_alone_is_not_matched_by_return_path(sent):
    keeping.keep(samples.postfix_bounce(sent.reply_to, sent.message_id))

    assert only().matched == Matched.REPLY_ADDRESS


def test_what_belongs_to_nothing_is_kept_all_the_same(sent):
    keeping.keep(samples.reply("submissions+" + "0" * 32 + "@replies.example"))

    assert only().answers is None


def test_the_same_message_is_kept_once(sent):
    assert keeping.keep(samples.reply(sent.reply_to))
    assert not keeping.keep(samples.reply(sent.reply_to))
    assert keeping.keep(samples.reply(sent.reply_to, words="Something else."))

    assert IncomingMail.objects.count() == 2


def test_what_was_cut_off_is_believed_to_be_no_report(sent):
    keeping.keep(samples.postfix_bounce(sent.envelope_from), is_cut=True)

    assert (only().sort, only().is_cut) == (Sort.UNCLEAR, True)


def test_what_came_in_is_never_changed(sent):
    keeping.keep(samples.reply(sent.reply_to))

    for act in (lambda: IncomingMail.objects.update(sort=Sort.DELIVERED), lambda: only().delete()):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            act()


@pytest.mark.django_db(transaction=True)
def test_two_who_read_the_same_message_in_the_same_instant_keep_it_once(sent):
    for number in range(ROUNDS):
        raw = samples.reply(sent.reply_to, words=f"Round {number}.")

        results = at_once(lambda raw=raw: keeping.keep(raw), lambda raw=raw: keeping.keep(raw))

        assert sorted(results) == [False, True]
    assert IncomingMail.objects.count() == ROUNDS


def test_the_mailbox_is_read_from_where_it_was_left(box, sent):
    box.messages = {3: samples.reply(sent.reply_to), 5: samples.out_of_office(sent.reply_to)}
    assert keeping.read_mailbox() == 2
    assert keeping.read_mailbox() == 0
    box.messages[9] = samples.postfix_bounce(sent.envelope_from)
    assert keeping.read_mailbox() == 1

    assert MailboxMark.objects.get().mark == "7:9"
    fetched = [command for command in box.commands if "FETCH" in command]
    assert len(fetched) == 3
    assert all("BODY.PEEK" in command for command in fetched)
    assert not [command for command in box.commands if command.upper().startswith(("SELECT", "UID STORE", "EXPUNGE"))]


def test_a_mailbox_that_numbers_anew_is_read_anew_and_nothing_is_kept_twice(box, sent):
    box.messages = {3: samples.reply(sent.reply_to)}
    keeping.read_mailbox()
    box.validity, box.messages = 8, {1: samples.reply(sent.reply_to), 2: samples.out_of_office(sent.reply_to)}

    assert keeping.read_mailbox() == 1
    assert MailboxMark.objects.get().mark == "8:2"


def test_a_message_that_is_too_large_is_kept_up_to_the_limit(box, sent, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_BYTES", 700)
    box.messages = {1: samples.reply(sent.reply_to)}

    keeping.read_mailbox()

    assert only().is_cut
    assert only().file.size == 700
    assert only().answers == sent


def test_what_cannot_be_kept_is_read_again(box, sent, monkeypatch):
    box.messages = {1: samples.reply(sent.reply_to)}
    with monkeypatch.context() as broken:
        broken.setattr(files, "put", lambda *given: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            keeping.read_mailbox()

    assert keeping.read_mailbox() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"password": "wrong"}, "refuses"), ({"folder": "Elsewhere"}, "no folder"), ({"folder": 'a"b'}, "no folder has")],
)
def test_a_mailbox_that_cannot_be_opened_is_told_without_its_secret(box, settings, wrong, sentence):
    settings.MAILBOX = {**settings.MAILBOX, **wrong}

    with pytest.raises(imap.Unreadable, match=sentence) as refused:
        keeping.read_mailbox()
    assert box.password not in str(refused.value)


def test_a_mailbox_whose_certificate_nobody_vouches_for_is_told_nothing(box, monkeypatch):
    monkeypatch.setattr(imap, "_context", ssl.create_default_context)

    with pytest.raises(ssl.SSLError):
        keeping.read_mailbox()
    assert box.commands == []


def test_without_a_mailbox_nothing_is_read(settings):
    settings.MAILBOX_READER = ""

    assert keeping.read_mailbox() == 0


def test_the_practice_area_reads_what_came_to_its_own_reply_addresses_and_nothing_else(settings, tmp_path, sent):
    settings.MAILBOX_READER = "partnership.practice.incoming"
    (tmp_path / "mailbox").mkdir()
    for to in ("gwen@practice.example", sent.reply_to, "ben@practice.example"):
        store(tmp_path / "mailbox", "zoe.reader@body.example", [to], samples.reply(sent.reply_to))

    assert keeping.read_mailbox() == 1
    assert keeping.read_mailbox() == 0
    assert only().answers == sent
    assert MailboxMark.objects.get().mark == max((path.name for path in (tmp_path / "mailbox").iterdir()), key=order)
    assert only().received_at == clock.now()


@pytest.mark.parametrize(
    ("address", "given", "sentence"),
    [
        ("a{token}@b.example", {}, "or neither"),
        ("", {"host": "imap.example"}, "or neither"),
        ("a{token}@b.example", {"host": "imap.example", "user": "post"}, "needs IMAP_USER and IMAP_PASSWORD"),
    ],
)
def test_half_a_mailbox_stops_the_start(address, given, sentence):
    with pytest.raises(ImproperlyConfigured, match=sentence):
        post.check(address, {"host": "", "user": "", "password": "", **given})


def test_a_whole_mailbox_and_none_are_good():
    post.check("", {"host": "", "user": "", "password": ""})
    post.check("a{token}@b.example", {"host": "imap.example", "user": "post", "password": "secret"})


def test_what_becomes_of_the_copy_in_the_archive_says_nothing_of_the_recipient(sent, settings):
    settings.MAIL_ARCHIVE_ADDRESS = "panel@body.example"  # to whom the report says that it could not be delivered
    keeping.keep(samples.postfix_bounce(sent.envelope_from))

    assert only().sort == Sort.UNCLEAR
