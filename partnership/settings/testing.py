"""The embedded settings, made quick: a fast hasher and unhashed static files. The database and the broker stay real."""

from partnership.settings.embedded import *  # noqa: F403
from partnership.settings.embedded import MIDDLEWARE, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
MFA_RATE_LIMITS = False  # type: ignore[assignment]
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # nothing has been gathered for it
