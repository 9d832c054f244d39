"""Ringing and ending alarms: once for each job while it is in trouble, and one mail an hour at the most for the same job.

The sweep cannot report its own death, so this is asked by the sweep, by each look at `/readyz`, and by the command `watch`.
"""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from partnership import clock
from partnership.accounts import selectors as accounts
from partnership.mail import holding
from partnership.operations import letters, promises, selectors, watch
from partnership.operations.models import Alarm, Trouble
from partnership.operations.watch import Finding, State

log = logging.getLogger(__name__)

AT_MOST_EACH = timedelta(hours=1)


def standing(*, with_rows: bool = True) -> list[Finding]:
    """How everything stands at this moment. Without `with_rows` only the signs of life are read, and no row that waits."""
    rows = promises.waiting(clock.now()) if with_rows else []
    if with_rows and holding.open_hold():
        # The page and readyz tell of the hold; what waits because of it is no trouble of its own.
        rows = [row for row in rows if row.name not in promises.HELD]
    return watch.findings(selectors.beats(), clock.real(), rows)


def look(*, with_rows: bool = True) -> list[Finding]:
    """See how everything stands, ring and end alarms, and return the findings.

    What was not read stays as it was. Safe to call at any time, by any number of processes.
    """
    found = standing(with_rows=with_rows)
    ring(found)
    return found


def ring(found: Iterable[Finding]) -> None:
    """Begin an alarm for each job that is in trouble and has none, end those of jobs that are well, and write the mails."""
    now = clock.real()
    open_ones = {alarm.job: alarm for alarm in selectors.open_alarms()}
    known = {finding.name: finding for finding in found}
    for name, alarm in open_ones.items():
        # What is not watched any more, because a later edition of the service has no such job, cannot become well.
        if name not in watch.TITLES or (name in known and known[name].state == State.WELL):
            _end(alarm, now)
    for finding in known.values():
        trouble = finding.trouble
        if trouble is None:
            continue
        rings = open_ones.get(finding.name) or _begin(finding, trouble, now)
        if rings is not None and rings.told_at is None:
            _tell(rings, finding, now)


def _begin(finding: Finding, trouble: Trouble, now: datetime) -> Alarm | None:
    """None when another process saw it in the same instant."""
    try:
        with transaction.atomic():
            since = finding.since or now
            alarm = Alarm.objects.create(job=finding.name, trouble=trouble, since=since, began_at=now)
    except IntegrityError:
        return None
    log.error("alarm_began job=%s trouble=%s", alarm.job, alarm.trouble)
    return alarm


def _end(alarm: Alarm, now: datetime) -> None:
    still_open = Alarm.objects.filter(pk=alarm.pk, ended_at=None)
    if still_open.update(ended_at=max(now, alarm.began_at)):
        log.warning("alarm_ended job=%s", alarm.job)


@transaction.atomic
def _tell(alarm: Alarm, finding: Finding, now: datetime) -> None:
    """Write to every operator, unless another process does, or they were written to about this job within the hour."""
    mine = Alarm.objects.select_for_update(skip_locked=True).filter(pk=alarm.pk, told_at=None, ended_at=None)
    if mine.first() is None or Alarm.objects.filter(job=alarm.job, told_at__gt=now - AT_MOST_EACH).exists():
        return
    operators = list(accounts.operators_in_force(clock.today()))
    for operator in operators:
        letters.alarm(alarm, finding, to=operator.person)
    if operators:
        Alarm.objects.filter(pk=alarm.pk).update(told_at=now)
