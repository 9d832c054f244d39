"""Counting wrong passwords so that nobody can guess, and nobody can lock the owner out by guessing.

Allauth counts (settings ACCOUNT_RATE_LIMITS) by a key: the account together with the device. One that has signed in to it
before carries a signed cookie and is counted by itself; all others share one count. So a stranger's guesses close the
door to strangers alone, and a passkey or a new password opens it to them as well.

Whoever tries one password on many accounts is met by a second count: of the wrong tries from one network address. Many
people may sit behind one, so it keeps nobody out: it makes the answers to strangers slow, and one at a time.
"""

import logging
import secrets
import threading
import time
from datetime import timedelta

from allauth.core import ratelimit
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
AT_ADDRESS = "login_failed_at_address"
SLOWLY = timedelta(seconds=2)

log = logging.getLogger("partnership.access")
_one_at_a_time = threading.Lock()  # in this process: its other threads go on answering


def key(request: HttpRequest, login: str) -> str:
    """Under what a try with this address is counted. The same for an address that nobody has."""
    return f"{login}:{_known(request).get(_name(login), STRANGER)}"


def is_stranger(request: HttpRequest, login: str) -> bool:
    """Whether nobody has signed in to this account on this device before. True of an address that nobody has."""
    return _name(login) not in _known(request)


def note_failure(request: HttpRequest, login: str) -> None:
    """Count a stranger's wrong password against the network address that it came from."""
    if is_stranger(request, login):
        ratelimit.consume(request, action=AT_ADDRESS)


def slow_down(request: HttpRequest, login: str) -> bool:
    """Let a stranger wait where many wrong passwords came from the same network address; otherwise return at once.

    False when somebody waits already: then this one is told to send it again.
    """
    if not is_stranger(request, login) or ratelimit.consume(request, action=AT_ADDRESS, dry_run=True):
        return True
    if not _one_at_a_time.acquire(blocking=False):
        return False
    try:
        log.warning("many wrong passwords from one network address: its answers are slow")
        pause()
    finally:
        _one_at_a_time.release()
    return True


def pause() -> None:
    """Tests put another in its place."""
    time.sleep(SLOWLY.total_seconds())


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
