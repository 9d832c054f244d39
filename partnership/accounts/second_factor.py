"""The second factor: a code from an app, or a passkey. Recovery codes stand in for one and are none.

Secrets are stored encrypted, the square to scan is drawn in the page. Set as MFA_ADAPTER.
"""

from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from partnership.accounts import sealing
from partnership.accounts.models import User

PURPOSE = "partnership.accounts.second_factor"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
LAST = "This is your only second factor, and nobody is without one. Set up another first, then remove this one."


def kinds_of(user: User) -> set[str]:
    """The kinds of second factor that somebody has: "totp", "webauthn"."""
    return set(Authenticator.objects.filter(user=user, type__in=FACTORS).values_list("type", flat=True))


def factors_of(user: User) -> int:
    """How many second factors somebody has: each passkey counts."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).count()


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Allauth's, with our sealing, our words and a square without a file's head."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is wrong or too old, or was used before. Enter the one that your app shows now.",
        "cannot_delete_authenticator": LAST,
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return factors_of(authenticator.user) > 1

    def generate_authenticator_name(self, user: User, type: str) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the public host name whatever name the service is asked under; on this machine, to localhost."""
        asked = context.request.get_host().partition(":")[0]
        known = asked if asked == "localhost" else urlsplit(settings.PUBLIC_ADDRESS).hostname
        return {"id": known or asked, "name": settings.SERVICE_NAME}

    def build_totp_svg(self, url: str) -> str:
        """Without the declaration of an XML file, so that it can stand in a page: no image from a data: address."""
        drawn = str(super().build_totp_svg(url))
        return drawn[drawn.index("<svg") :]

    def encrypt(self, text: str) -> str:
        return sealing.keys(PURPOSE).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.keys(PURPOSE).decrypt(encrypted_text.encode()).decode()
