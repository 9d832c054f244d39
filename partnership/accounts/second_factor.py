"""The second factor: secrets are stored encrypted, the square to scan is drawn in the page. Set as MFA_ADAPTER."""

import base64
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Keys come from SECRET_KEY; SECRET_KEY_FALLBACKS still open what was stored before a change."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is wrong or too old. Enter the code that your app shows now.",
    }

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
