"""What an incoming message is said to be, whatever its bytes are."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnership.mail.incoming.parsing import MOST_TEXT, Parsed, parse
from partnership.mail.workflow import Sort
from tests.apps.mail import samples

TO = "submissions+0123456789abcdef0123456789abcdef@practice.example"
EVERY = [
    samples.postfix_bounce, samples.exchange_bounce, samples.delayed, samples.delivered, samples.out_of_office,
    samples.reply, samples.html_only, samples.without_a_report,
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "sort", "code"),
    [
        (samples.postfix_bounce(TO), Sort.BOUNCED, "5.1.1"),
        (samples.exchange_bounce(TO), Sort.BOUNCED, "5.7.133"),
        (samples.delayed(TO), Sort.DELAYED, "4.7.1"),
        (samples.delivered(TO), Sort.DELIVERED, "2.1.5"),
        (samples.delivered(TO).replace(b"Action: delivered", b"Action: relayed"), Sort.RELAYED, "2.1.5"),
        (samples.postfix_bounce(TO).replace(b"Action: failed\r\n", b""), Sort.BOUNCED, "5.1.1"),
        (samples.postfix_bounce(TO).replace(b"Status: 5.1.1", b"Status: 2.0.0"), Sort.UNCLEAR, "2.0.0"),
        (samples.postfix_bounce(TO).replace(b"Action: failed", b"Action: x").replace(b"Status: 5.1.1", b""), Sort.UNCLEAR, ""),
        (samples.postfix_bounce(TO).replace(b"message/delivery-status", b"text/plain"), Sort.AUTOMATIC, ""),
        (samples.out_of_office(TO), Sort.AUTOMATIC, ""),
        (samples.out_of_office(TO).replace(b"Auto-Submitted: auto-generated\r\n", b""), Sort.AUTOMATIC, ""),
        (samples.reply(TO), Sort.REPLY, ""),
        (samples.reply(TO).replace(b"MIME-Version", b"Auto-Submitted: no\r\nMIME-Version"), Sort.REPLY, ""),
        (samples.html_only(TO), Sort.REPLY, ""),
        (samples.without_a_report(TO), Sort.UNCLEAR, ""),
        (b"", Sort.UNCLEAR, ""),
    ],
)  # fmt: skip
def test_what_it_is(raw, sort, code):
    parsed = parse(raw)

    assert (parsed.sort, parsed.code) == (sort, code)


def test_of_several_recipients_the_worst_counts():
    last = b"Diagnostic-Code: smtp; 550 5.1.1 <panel@body.example>: User unknown\r\n"
    more = b"\r\nFinal-Recipient: rfc822; other@body.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n"
    raw = samples.postfix_bounce(TO).replace(last, last + more)

    assert b"other@body.example" in raw
    assert parse(raw).sort == Sort.BOUNCED


def test_a_report_says_why_and_about_which_message():
    for raw in (samples.postfix_bounce(TO), samples.exchange_bounce(TO)):
        parsed = parse(raw)
        assert samples.WAS_SENT in parsed.refers_to
        assert TO in parsed.addressed_to
        assert parsed.said.startswith("smtp;")


def test_a_reply_has_words_files_and_a_sender_and_nothing_of_its_html():
    parsed = parse(samples.reply(TO))

    assert parsed.text == "Thank you. We have received your report.\n\nZoë Reader"
    assert parsed.sender == "Zoë Reader <zoe.reader@body.example>"
    assert parsed.dated_at == datetime(2026, 10, 1, 8, 12, 44, tzinfo=UTC)
    assert [(file.number, file.name, file.data) for file in parsed.enclosures] == [
        (1, "receipt.pdf", b"%PDF-1.7 receipt"),
        (2, "page.html", b"<script>steal()</script>"),
    ]


def test_html_alone_becomes_its_words():
    assert parse(samples.html_only(TO)).text == "We have <b>received</b> it.\nCase 12"


def test_what_nobody_sees_is_taken_out():
    parsed = parse(samples.reply(TO, words="Pay \u202e12\u202c\u200b now\x00"))

    assert parsed.text.startswith("Pay 12 now")


@pytest.mark.parametrize("charset", ["no-such-set", "hex", "rot13", "idna", "unicode_escape", "utf-7", '"'])
def test_a_character_set_that_is_none_does_no_harm(charset):
    raw = samples.out_of_office(TO).replace(b'charset="utf-8"', f'charset="{charset}"'.encode())

    assert parse(raw).sort == Sort.AUTOMATIC


def test_boxes_in_boxes_without_end_do_no_harm():
    boxes = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(3000))

    assert parse(f"From: a@b.example\r\nTo: {TO}\r\n{boxes}".encode()).sort == Sort.UNCLEAR


def test_a_long_header_and_a_long_text_are_cut():
    raw = f"From: {'a' * 100_000}@b.example\r\nTo: {TO}\r\n\r\n{'word ' * 100_000}".encode()
    parsed = parse(raw)

    assert len(parsed.sender) <= 254
    assert len(parsed.text) <= MOST_TEXT


def test_a_message_id_with_a_character_that_no_database_keeps_is_none():
    assert parse(b"Message-ID: <a\x00b@c.example>\r\nFrom: a@b.example\r\n\r\nHi").message_id == ""


@given(st.binary(max_size=2000))
def test_no_bytes_at_all_raise(raw):
    assert isinstance(parse(raw), Parsed)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(EVERY), st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=12)), max_size=8))
def test_no_message_that_was_tampered_with_raises(sample, changes):
    raw = sample(TO)
    for place, put in changes:
        raw = raw[:place] + put + raw[place + len(put) :]

    parsed = parse(raw)

    kept = parsed.text + parsed.sender + parsed.subject + parsed.said + parsed.message_id
    assert "\x00" not in kept
    kept.encode()  # no half characters, which the database would refuse, and with them every later message
    assert len(parsed.said) <= 500 and len(parsed.subject) <= 250 and len(parsed.message_id) <= 320
    assert not any("/" in file.name or "\\" in file.name for file in parsed.enclosures)


HEADERS = st.sampled_from(
    ["From", "To", "Subject", "Date", "Content-Type", "Content-Transfer-Encoding", "Message-ID", "Auto-Submitted",
     "Content-Disposition", "References", "MIME-Version", "Precedence", "Return-Path"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(HEADERS, st.text(max_size=80)), max_size=8), st.text(max_size=300))
def test_no_header_raises_whatever_stands_in_it(headers, body):
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)

    assert isinstance(parse((head + "\r\n" + body).encode("utf-8", "surrogatepass")), Parsed)
