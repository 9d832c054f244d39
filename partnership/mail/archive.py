"""The archive: where a copy of everything that left lies, outside of the database.

MAIL_ARCHIVE names the module that reads it, with `after(moment)`: every message since then. Its own is for a mailbox over
IMAP, to which the relay delivers a copy of each message (MAIL_ARCHIVE_ADDRESS); the practice area has its local mailbox.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Archived:
    """One message that left, as its copy says. `where` finds it again."""

    message_id: str
    occasion: str
    to: str
    subject: str
    at: datetime | None
    where: str


def is_there() -> bool:
    """Whether there is an archive to compare with."""
    return bool(settings.MAIL_ARCHIVE)


def after(moment: datetime) -> Iterator[Archived]:
    """Every message that left at or after a moment, in any order. Raises what the archive raises; RuntimeError without one."""
    if not settings.MAIL_ARCHIVE:
        raise RuntimeError("No archive is set up.")
    module: Any = import_module(settings.MAIL_ARCHIVE)
    yield from module.after(moment)
