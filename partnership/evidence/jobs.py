"""What the clock does with public pages: it fetches each that is due, and keeps what it found."""

import logging
import time

from django.db import IntegrityError, transaction

from partnership import clock
from partnership.audit.events import Event
from partnership.documents import workflow
from partnership.documents.models import Version
from partnership.evidence import fetching, selectors
from partnership.evidence.models import LONGEST_FAILURE, PublicFetch
from partnership.files import services as files

log = logging.getLogger(__name__)

RUN_SECONDS = 60  # a task may run for two minutes, and what is left is done in the next


def fetch_due() -> int:
    """Fetch every public page that is due. Safe to run at any time, any number of times. Returns how many answered well.

    No transaction is open while another machine is asked.
    """
    fetched, stop_at = 0, time.monotonic() + RUN_SECONDS
    for version in selectors.due(clock.now()):
        if time.monotonic() > stop_at:
            break
        try:
            fetched += fetch(version)
        except Exception:
            # One page that cannot be kept must not keep the others waiting; it is tried again at the next sweep.
            log.exception("public_page_not_kept version=%s", version.pk)
    return fetched


def fetch(version: Version) -> bool:
    """Try once to fetch the public page of a version. False without a good answer, or when another worker was quicker."""
    before = version.public_fetches.order_by("-number").first()
    number = before.number + 1 if before else 1
    address, expected = selectors.page_of(version)
    answer = fetching.fetch(address, expected=expected)
    try:
        with transaction.atomic():
            row = _kept(version, number, address, answer)
            _note(row, is_news=before is None or before.ok)
    except IntegrityError:
        return False
    return row.ok


def _kept(version: Version, number: int, address: str, answer: fetching.Answer) -> PublicFetch:
    body = None if answer.failure else files.put(answer.body, "text/html")
    return PublicFetch.objects.create(
        version=version,
        number=number,
        address=address,
        led_to=answer.led_to,
        fetched_at=clock.now(),
        status=answer.status,
        headers=[list(pair) for pair in answer.headers],
        body=body,
        ok=not answer.failure,
        failure=answer.failure[:LONGEST_FAILURE],
    )


def _note(row: PublicFetch, *, is_news: bool) -> None:
    """On record goes what was fetched, and of tries in vain the first: the others stand in their rows."""
    if row.ok and row.body:
        workflow.note(Event.PUBLIC_PAGE_FETCHED, row.version, by=None, sha256=row.body.sha256, status=row.status)
    elif is_news:
        workflow.note(Event.PUBLIC_PAGE_NOT_FETCHED, row.version, by=None, why=row.failure)
