"""What is watched, how often it should show itself, and what to do when it does not. Reading and writing are elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from partnership.operations.models import Heartbeat, Trouble
from partnership.operations.promises import PROMISED, Promise
from partnership.operations.words import in_words

TICK = "tick"
QUEUE = "queue:"
QUEUES = ("default", "mail", "pdf")
FAILING_AFTER = 3  # in a row: one lock that was not given in time is nothing that somebody must look at
MINUTE = timedelta(minutes=1)
GRACE, PATIENT = 4 * MINUTE, 14 * MINUTE  # a PDF may take minutes, and others are before it


class State(StrEnum):
    WELL = "well"
    LATE = "late"
    FAILING = "failing"
    NEVER = "never"


COUNTED = {"late": State.LATE, "failing": State.FAILING, "never_ran": State.NEVER}


@dataclass(frozen=True)
class Watched:
    """A job with its expected period and grace. `needs`: without that it cannot run, so that alone is told and mended.

    `is_asked`: the sweep asks for it through a queue, and it is late when an ask has no answer. Everything else is late
    when it has not ended for so long.
    """

    name: str
    title: str
    to_do: str
    needs: str = ""
    period: timedelta = MINUTE
    grace: timedelta = GRACE
    is_asked: bool = False

    @property
    def limit(self) -> timedelta:
        """After this it is late."""
        return self.period + self.grace


@dataclass(frozen=True)
class Finding:
    """How one job or promise stands. `since` is since when it is in trouble; `cause` the title of what has to be mended first."""

    name: str
    title: str
    state: State
    to_do: str = ""
    since: datetime | None = None
    cause: str = ""
    beat: Heartbeat | None = None
    promise: Promise | None = None

    @property
    def is_trouble(self) -> bool:
        """Whether somebody has to do something about this itself."""
        return self.state != State.WELL and not self.cause

    @property
    def trouble(self) -> Trouble | None:
        """What an alarm rings for. What never ran rings none: where nothing ran yet, nobody is to be woken."""
        rings = self.is_trouble and self.state != State.NEVER
        return Trouble(self.state.value) if rings else None

    def sentence(self, now: datetime) -> str:
        """What is wrong and what to do, such as `The sweep: late for 12 minutes. See that …`."""
        return f"{self.title}: {self.told(now)}. {self.to_do}"

    def told(self, now: datetime) -> str:
        """How it stands, in words."""
        if self.state == State.NEVER:
            return "never ran"
        if self.state == State.WELL or self.since is None:
            return self.state.value
        for_how_long = in_words(now - self.since)
        if self.state == State.LATE:
            return f"late, for {for_how_long} now"
        failures = self.beat.failures if self.beat else 0
        return f"failed {failures} times in a row ({self.beat.failure if self.beat else ''}), for {for_how_long} now"


def _step(name: str, title: str, to_do: str = "") -> Watched:
    look = f"Look for “job_failed step={name}” in the worker’s log; it is tried again each minute."
    return Watched(name, title, to_do or look, needs=TICK)


def _queue(name: str, grace: timedelta = GRACE) -> Watched:
    to_do = f"See that a worker serves the queue “{name}” and is not held up by one long task, and restart it."
    return Watched(f"{QUEUE}{name}", f"The queue “{name}”", to_do, needs=TICK, grace=grace, is_asked=True)


def _task(name: str, title: str, queue: str, grace: timedelta = GRACE) -> Watched:
    to_do = f"Look for “{name}” and what follows it in the log of the worker of the queue “{queue}”, then restart that."
    return Watched(name, title, to_do, needs=f"{QUEUE}{queue}", grace=grace, is_asked=True)


WATCHED: tuple[Watched, ...] = (
    Watched(TICK, "The sweep", "See that beat, the broker and a worker of the queue “default” run, and restart them."),
    _queue("default"),
    _queue("mail"),
    _queue("pdf", PATIENT),
    _task("messages_sent", "Sending mail", "mail"),
    _task("pdfs_made", "Making PDFs", "pdf", PATIENT),
    _task("public_pages_fetched", "Fetching public pages", "pdf", PATIENT),
    _task("daily_lists_made", "Making the lists of fingerprints", "pdf", PATIENT),
    _step(
        "messages_read",
        "Reading the mailbox",
        "Check IMAP_HOST, IMAP_USER and the password, and that the mailbox answers; the worker’s log says what it said.",
    ),
    _step("answers_filed", "Filing what came in beside its submission"),
    _step("duties_opened", "Opening duties"),
    _step("documents_released", "Publishing what was agreed for a time"),
    _step("messages_freed", "Freeing messages that are stuck"),
    _step("messages_reconciled", "Looking for uncertain messages"),
    _step("facts_recorded", "Recording facts of duties"),
    _step("duties_followed", "Holding duties against the records"),
    _step("duties_missing", "Looking for duties that are missing"),
    _step("reminders_queued", "Reminding of duties"),
    _step("digests_queued", "Making digests of notices"),
    _step("sections_reminded", "Reminding owners of sections"),
    _step("briefings_made", "Making briefings on guidance"),
    _step("contributions_reminded", "Reminding agencies of contributions"),
    _step("duties_passed_on", "Passing duties to successors"),
    _step("vacancies_changed", "Looking for vacancies"),
    _step("published_facts_compared", "Holding published facts against the records"),
    _step("access_reviews_opened", "Opening access reviews"),
    _step("sign_in_checks_asked", "Asking who can sign in"),
    _step("sign_in_checks_confirmed", "Noting who can sign in"),
    _step("kept_posts_deleted", "Deleting kept forms"),
    _step("password_asks_answered", "Answering asks for a password"),
    _step("lists_forgotten", "Forgetting lists of members"),
)
JOBS: dict[str, Watched] = {job.name: job for job in WATCHED}
ASKED: tuple[str, ...] = tuple(job.name for job in WATCHED if job.is_asked)
TITLES: dict[str, str] = {name: job.title for name, job in JOBS.items()} | {
    name: kept.title for name, kept in PROMISED.items()
}


def findings(beats: Mapping[str, Heartbeat], now: datetime, promises: Iterable[Promise] = ()) -> list[Finding]:
    """How everything that is watched stands: the jobs in the order of the table, then the promises that were read.

    `now` is of the machine's clock, as the heartbeats are. What is late or never ran because of something else names that
    as its cause.
    """
    found = {job.name: _of_job(job, beats.get(job.name), now) for job in WATCHED}
    jobs = [_with_cause(finding, JOBS[finding.name].needs, found) for finding in found.values()]
    rows = [_of_promise(promise, found[promise.kept.needs], now) for promise in promises]
    return [*jobs, *(_with_cause(finding, PROMISED[finding.name].needs, found) for finding in rows)]


def counted(found: Iterable[Finding]) -> dict[str, int]:
    """How many of these are late, failing or never ran, each by itself and not by what it needs. No names."""
    states = [finding.state for finding in found if finding.is_trouble]
    return {name: states.count(state) for name, state in COUNTED.items()}


def _of_job(job: Watched, beat: Heartbeat | None, now: datetime) -> Finding:
    if beat is None:
        return Finding(job.name, job.title, State.NEVER, job.to_do)
    state, since = State.WELL, beat.at or beat.began_at
    waits_since = _waits_since(job, beat)
    if beat.failures >= FAILING_AFTER:
        state = State.FAILING
    elif waits_since and now - waits_since > job.limit:
        state = State.LATE
    elif beat.at is None and not beat.failures:
        state = State.NEVER
    return Finding(job.name, job.title, state, job.to_do, since, beat=beat)


def _waits_since(job: Watched, beat: Heartbeat) -> datetime | None:
    ended = max(filter(None, (beat.at, beat.failed_at)), default=None)
    if not job.is_asked:
        return ended or beat.began_at
    return beat.began_at if ended is None or beat.began_at > ended else None


def _of_promise(promise: Promise, needed: Finding, now: datetime) -> Finding:
    """Late is what its job has left although it ran: after an hour without a worker, the first run has it all before it.

    While the job is in trouble itself, whatever waits too long is late because of that.
    """
    kept, oldest, state = promise.kept, now - promise.age, State.WELL
    ran_at = needed.beat.at if needed.beat else None
    had_its_chance = ran_at is not None and ran_at - oldest > kept.patience
    if promise.count and promise.age > kept.patience and (needed.state != State.WELL or had_its_chance):
        state = State.LATE
    return Finding(promise.name, kept.title, state, kept.to_do, oldest if promise.count else None, promise=promise)


def _with_cause(finding: Finding, needs: str, found: Mapping[str, Finding]) -> Finding:
    """What fails fails by itself; what is late or never ran may only be waiting for what it needs."""
    if finding.state in (State.WELL, State.FAILING):
        return finding
    cause = ""
    while needs:
        if found[needs].state != State.WELL:
            cause = found[needs].title
        needs = JOBS[needs].needs
    if not cause:
        return finding
    return replace(finding, cause=cause, to_do=f"See to “{cause}” first: this waits for it.")
