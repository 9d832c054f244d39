"""Counting wrong passwords so that nobody can guess, and nobody can lock the owner out by guessing.

Allauth counts (settings ACCOUNT_RATE_LIMITS): by the visitor's address, and by a key. The key is the account together
with the device: one that has signed in to it before carries a signed cookie and is counted by itself; all others share
one count. So a stranger's guesses close the door to strangers alone.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from partnership.accounts.models import User

COOKIE = "known_device"
SALT = "partnership.accounts.known_device"
GOOD_FOR = timedelta(days=180)
STRANGER = "stranger"
ACCOUNTS = 5  # on one device; the oldest is forgotten first


def key(request: HttpRequest, login: str) -> str:
    """Under what a try with this address is counted. The same for an address that nobody has."""
    return f"{login}:{_known(request).get(_name(login), STRANGER)}"


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let this device be known for the account that has just been opened on it."""
    name = _name(user.email)
    others = {account: device for account, device in _known(request).items() if account != name}
    known = {**dict(list(others.items())[1 - ACCOUNTS :]), name: _known(request).get(name) or secrets.token_hex(8)}
    response.set_cookie(
        COOKIE,
        signing.dumps(known, salt=SALT),
        max_age=GOOD_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _known(request: HttpRequest) -> dict[str, str]:
    """The accounts that were opened on this device, each with what the device is called for it."""
    try:
        found: dict[str, str] = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return {}
    return found


def _name(login: str) -> str:
    """The cookie can be read by whoever has the device, so it holds no address."""
    return salted_hmac(SALT, login.strip().lower()).hexdigest()[:16]
