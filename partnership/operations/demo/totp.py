"""A second factor for a practice person, so that signing in with one can be tried."""

from allauth.mfa.totp.internal.auth import TOTP

from partnership.accounts.models import User


def give(user: User, secret: str | None) -> None:
    """Set up an authenticator with a known secret; without a secret, nothing."""
    if secret:
        TOTP.activate(user, secret)
