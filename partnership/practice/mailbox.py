"""Reading the local mailbox into which the practice area's relay writes: DATA_DIR/mailbox/<millis>-<sha8>.eml.

Each file is the message as it arrived, with the envelope prepended in two headers. It serves the pages and, as the
archive mailbox, the reconciler of uncertain messages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import DateHeader
from email.message import EmailMessage, MIMEPart
from email.parser import BytesHeaderParser
from email.policy import default
from pathlib import Path

from django.conf import settings

from partnership.mail.archive import Archived
from partnership.mail.composing import OCCASION
from partnership.mail.jobs import Evidence

FILE_NAME = re.compile(r"\d{1,16}-[0-9a-f]{8}\.eml")
SAFE_TYPES = {"application/pdf", "image/png", "image/jpeg", "text/plain", "text/csv", "text/calendar"}


@dataclass(frozen=True)
class Heading:
    """What the list shows of one message."""

    name: str
    sender: str
    to: str
    subject: str
    at: datetime


@dataclass(frozen=True)
class Enclosure:
    """An attachment. `content_type` is one that a browser only ever saves or shows as it is."""

    number: int
    name: str
    content_type: str
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)


@dataclass(frozen=True)
class Letter:
    """One message, opened."""

    heading: Heading
    envelope_from: str
    envelope_to: str
    message_id: str
    text: str
    enclosures: tuple[Enclosure, ...]


def names() -> list[str]:
    """The files of the mailbox, those that came last first."""
    folder = _folder()
    found = [path.name for path in folder.iterdir() if FILE_NAME.fullmatch(path.name)] if folder.is_dir() else []
    return sorted(found, key=order, reverse=True)


def order(name: str) -> tuple[int, str]:
    """Where the file of a message stands among the others, those that came last being the greatest."""
    return int(name.partition("-")[0]), name


def envelope_to(name: str) -> str:
    """To whom a message was handed over, whatever it says itself."""
    return _words(_headers(name), "X-Practice-Envelope-To")


def beginning(name: str, most: int) -> bytes:
    """At most so many bytes of a message as it was kept."""
    with _path(name).open("rb") as file:
        return file.read(most)


def heading(name: str) -> Heading:
    """Who wrote what to whom, and when. Raises FileNotFoundError for a message that is not there."""
    return _heading(name, _headers(name))


def letter(name: str) -> Letter:
    """The whole message. Raises FileNotFoundError for a message that is not there."""
    message = message_from_bytes(_path(name).read_bytes(), policy=default)
    body = message.get_body(preferencelist=("plain",))
    return Letter(
        heading=_heading(name, message),
        envelope_from=_words(message, "X-Practice-Envelope-From"),
        envelope_to=_words(message, "X-Practice-Envelope-To"),
        message_id=_words(message, "Message-ID"),
        text=_text(body) if body else "",
        enclosures=tuple(_enclosures(message)),
    )


def find(message_id: str) -> Evidence | None:
    """The archive finder (MAIL_ARCHIVE_FINDER): where the message with this Message-ID lies, or None."""
    for name in names():
        headers = _headers(name)
        if _words(headers, "Message-ID") == message_id:
            return Evidence(f"Found in the local mailbox as {name}, delivered to {_words(headers, 'To')}.")
    return None


def after(moment: datetime) -> Iterator[Archived]:
    """Everything that lies in it: files bear the machine’s time and the practice clock is another, so no moment divides them."""
    for name in names():
        headers = _headers(name)
        yield Archived(
            message_id=_words(headers, "Message-ID"),
            occasion=_words(headers, OCCASION),
            to=_words(headers, "To"),
            subject=_words(headers, "Subject"),
            at=_heading(name, headers).at,
            where=f"It lies in the local mailbox as {name}.",
        )


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "mailbox"


def _path(name: str) -> Path:
    if not FILE_NAME.fullmatch(name):  # the name comes from an address, and must never lead out of the folder
        raise FileNotFoundError(name)
    return _folder() / name


def _headers(name: str) -> EmailMessage:
    with _path(name).open("rb") as file:
        return BytesHeaderParser(policy=default).parse(file)


def _heading(name: str, message: EmailMessage) -> Heading:
    date = message["Date"]
    at = date.datetime if isinstance(date, DateHeader) else None
    arrived = datetime.fromtimestamp(int(name.partition("-")[0]) / 1000, UTC)
    return Heading(
        name=name,
        sender=_words(message, "From"),
        to=_words(message, "To"),
        subject=_words(message, "Subject"),
        at=at if at and at.tzinfo else arrived,  # the date by the practice clock, when the message has one
    )


def _words(message: EmailMessage, header: str) -> str:
    return str(message.get(header, "")).strip()


def _text(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, KeyError):  # a character set that does not exist
        return bytes(part.get_payload(decode=True) or b"").decode("utf-8", "replace")


def _enclosures(message: EmailMessage) -> Iterator[Enclosure]:
    for number, part in enumerate(message.iter_attachments(), start=1):
        kind = part.get_content_type()
        payload = part.get_payload(decode=True)
        yield Enclosure(
            number=number,
            name=part.get_filename() or f"attachment-{number}",
            content_type=kind if kind in SAFE_TYPES else "application/octet-stream",
            data=payload if isinstance(payload, bytes) else part.as_bytes(),
        )
