"""How long a session lasts: 30 minutes without a page, 12 hours at most; and how every session of a person ends.

Measured in real time: the practice clock may jump, and nobody is signed out because September was rehearsed.
"""

import time
from datetime import timedelta

from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import F
from django.http import HttpRequest

from partnership.accounts.models import User

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
WARN_BEFORE = timedelta(minutes=5)
# The session is written once a minute at most. What that takes from the half hour is given back when it is measured.
TOUCH_EVERY = timedelta(minutes=1)
BEGUN, SEEN = "begun_at", "seen_at"


def real_now() -> float:
    """Seconds of the real clock. Tests put another in its place."""
    return time.time()


def begin(session: SessionBase) -> None:
    """Start to count both limits; called when somebody has signed in."""
    session[BEGUN] = session[SEEN] = real_now()


def is_over(session: SessionBase) -> bool:
    """Whether one of the limits has been reached. A session that was never counted begins now."""
    if BEGUN not in session:
        begin(session)
    now = real_now()
    idle = now - session[SEEN] >= (IDLE + TOUCH_EVERY).total_seconds()
    return idle or now - session[BEGUN] >= ABSOLUTE.total_seconds()


def touch(session: SessionBase, *, exactly: bool = False) -> None:
    """Somebody is there. Written when a minute has passed since the last time, or `exactly` now."""
    now = real_now()
    if exactly or now - session.get(SEEN, 0) >= TOUCH_EVERY.total_seconds():
        session[SEEN] = now


def seconds_left(session: SessionBase) -> int:
    """Until the session is over whatever happens."""
    return max(0, int(session.get(BEGUN, real_now()) + ABSOLUTE.total_seconds() - real_now()))


def end_all(user: User) -> None:
    """End every session of this person, at once and wherever it is."""
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    user.refresh_from_db(fields=["session_round"])


def end_others(request: HttpRequest, user: User) -> None:
    """End every session of this person but the one that asks, if it is theirs."""
    end_all(user)
    if request.user == user:
        request.user.session_round = user.session_round
        update_session_auth_hash(request, user)
