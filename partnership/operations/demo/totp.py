"""A second factor for each practice person, so that signing in with one can be tried, and what their apps would show."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from partnership.accounts.models import User
from partnership.operations.demo.people import PEOPLE


def give_missing() -> None:
    """Set up an authenticator with the known secret for every practice person who has none. They may have others."""
    secrets = {person.email: person.totp_secret for person in PEOPLE}
    missing = User.objects.filter(email__in=secrets).exclude(authenticator__type=Authenticator.Type.TOTP)
    for user in missing:
        totp.TOTP.activate(user, secrets[user.email])


def code_now(secret: str) -> str:
    """The code that an app with this secret shows at this moment, by the real clock."""
    counters = list(totp.yield_hotp_counters_from_time())  # those before and after count as well; this one is between
    return totp.format_hotp_value(totp.hotp_value(secret, counters[len(counters) // 2]))
