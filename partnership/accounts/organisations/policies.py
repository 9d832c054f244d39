"""What the state allows, as sentences; and which addresses of an organisation may be asked."""

from urllib.parse import urlsplit

from django.conf import settings

from partnership.accounts.models import Organisation, OrganisationIdentity, User
from partnership.errors import NotAllowed, WrongState

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def is_safe_address(address: str) -> bool:
    """Whether it is https with a host; in the practice area also http to this machine itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if not host or parts.username is not None or parts.fragment:
        return False
    return parts.scheme == "https" or (settings.PRACTICE and parts.scheme == "http" and host in LOOPBACK)


def check_issuer(issuer: str) -> None:
    """Raises WrongState for an issuer that is not an https address (OpenID Connect Core 1.0, section 2)."""
    if not is_safe_address(issuer) or urlsplit(issuer).query:
        raise WrongState("The issuer must be an address with https:// and nothing after a question mark.")


def check_is_switched_on(organisation: Organisation) -> None:
    """Raises NotAllowed when nobody signs in through it now."""
    if not organisation.is_active:
        raise NotAllowed(
            f"Signing in through {organisation} is switched off. Sign in with your email address and password."
        )


def check_is_open(user: User) -> None:
    """Raises NotAllowed for an account that was closed."""
    if not user.is_active:
        raise NotAllowed("This account is closed. If you still hold an office, ask the business manager.")


def check_can_unbind(identity: OrganisationIdentity, *, has_other_way: bool) -> None:
    """Raises WrongState when its holder could not sign in any more."""
    if not has_other_way:
        raise WrongState(
            f"{identity.organisation} is your only way in. Set a password on “Your account” first, then remove it."
        )
