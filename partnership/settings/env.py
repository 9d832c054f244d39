"""Typed readers of the environment. Each accepts NAME, or NAME_FILE naming a file that holds the value (a mounted secret)."""

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

_REQUIRED = object()


def text(name: str, default: str | object = _REQUIRED) -> str:
    """The value of NAME, or of the file that NAME_FILE names. Without a default, a missing one stops the start."""
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names a file that cannot be read: {error.strerror}.") from error
    value = os.environ.get(name) or default
    if value is _REQUIRED:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see .env.example).")
    return str(value)


def flag(name: str, default: bool) -> bool:
    """True for 1, true, yes, on; False for 0, false, no, off; anything else stops the start."""
    value = text(name, "yes" if default else "no").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not '{value}'.")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not '{value}'.") from error


def words(name: str, default: str | object = _REQUIRED) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str, default: str | object = _REQUIRED) -> dict[str, Any]:
    """A PostgreSQL address as Django wants it; sockets as postgresql://user@/name?host=/folder."""
    url = text(name, default)
    if not url.startswith(("postgres://", "postgresql://")):
        raise ImproperlyConfigured(f"{name} must be a postgresql:// address; there is no second database.")
    settings = Env.db_url_config(url)
    settings["ENGINE"] = "django.db.backends.postgresql"
    if host := settings.get("OPTIONS", {}).pop("host", None):
        settings["HOST"] = host
    return dict(settings)
