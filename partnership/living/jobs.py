"""What the clock does: it holds every live text against the records, each day and after each change of them."""

import logging
from datetime import date

from django.db import transaction

from partnership import clock
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import selectors as documents
from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.living import selectors
from partnership.living.models import Comparison, StaleFlag

log = logging.getLogger(__name__)


def compare_due(*, today: date) -> int:
    """Compare what is due, and close the flags of texts that were replaced. Returns how many flags were set or closed.

    Safe to run at any time, any number of times: without a change of the records nothing is written but the moment.
    """
    done = 0
    for version in selectors.due(today):
        try:
            done += compare(version, today=today)
        except Exception:
            # One text that cannot be compared must not keep the others waiting; it is tried again at the next sweep.
            log.exception("comparison_failed version=%s", version.pk)
    for flag in StaleFlag.objects.filter(closed_at=None).exclude(version__status=Status.PUBLISHED):
        with transaction.atomic():
            done += _close(flag)
    return done


@transaction.atomic
def compare(version: Version, *, today: date) -> int:
    """Hold one published text against the records: flag what differs, close what agrees again."""
    version = documents.lock(version)
    if version.status != Status.PUBLISHED:
        return 0
    moment = clock.now()
    found = {row.fact: row for row in selectors.differences(version, today)}
    known = {flag.fact: flag for flag in selectors.open_flags(version)}
    done = sum(_close(flag) for name, flag in known.items() if name not in found)
    for name, row in found.items():
        done += _renew(known[name], row) if name in known else _flag(version, row)
    Comparison.objects.update_or_create(version=version, defaults={"compared_at": moment})
    return done


def _flag(version: Version, row: selectors.Difference) -> int:
    flag = StaleFlag.objects.create(
        version=version,
        fact=row.fact,
        title=row.title,
        frozen_value=row.frozen_value,
        value_now=row.value_now,
        since=row.since,
        kind=row.kind,
    )
    _note(Event.DOCUMENT_FLAGGED, flag, since=f"{row.since:%-d %B %Y}", kind=row.kind.value)
    return 1


def _renew(flag: StaleFlag, row: selectors.Difference) -> int:
    """The records changed once more since the flag was set."""
    if (flag.value_now, flag.kind) == (row.value_now, row.kind):
        return 0
    flag.value_now, flag.kind, flag.since = row.value_now, row.kind, row.since
    flag.save(update_fields=["value_now", "kind", "since"])
    _note(Event.DOCUMENT_FLAGGED, flag, since=f"{row.since:%-d %B %Y}", kind=row.kind.value)
    return 1


def _close(flag: StaleFlag) -> int:
    if not StaleFlag.objects.filter(pk=flag.pk, closed_at=None).update(closed_at=clock.now()):
        return 0
    _note(Event.FLAG_CLOSED, flag)
    return 1


def _note(event: Event, flag: StaleFlag, **data: str) -> None:
    document = flag.version.document
    audit.record(
        event,
        area_slug=document.area.slug,
        target=flag,
        subject=document.subject,
        data={"title": document.title, "fact": flag.title, **data},
    )
