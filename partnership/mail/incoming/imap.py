"""The mailbox of production, over IMAP (RFC 9051) and never in clear text.

The standard library's client is enough for five commands: nothing is searched by content, marked, moved or deleted. What
it hands over is bytes, and taking these apart is our own business either way.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from partnership.mail.incoming.reading import Arrived, cut

TIMEOUT = 15  # seconds for each answer of the server
MOST_AT_ONCE = 50  # messages of one run; the next minute goes on behind the mark


class Unreadable(Exception):
    """The mailbox could not be read as it is set up. The message says what to look at, without any secret."""


def name() -> str:
    """Which mailbox this is, for its mark."""
    box = settings.MAILBOX
    return f"{box['user']}@{box['host']}/{box['folder']}"


def read(mark: str, most: int) -> Iterator[Arrived]:
    """The messages behind the mark `<validity>:<number>`, the oldest first. Raises Unreadable, or OSError.

    Where the server numbers its messages anew it is read from the beginning; what is known already is not kept twice.
    """
    with opened(settings.MAILBOX["folder"]) as connection:
        validity = _validity(connection)
        before, _, last = mark.partition(":")
        seen = int(last) if before == validity and last.isdigit() else 0
        for number in _numbers(connection, seen)[:MOST_AT_ONCE]:
            raw = _fetch(connection, number, most + 1)
            if raw is None:  # somebody removed it in the meantime
                yield Arrived(f"{validity}:{number}", None)
            else:
                yield cut(f"{validity}:{number}", raw, most)


@contextmanager
def opened(folder: str) -> Iterator[imaplib.IMAP4_SSL]:
    """A folder of the mailbox, opened so that nothing in it can be changed. Raises Unreadable, or OSError."""
    box = settings.MAILBOX
    if re.search(r'["\\\r\n\x00]', folder):
        raise Unreadable("IMAP_FOLDER or IMAP_ARCHIVE_FOLDER has a character in it that no folder has.")
    connection = imaplib.IMAP4_SSL(box["host"], int(box["port"]), ssl_context=_context(), timeout=TIMEOUT)
    try:
        try:
            connection.login(box["user"], box["password"])
        except imaplib.IMAP4.error as error:
            raise Unreadable("The mailbox refuses IMAP_USER and IMAP_PASSWORD.") from error
        answer, _ = connection.select(f'"{folder}"', readonly=True)
        if answer != "OK":
            raise Unreadable("The mailbox has no folder of the name in IMAP_FOLDER or IMAP_ARCHIVE_FOLDER.")
        yield connection
    finally:
        _leave(connection)


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _leave(connection: imaplib.IMAP4_SSL) -> None:
    """Say goodbye if the server still listens; what was read no longer depends on it."""
    try:
        connection.logout()
    except (OSError, imaplib.IMAP4.error):
        connection.shutdown()


def _validity(connection: imaplib.IMAP4_SSL) -> str:
    _, told = connection.response("UIDVALIDITY")
    first = told[0] if told else None
    return first.decode("ascii", "replace") if isinstance(first, bytes) else "0"


def _numbers(connection: imaplib.IMAP4_SSL, seen: int) -> list[int]:
    """The numbers behind the last one that was read. A server gives its last message for any `n:*`, however large n is."""
    answer, found = connection.uid("SEARCH", f"UID {seen + 1}:*")
    if answer != "OK":
        raise Unreadable("The mailbox could not be searched.")
    words = (found[0] or b"").split() if found else []
    return sorted(number for word in words if word.isdigit() and (number := int(word)) > seen)


def _fetch(connection: imaplib.IMAP4_SSL, number: int, most: int) -> bytes | None:
    """Up to so many bytes of one message, without marking it as read; None when it is gone."""
    answer, parts = connection.uid("FETCH", str(number), f"(BODY.PEEK[]<0.{most}>)")
    if answer != "OK":
        raise Unreadable("A message of the mailbox could not be fetched.")
    return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), None)
