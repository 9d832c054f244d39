"""Addresses that belong to one message alone, so that whatever comes to one is known to be about it (VERP)."""

import re
import secrets

from django.conf import settings

PLACE = "{token}"
LENGTH = 16  # bytes of chance: nobody guesses it, and in hex it survives a system that changes the case of letters


def made() -> str:
    """A new address that nobody can guess; empty where the service has no mailbox for them."""
    template: str = settings.MAIL_REPLY_ADDRESS
    return template.replace(PLACE, secrets.token_hex(LENGTH))


def is_one(address: str) -> bool:
    """Whether an address has the form of those that are made here."""
    before, found, after = settings.MAIL_REPLY_ADDRESS.partition(PLACE)
    form = re.escape(before) + rf"[0-9a-f]{{{LENGTH * 2}}}" + re.escape(after)
    return bool(found) and re.fullmatch(form, address.lower()) is not None
