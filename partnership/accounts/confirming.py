"""Whether somebody has shown lately, with their second factor, that it is them; and asking for it before a weighty act.

Read from allauth's record of how this session was authenticated. A password is no confirmation; a code from an app, a
passkey and a recovery code are. What was typed meanwhile is kept (partnership.accounts.keeping).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from django.contrib import messages
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from partnership import clock
from partnership.accounts import keeping, second_factor, sessions
from partnership.accounts.models import User
from partnership.accounts.requests import Request

LATELY = timedelta(minutes=10)
# What allauth calls the ways that count. A way added later, such as signing in through an organisation, is named here.
COUNTS = {"mfa"}

KEPT = "What you sent is kept until you have confirmed that it is you."
NOT_KEPT = "What you sent was not taken and could not be kept. Go back in your browser to copy it."


WAYS = {"totp": "A code from an app", "webauthn": "A passkey", "recovery_codes": "A recovery code"}


@dataclass(frozen=True)
class Proof:
    """How somebody showed that it was them, in words, and when, by the clock of the service."""

    by: str
    at: datetime


class NotConfirmed(Exception):
    """This person may do this, once they have confirmed that it is them (accounts.middleware leads them to do so).

    `act`: what they were about to do, as it follows “to”; empty where nobody says.
    """

    def __init__(self, act: str = "") -> None:
        super().__init__(act)
        self.act = act


def has_confirmed(request: Request) -> bool:
    """Whether this session was ever opened or confirmed with a second factor."""
    return bool(_moments(request))


def recently_confirmed(request: Request) -> bool:
    """Whether this person has used their second factor in this session within the last ten minutes."""
    return any(sessions.real_now() - moment < LATELY.total_seconds() for moment in _moments(request))


def require(request: Request, act: str = "") -> None:
    """Raise NotConfirmed unless this person has just confirmed who they are; others are led to do so and come back.

    `act`: what they do, as it follows “to”, so that the page to which they come back can say that it is not done. Called
    behind the check of who may: whoever may not is asked for nothing, and nothing of theirs is kept.
    """
    if not recently_confirmed(request):
        raise NotConfirmed(act)


def proof(request: Request, act: str = "") -> Proof:
    """How this person last showed with their second factor that it is them. Raises NotConfirmed if that was not lately."""
    require(request, act)
    last = max(_records(request), key=lambda record: record["at"])
    ago = timedelta(seconds=max(0.0, sessions.real_now() - last["at"]))
    return Proof(WAYS.get(last.get("type", ""), "A second factor"), clock.now() - ago)


def ask(request: Request, act: str = "") -> HttpResponse:
    """To the page that asks for the second factor, and from there back to this one, or to what was kept and is not done."""
    back = request.get_full_path()
    if request.method == "POST":
        kept = keeping.keep(request, request.user, act)
        not_done = f"Not done yet: to {act}. " if act else ""
        messages.info(request, not_done + (KEPT if kept else NOT_KEPT))
        back = reverse("accounts:kept") if kept else keeping.way_back(request)
    return redirect(f"{address(request.user)}?{urlencode({'next': back})}")


def address(user: User) -> str:
    """The page on which this person confirms: with the passkey when they have no app."""
    has = second_factor.kinds_of(user)
    return reverse("mfa_reauthenticate_webauthn" if has == {"webauthn"} else "mfa_reauthenticate")


def note(session: SessionBase, user: User, kind: str = "totp") -> None:
    """Write into a session that its person has just used their second factor. For sessions made without the pages."""
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": kind, "at": sessions.real_now()}]
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)


def _moments(request: Request) -> list[float]:
    return [record["at"] for record in _records(request)]


def _records(request: Request) -> list[dict[str, Any]]:
    records = get_authentication_records(request, request.user)
    return [record for record in records if record.get("method") in COUNTS]
