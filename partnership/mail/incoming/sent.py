"""The archive of production: the folder to which the mail system files the copy of each message, read over IMAP.

The relay delivers a copy of everything to MAIL_ARCHIVE_ADDRESS; a rule of the mail system puts these into
IMAP_ARCHIVE_FOLDER of the mailbox that is read anyway. Nothing in it is changed.
"""

import imaplib
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import zip_longest

from django.conf import settings

from partnership.mail.archive import Archived
from partnership.mail.composing import OCCASION
from partnership.mail.incoming.imap import Unreadable, opened
from partnership.mail.jobs import Evidence

_HEADERS = f"(INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID {OCCASION.upper()} TO SUBJECT DATE)])"
AT_ONCE = 200  # messages of one command
_NUMBER = re.compile(rb"UID (\d+)")
# Whatever language the machine speaks.
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def find(message_id: str) -> Evidence | None:
    """The finder of uncertain messages (MAIL_ARCHIVE_FINDER). Raises Unreadable, or OSError."""
    if '"' in message_id or "\\" in message_id:
        return None
    with opened(settings.MAIL_ARCHIVE_FOLDER) as connection:
        numbers = _search(connection, f'HEADER Message-ID "{message_id}"')
    return Evidence(f"Found in the archive mailbox as number {numbers[0]}.") if numbers else None


def after(moment: datetime) -> Iterator[Archived]:
    """Every copy since the day of a moment: IMAP knows days alone. Raises Unreadable, or OSError."""
    day = f"{moment.day:02}-{_MONTHS[moment.month - 1]}-{moment.year}"
    with opened(settings.MAIL_ARCHIVE_FOLDER) as connection:
        numbers = _search(connection, f"SINCE {day}")
        for first in range(0, len(numbers), AT_ONCE):
            answer, parts = connection.uid("FETCH", ",".join(numbers[first : first + AT_ONCE]), _HEADERS)
            if answer != "OK":
                raise Unreadable("The archive could not be fetched.")
            for part, rest in zip_longest(parts, parts[1:], fillvalue=b""):
                if isinstance(part, tuple):  # what a server tells beside the headers may stand before or after them
                    told = bytes(part[0]) + (rest if isinstance(rest, bytes) else b"")
                    yield _archived(told, message_from_bytes(bytes(part[1]), policy=default))


def _search(connection: imaplib.IMAP4_SSL, what: str) -> list[str]:
    answer, found = connection.uid("SEARCH", what)
    if answer != "OK":
        raise Unreadable("The archive could not be searched.")
    words = (found[0] or b"").split() if found else []
    return [word.decode("ascii") for word in words if word.isdigit()]


def _archived(told: bytes, headers: EmailMessage) -> Archived:
    """`told`: what the server says beside the headers, with the moment at which the copy came to it."""
    came = imaplib.Internaldate2tuple(told)
    number = _NUMBER.search(told)
    return Archived(
        message_id=str(headers.get("Message-ID", "")).strip(),
        occasion=str(headers.get(OCCASION, "")).strip(),
        to=str(headers.get("To", "")).strip(),
        subject=str(headers.get("Subject", "")).strip(),
        at=datetime.fromtimestamp(time.mktime(came), UTC) if came else None,
        where=f"It lies in the archive mailbox as number {int(number[1]) if number else 0}.",
    )
