"""The second factor: a code from an app, or a passkey. Recovery codes stand in for one and are none.

Secrets are stored encrypted, the square to scan is drawn in the page. Set as MFA_ADAPTER.
"""

import base64
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from partnership.accounts.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
LAST = "This is your only second factor, and nobody is without one. Set up another first, then remove this one."


def kinds_of(user: User) -> set[str]:
    """The kinds of second factor that somebody has: "totp", "webauthn"."""
    return set(Authenticator.objects.filter(user=user, type__in=FACTORS).values_list("type", flat=True))


def factors_of(user: User) -> int:
    """How many second factors somebody has: each passkey counts."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).count()


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Keys come from SECRET_KEY; SECRET_KEY_FALLBACKS still open what was stored before a change."""

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
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()


def _keys() -> MultiFernet:
    return MultiFernet([_key(str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"partnership.accounts.second_factor")
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))
