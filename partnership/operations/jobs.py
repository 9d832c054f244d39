"""Everything that is due, in its order: at once by `run_due`, or as beat's minute by `tick`."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection

from partnership import clock
from partnership.accounts import jobs as accounts
from partnership.areas import jobs as areas
from partnership.briefings import jobs as briefings
from partnership.contributions import jobs as contributions
from partnership.dashboard import digest
from partnership.deadlines import jobs as deadlines
from partnership.documents import jobs as documents
from partnership.documents import release_jobs as releases
from partnership.drafting import jobs as drafting
from partnership.evidence import daily
from partnership.evidence import jobs as evidence
from partnership.living import jobs as living
from partnership.mail import jobs as mail
from partnership.mail.incoming import keeping as mailbox
from partnership.operations import alarms, beating, watch
from partnership.operations.beating import Run
from partnership.operations.watch import TICK
from partnership.submissions import jobs as submissions
from reports import jobs as reports

log = logging.getLogger(__name__)

FAILED = -1
# Any number will do that nobody else in this database uses.
LOCK = 7_214_001

Step = tuple[str, Callable[[date], int]]


def _deliver(today: date) -> int:
    """A run of the outbox ends after 50 messages; what is due may be more."""
    total = 0
    while accepted := mail.deliver_due():
        total += accepted
    return total


# The rows alone. PDFs, messages and public pages have queues of their own, so that a slow one never holds up a date.
SWEEP: tuple[Step, ...] = (
    ("duties_opened", lambda today: deadlines.open_duties(today=today)),
    ("documents_released", lambda today: releases.release_due()),
    ("messages_freed", lambda today: mail.free_stuck()),
    ("facts_recorded", lambda today: reports.follow_submissions()),
    ("duties_followed", lambda today: deadlines.follow(today=today)),
    ("duties_missing", lambda today: deadlines.alarm(today=today)),
    ("reminders_queued", lambda today: deadlines.remind(today=today)),
    ("digests_queued", lambda today: digest.send_due()),
    ("sections_reminded", lambda today: drafting.remind(today=today)),
    ("briefings_made", lambda today: briefings.brief(today=today)),
    ("contributions_reminded", lambda today: contributions.remind(today=today)),
    ("duties_passed_on", lambda today: deadlines.pass_on(today=today)),
    ("vacancies_changed", lambda today: areas.find_vacancies(today=today)),
    ("published_facts_compared", lambda today: living.compare_due(today=today)),
    ("access_reviews_opened", lambda today: areas.open_access_reviews(today=today)),
    ("sign_in_checks_asked", lambda today: areas.ask_who_can_sign_in(today=today)),
    ("sign_in_checks_confirmed", lambda today: areas.confirm_sign_ins(today=today)),
    ("kept_posts_deleted", lambda today: accounts.delete_kept_posts()),
    ("password_asks_answered", lambda today: accounts.answer_password_asks()),
    ("lists_forgotten", lambda today: areas.forget_lists()),
    # Last: a mailbox outside that answers slowly holds up nothing here.
    ("messages_reconciled", lambda today: mail.reconcile_uncertain()),
    ("messages_read", lambda today: mailbox.read_mailbox()),
    ("answers_filed", lambda today: submissions.file_incoming()),
)
EVERYTHING: tuple[Step, ...] = (
    SWEEP[0],
    ("pdfs_made", lambda today: documents.render_missing()),
    ("messages_sent", _deliver),
    *SWEEP[1:],
    ("messages_sent", _deliver),
    ("public_pages_fetched", lambda today: evidence.fetch_due()),
    ("daily_lists_made", lambda today: daily.make_due()),
)


def run_due(*, today: date | None = None) -> dict[str, int]:
    """Do everything that is due now, in this process. Returns how much of each was done; FAILED where a step failed.

    One failure is logged and does not stop the rest. Safe to run at any time, any number of times.
    """
    return _run(EVERYTHING, today or clock.today())


def sweep() -> dict[str, int]:
    """Beat's minute without PDFs and mail. Empty when another worker is at it: two beats do nothing twice."""
    with _alone() as alone:
        if not alone:
            return {}
        before = beating.begin(TICK)
        if before and clock.real() - before > watch.JOBS[TICK].limit:
            # Nobody was there to answer what was asked for then, and the queues have not had their chance yet.
            beating.ask(watch.ASKED, anew=True)
        return _run(SWEEP, clock.today())


def _run(steps: tuple[Step, ...], today: date) -> dict[str, int]:
    """Do these steps, write all their heartbeats in one statement, and see whether anything is alarming."""
    began_at = clock.real()
    runs = [_step(name, step, today) for name, step in steps]
    done: dict[str, int] = {}
    for run in runs:
        count = FAILED if run.failure else run.count
        before = done.get(run.name, 0)
        done[run.name] = FAILED if FAILED in (count, before) else before + count
    note = ", ".join(f"{name} {count}" for name, count in done.items() if count)
    total = sum(run.count for run in runs)
    beating.write([*runs, Run(TICK, began_at, clock.real(), total, note=note)])
    try:
        alarms.look()
    except Exception:
        # What is due was done; an alarm that cannot be rung must not make the sweep look as if it had failed.
        log.exception("alarms_failed")
    return done


def _step(name: str, step: Callable[[date], int], today: date) -> Run:
    began_at = clock.real()
    try:
        return Run(name, began_at, clock.real(), step(today))
    except Exception as error:
        # The next step may still do its duty; this one is tried again at the next sweep.
        log.exception("job_failed step=%s", name)
        return Run(name, began_at, clock.real(), failure=beating.class_of(error))


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else sweeps now. The lock belongs to the connection, so a killed worker cannot keep it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        (taken,) = cursor.fetchone()
    try:
        yield taken
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
