"""What the clock does with the mailbox: it reads what is new and keeps each message once, with what was made of it."""

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from partnership import clock
from partnership.files import services as files
from partnership.mail import addresses
from partnership.mail.incoming.parsing import Parsed, parse
from partnership.mail.models import IncomingMail, MailboxMark, OutgoingMail
from partnership.mail.workflow import REPORTS, Matched, Sort
from partnership.web import faults

MOST_BYTES = 15_000_000  # of one message; of a larger one its beginning is kept
RUN_SECONDS = 30  # a mailbox that answers slowly must not hold up what else is due


def read_mailbox() -> int:
    """Keep what came since the last look, in the order in which it came. Returns how many messages were new.

    The mark moves behind a message once that is kept, so whatever breaks in between is read again and kept once. Raises
    what the mailbox raises.
    """
    if not settings.MAILBOX_READER:
        return 0
    mailbox: Any = import_module(settings.MAILBOX_READER)
    name, stop_at, new = mailbox.name(), time.monotonic() + RUN_SECONDS, 0
    before = MailboxMark.objects.filter(mailbox=name).values_list("mark", flat=True).first() or ""
    arrived = None
    for arrived in mailbox.read(before, MOST_BYTES):
        if arrived.raw is not None:
            new += keep(arrived.raw, is_cut=arrived.is_cut)
            faults.point("P11_incoming")
            _move_mark(name, arrived.mark)
        if time.monotonic() > stop_at:
            break
    if arrived is not None:
        _move_mark(name, arrived.mark)
    return new


def _move_mark(name: str, mark: str) -> None:
    MailboxMark.objects.update_or_create(mailbox=name, defaults={"mark": mark, "read_at": clock.now()})


@transaction.atomic
def keep(raw: bytes, *, is_cut: bool = False) -> bool:
    """Keep one message with the message that it answers, as far as that is known. False when it was there already.

    Of one that was cut off no report is believed: its end may say otherwise.
    """
    parsed = parse(raw)
    answered, matched = _answered(parsed)
    _, is_new = IncomingMail.objects.get_or_create(
        file=files.put(raw, "message/rfc822"),
        message_id=parsed.message_id,
        defaults={
            "sender": parsed.sender,
            "subject": parsed.subject,
            "dated_at": parsed.dated_at,
            "sort": Sort.UNCLEAR if is_cut and parsed.sort in REPORTS else parsed.sort,
            "code": parsed.code,
            "said": parsed.said,
            "is_cut": is_cut,
            "answers": answered,
            "matched": matched,
        },
    )
    return is_new


def _answered(parsed: Parsed) -> tuple[OutgoingMail | None, str]:
    """The message that this one belongs to, and how that is known. An address of its own is better than a reference."""
    ours = [address for address in parsed.addressed_to if addresses.is_one(address)]
    ways: tuple[tuple[Matched, Callable[[], QuerySet[OutgoingMail]]], ...] = (
        (Matched.RETURN_PATH, lambda: OutgoingMail.objects.filter(envelope_from__in=ours)),
        (Matched.REPLY_ADDRESS, lambda: OutgoingMail.objects.filter(reply_to__in=ours)),
        (Matched.REFERENCE, lambda: OutgoingMail.objects.filter(message_id__in=parsed.refers_to)),
    )
    for how, rows in ways:
        found = rows().order_by("-pk").first()
        if found is not None:
            return found, how.value
    return None, ""
