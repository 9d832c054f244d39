"""Where replies and bounces come in. All of it may be empty: then they go to the sender's address, and are not read here."""

import re

from django.core.exceptions import ImproperlyConfigured

from partnership.settings import env

# A token of 32 letters and figures has to fit into the part before the @, which may have 64 (RFC 5321).
_FORM = re.compile(r"[a-z0-9._+=-]{0,31}\{token\}@[a-z0-9-]+(\.[a-z0-9-]+)*")


def mailbox() -> dict[str, str]:
    """The mailbox that is read over IMAP, always encrypted. Without a host nothing is read."""
    return {
        "host": env.text("IMAP_HOST", ""),
        "port": str(env.number("IMAP_PORT", 993)),
        "user": env.text("IMAP_USER", ""),
        "password": env.text("IMAP_PASSWORD", ""),
        "folder": env.text("IMAP_FOLDER", "INBOX"),
    }


def check(address: str, box: dict[str, str]) -> None:
    """Addresses of which nobody reads the mailbox, and a mailbox to which nothing comes, stop the start."""
    if bool(address) != bool(box["host"]):
        raise ImproperlyConfigured(
            "Set MAIL_REPLY_ADDRESS and IMAP_HOST, or neither: what comes to one is read in the other."
        )
    if box["host"] and not (box["user"] and box["password"]):
        raise ImproperlyConfigured("IMAP_HOST needs IMAP_USER and IMAP_PASSWORD (or IMAP_PASSWORD_FILE).")


def archive(address: str, folder: str) -> dict[str, str]:
    """Where a copy of everything goes that leaves, and where it is read: both or neither (mail/incoming/sent.py).

    Without them a restored backup can be compared with nothing, and an uncertain message is for a person to settle.
    """
    if bool(address) != bool(folder):
        raise ImproperlyConfigured(
            "Set MAIL_ARCHIVE_ADDRESS and IMAP_ARCHIVE_FOLDER, or neither: what goes to one is read in the other."
        )
    module = "partnership.mail.incoming.sent" if folder else ""
    return {"address": address, "folder": folder, "module": module, "finder": f"{module}.find" if module else ""}


def reply_address(default: str = "") -> str:
    """An address with `{token}` in it, in small letters. Anything else stops the start."""
    address = env.text("MAIL_REPLY_ADDRESS", default).lower()
    if address and not _FORM.fullmatch(address):
        raise ImproperlyConfigured(
            "MAIL_REPLY_ADDRESS must be one address with {token} before the @, such as submissions+{token}@example.org."
        )
    return address


def from_environment() -> tuple[str, dict[str, str], str, int]:
    """The reply address, the mailbox, the module that reads it, and the largest PDF that goes along with a mail, in bytes.

    As text in a mail a file is a third larger, and many systems stop at 10 MB.
    """
    box = mailbox()
    reader = "partnership.mail.incoming.imap" if box["host"] else ""
    return reply_address(), box, reader, env.number("MAIL_MOST_BYTES", 7_000_000)
