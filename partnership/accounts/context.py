"""What templates know of the session and the account of whoever looks. Nothing is asked until a template looks."""

from functools import cached_property

from django.http import HttpRequest

from partnership.accounts import second_factor, sessions


class SigningIn:
    """Seconds of the session's limits, whether an app gives the codes, and whether a second factor may be removed."""

    idle = int(sessions.IDLE.total_seconds())
    warn = int(sessions.WARN_BEFORE.total_seconds())

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def left(self) -> int:
        session = getattr(self._request, "session", None)  # an error may come before the session does
        return sessions.seconds_left(session) if session is not None else 0

    @cached_property
    def has_an_app(self) -> bool:
        return "totp" in second_factor.kinds_of(self._request.user)  # type: ignore[arg-type]

    @cached_property
    def may_remove_a_factor(self) -> bool:
        return second_factor.factors_of(self._request.user) > 1  # type: ignore[arg-type]


def signing_in(request: HttpRequest) -> dict[str, SigningIn]:
    """The context processor: `signing_in`."""
    return {"signing_in": SigningIn(request)}
