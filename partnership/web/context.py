"""What every template knows: the service's name, and the practice area with its date."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest

from partnership import clock


@dataclass(frozen=True)
class Practice:
    """The practice area as the banner shows it."""

    today: date


def service(request: HttpRequest | None) -> dict[str, object]:
    """Gives service_name, and practice (None outside the practice area)."""
    return {
        "service_name": settings.SERVICE_NAME,
        "practice": Practice(clock.today()) if settings.PRACTICE else None,
    }
