"""Secrets that are stored encrypted. Keys come from SECRET_KEY; SECRET_KEY_FALLBACKS still open what was stored before."""

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def keys(purpose: str) -> MultiFernet:
    """Seals with the key of today and opens with it and the earlier ones. Each purpose has keys of its own."""
    return MultiFernet([_key(str(secret), purpose) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str, purpose: str) -> Fernet:
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode())
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret.encode())))
