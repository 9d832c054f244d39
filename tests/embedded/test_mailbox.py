"""The local mailbox keeps what it is sent."""

import email
import email.policy
import os
import smtplib
import sys
from email.message import EmailMessage
from pathlib import Path

from partnership.embedded import mailbox, sockets
from partnership.embedded.supervisor import Household, Part

PROGRAM = Path(mailbox.__file__)


def test_a_message_sent_by_smtp_becomes_one_file_with_its_envelope_on_top(tmp_path):
    message = EmailMessage()
    message["Subject"] = "Yearly report – Ealing"
    message.set_content("Siân signed it.")
    port, folder = sockets.free_port(28525), tmp_path / "mailbox"
    with Household(tmp_path / "log", os.environ, tmp_path) as household:
        command = [sys.executable, "-P", PROGRAM, "--port", str(port), "--folder", folder]
        household.start(Part("mailbox", command))
        household.wait_until(lambda: sockets.is_listening(port), "The mailbox")
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.send_message(message, "from@example.org", ["panel@example.org", "foundations@example.org"])

    (kept,) = folder.iterdir()
    read = email.message_from_bytes(kept.read_bytes(), policy=email.policy.default)
    assert read["X-Practice-Envelope-From"] == "from@example.org"
    assert read["X-Practice-Envelope-To"] == "panel@example.org, foundations@example.org"
    assert read["Subject"] == "Yearly report – Ealing"
    assert read.get_content().strip() == "Siân signed it."


def test_the_same_message_twice_is_kept_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(mailbox.time, "time_ns", lambda: 1_700_000_000_000_000_000)

    names = [mailbox.store(tmp_path, "a@example.org", ["b@example.org"], b"Subject: x\r\n\r\n").name for _ in range(2)]

    assert [name.partition("-")[0] for name in names] == ["1700000000000", "1700000000001"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
