"""Whether the process is up, and whether it can do its work. Neither tells versions or addresses."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnership import clock
from partnership.mail import holding
from partnership.mail import selectors as mail
from partnership.operations import alarms, broker, selectors, watch

log = logging.getLogger(__name__)
T = TypeVar("T")


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of anything else, so that a database that is down does not restart the web."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, broker, the oldest message that still has to go, and the last beat. 503 without database or broker.

    A queue that stands still or a beat that is missing is told with its age and left to whoever watches: taking the
    web away would help neither. How many jobs are late, failing or never ran is told as numbers without names; whoever
    asks makes the alarms ring and end that the sweep cannot see to when it is dead itself.
    """
    database, reached = _works(_ask_database), _works(_ask_broker)
    jobs = (_known(_jobs) if database else None) or {}
    answer = {
        "status": "ready" if database and reached else "not ready",
        "database": "ok" if database else "down",
        "broker": "ok" if reached else "down",
        "oldest_undelivered_seconds": _known(_oldest_undelivered) if database else None,
        "last_beat_seconds": _known(_last_beat) if database else None,
        "sending_held": _known(_held) if database else None,
        **{f"jobs_{state}": jobs.get(state) for state in watch.COUNTED},
    }
    return JsonResponse(answer, status=200 if database and reached else 503)


def _ask_database() -> None:
    """One that answers and has no tables, as one that somebody is about to restore, can do no work either."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")


def _ask_broker() -> None:
    with broker.reached():
        pass


def _works(ask: Callable[[], None]) -> bool:
    try:
        ask()
    except Exception as error:
        _tell(ask, error)
        return False
    return True


def _known(ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except Exception as error:
        _tell(ask, error)
        return None


def _tell(ask: Callable[[], object], error: Exception) -> None:
    """The reason goes into the log alone: the page is open to everybody."""
    log.warning("readyz: %s failed with %s", ask.__name__, type(error).__name__)


def _oldest_undelivered() -> int:
    return int(mail.oldest_undelivered_age(clock.now()).total_seconds())


def _held() -> int:
    """1 while nothing leaves, because the database was restored."""
    return int(holding.open_hold() is not None)


def _last_beat() -> int | None:
    last: datetime | None = selectors.last_beat()
    return max(int((clock.real() - last).total_seconds()), 0) if last else None


def _jobs() -> dict[str, int]:
    return watch.counted(alarms.look(with_rows=False))
