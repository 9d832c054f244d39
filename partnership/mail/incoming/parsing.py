"""What an incoming message is. Anybody may have written it: nothing in it is believed, and nothing in it can raise.

Headers are read as the bytes that they are, with lengths that are limited: the richer reading of the standard library
raises for some of what is sent, and takes long for some of what is made on purpose.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import parsedate_to_datetime

from django.conf import settings

from partnership.mail.incoming.plain import of_html
from partnership.mail.workflow import Sort
from partnership.web import characters

logger = logging.getLogger(__name__)

MOST_OF_A_HEADER = 8_000
MOST_TEXT = 50_000  # characters that are looked at; far fewer are shown
DEEPEST, MOST_PARTS = 10, 100
LONGEST_NAME = 120

# No address of ours is longer than 64 characters before the @ (settings/post.py), and few others are.
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
MESSAGE_ID = re.compile(r"<[!-;=?A-~]{1,150}@[!-;=?A-~]{1,150}>")  # printable, without < > @
STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To", "X-Practice-Envelope-To")
AUTOMATIC_SUBJECT = re.compile(r"(automatic reply|auto-?reply|out of (the )?office|autoreply|away from)", re.IGNORECASE)
ACTIONS = {
    "failed": Sort.BOUNCED,
    "delayed": Sort.DELAYED,
    "delivered": Sort.DELIVERED,
    "relayed": Sort.RELAYED,
    "expanded": Sort.RELAYED,
}
CLASSES = {"5": Sort.BOUNCED, "4": Sort.DELAYED, "2": Sort.DELIVERED}
# Where a report tells of several recipients, the worst counts. Ours have one, and the archive beside it.
WORST_FIRST = (Sort.BOUNCED, Sort.UNCLEAR, Sort.DELAYED, Sort.RELAYED, Sort.DELIVERED)


@dataclass(frozen=True)
class Enclosure:
    """Something that came with a message, to be saved and never opened here."""

    number: int
    name: str
    data: bytes

    @property
    def size(self) -> int:
        return len(self.data)


@dataclass(frozen=True)
class Parsed:
    """What was made of a message. All text is without characters that nobody sees; `text` is plain, whatever came."""

    message_id: str = ""
    sender: str = ""
    subject: str = ""
    dated_at: datetime | None = None
    addressed_to: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    sort: Sort = Sort.UNCLEAR
    code: str = ""
    said: str = ""
    text: str = ""
    enclosures: tuple[Enclosure, ...] = field(default=(), repr=False)


def parse(raw: bytes) -> Parsed:
    """Take a message apart. Whatever cannot be read is left empty; what it is, is then unclear. Never raises."""
    try:
        return _parse(message_from_bytes(raw, policy=compat32))
    except Exception as error:  # what breaks the standard library is nobody's to find out by sending it
        logger.warning("An incoming message could not be taken apart: %s.", type(error).__name__)
        return Parsed()


def _parse(message: "Message[str, str]") -> Parsed:
    parts = list(_leaves(message))[:MOST_PARTS]
    told = _told(message, parts)
    body = _body(parts)
    text = characters.without(_text(body))[:MOST_TEXT].strip() if body is not None else ""
    sender, subject = _line(message, "From", 254), _line(message, "Subject", 250)
    sort, code, said = told or (_sort(message, sender, subject, text), "", "")
    return Parsed(
        message_id=next(iter(MESSAGE_ID.findall(_raw(message, "Message-ID"))), ""),
        sender=sender,
        subject=subject,
        dated_at=_date(message),
        addressed_to=_addresses(message),
        refers_to=_references(message, parts),
        sort=sort,
        code=code,
        said=said,
        text=text,
        enclosures=tuple(_enclosures(parts, body)),
    )


def _leaves(message: "Message[str, str]", depth: int = 0) -> Iterator["Message[str, str]"]:
    """The parts that are no boxes of parts. A message inside the message is one of them, and is not opened."""
    inside = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(inside, list) and depth < DEEPEST:
        for part in inside:
            if isinstance(part, Message):
                yield from _leaves(part, depth + 1)
    else:
        yield message


def _told(message: "Message[str, str]", parts: list["Message[str, str]"]) -> tuple[Sort, str, str] | None:
    """What a report of delivery says (RFC 3464): its sort, status and reason. None for anything that is no report."""
    if message.get_content_type() != "multipart/report":
        return None
    report = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    if report is None:
        return None
    inside = report.get_payload()
    blocks = [block for block in inside if isinstance(block, Message)][:MOST_PARTS] if isinstance(inside, list) else []
    found = [_of_block(block) for block in blocks if ("Action" in block or "Status" in block) and not _is_copy(block)]
    return min(found, key=lambda told: WORST_FIRST.index(told[0])) if found else (Sort.UNCLEAR, "", "")


def _is_copy(block: "Message[str, str]") -> bool:
    """What becomes of the copy in our own archive says nothing of the recipient."""
    told = f"{_line(block, 'Final-Recipient', 300)} {_line(block, 'Original-Recipient', 300)}".lower()
    return bool(settings.MAIL_ARCHIVE_ADDRESS) and settings.MAIL_ARCHIVE_ADDRESS.lower() in told


def _of_block(block: "Message[str, str]") -> tuple[Sort, str, str]:
    action = _line(block, "Action", 20).lower()
    code = next(iter(STATUS.findall(_line(block, "Status", 60))), "")
    sort = ACTIONS.get(action) or CLASSES.get(code[:1], Sort.UNCLEAR)
    if sort in (Sort.BOUNCED, Sort.DELAYED) and code.startswith("2"):
        sort = Sort.UNCLEAR  # it contradicts itself
    return sort, code, _line(block, "Diagnostic-Code", 500)


def _sort(message: "Message[str, str]", sender: str, subject: str, text: str) -> Sort:
    """Of what is no report: an automatic answer (RFC 3834), a reply of somebody, or neither."""
    submitted = _line(message, "Auto-Submitted", 60).lower().partition(";")[0].strip()
    if submitted not in {"", "no"} or any(name in message for name in ("X-Autoreply", "X-Autorespond")):
        return Sort.AUTOMATIC
    is_list = _line(message, "Precedence", 20).lower() in {"auto_reply", "bulk", "junk", "list"}
    if is_list or AUTOMATIC_SUBJECT.match(subject) or message.get_content_type() == "multipart/report":
        return Sort.AUTOMATIC
    is_nobody = _raw(message, "Return-Path").strip() == "<>" or "mailer-daemon@" in sender.lower()
    return Sort.UNCLEAR if is_nobody or not sender or not text else Sort.REPLY


def _raw(message: "Message[str, str]", name: str) -> str:
    return str(message.get(name, ""))[:MOST_OF_A_HEADER]


def _line(message: "Message[str, str]", name: str, most: int) -> str:
    """A header as one line, decoded where it can be."""
    value = _raw(message, name)
    try:
        value = str(make_header(decode_header(value)))
    except Exception:  # an encoding that does not exist, or is broken: then as it stands
        value = value.encode("ascii", "replace").decode()
    return characters.in_one_line(value)[:most].strip()


def _date(message: "Message[str, str]") -> datetime | None:
    try:
        found = parsedate_to_datetime(_raw(message, "Date")[:200])
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _addresses(message: "Message[str, str]") -> tuple[str, ...]:
    """Every address that it came to, in small letters."""
    values = (str(value)[:MOST_OF_A_HEADER] for name in ADDRESSED for value in message.get_all(name, [])[:20])
    return tuple(dict.fromkeys(found.lower() for value in values for found in ADDRESS.findall(value)))


def _references(message: "Message[str, str]", parts: list["Message[str, str]"]) -> tuple[str, ...]:
    """The Message-IDs that it refers to: in its headers, and of the message that a report encloses."""
    values = [_raw(message, "In-Reply-To"), _raw(message, "References")]
    for part in parts if message.get_content_type() == "multipart/report" else []:
        inside = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(inside, list) and isinstance(inside[0], Message):
            values.append(_raw(inside[0], "Message-ID"))
        elif part.get_content_type() == "text/rfc822-headers":
            values.append(_raw(message_from_bytes(_bytes(part), policy=compat32), "Message-ID"))
    return tuple(dict.fromkeys(found for value in values for found in MESSAGE_ID.findall(value)))


def _body(parts: list["Message[str, str]"]) -> "Message[str, str] | None":
    """The part to be read: the first plain one that is no file, or else the first of HTML."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and not _name(part):
                return part
    return None


def _text(part: "Message[str, str]") -> str:
    data = _bytes(part)[: MOST_TEXT * 4]
    try:
        text = data.decode(part.get_content_charset() or "utf-8", "replace")[:MOST_TEXT]
    except Exception:  # a character set that does not exist, or is none
        text = data.decode("utf-8", "replace")[:MOST_TEXT]
    try:
        return of_html(text) if part.get_content_type() == "text/html" else text
    except Exception:  # what the standard library's reader of HTML cannot read is not shown
        return ""


def _bytes(part: "Message[str, str]") -> bytes:
    """What a part holds; of a message inside the message, that message."""
    try:
        inside = part.get_payload(decode=True)
        if isinstance(inside, bytes):
            return inside
        return part.as_bytes()
    except Exception:  # a part that cannot be decoded is shown as empty
        return b""


def _name(part: "Message[str, str]") -> str:
    """The name of a file, without anything that could lead elsewhere; empty for a part that is none."""
    try:
        name = part.get_filename() or ""
    except Exception:
        name = "attachment"
    disposition = str(part.get("Content-Disposition", ""))[:100].strip().lower()
    name = characters.in_one_line(re.sub(r"[/\\]", "-", name))[-LONGEST_NAME:].lstrip(".- ")
    return name or ("attachment" if disposition.startswith("attachment") else "")


def _enclosures(parts: list["Message[str, str]"], body: "Message[str, str] | None") -> Iterator[Enclosure]:
    """Every part that is neither the text to be read nor that text once more."""
    number = 0
    for part in parts:
        name = _name(part)
        if part is body or (not name and part.get_content_maintype() == "text"):
            continue
        number += 1
        kind = part.get_content_type()
        yield Enclosure(
            number, name or ("message.eml" if kind == "message/rfc822" else f"attachment-{number}"), _bytes(part)
        )
