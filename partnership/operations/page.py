"""What the operations page shows, part by part. A part is one function in PARTS; the page draws them in that order."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count

from partnership import clock
from partnership.guidance import working_days
from partnership.mail import holding
from partnership.mail.models import MailAttempt, OutgoingMail, SendingHold
from partnership.mail.workflow import Outcome, Status
from partnership.operations import alarms, broker, restored, selectors, watch
from partnership.operations.models import Alarm
from partnership.operations.watch import QUEUE, TICK, Finding, State
from partnership.operations.words import in_words
from partnership.submissions import selectors as submissions
from partnership.submissions.models import Recipient

# Dates are worked out more than a year ahead, so the next bank holidays have to be there before the last ones are over.
HOLIDAYS_AHEAD = timedelta(days=400)
A_DAY = timedelta(days=1)
WELL = ("Well", "green")
TAGS = {
    State.WELL: WELL,
    State.LATE: ("Late", "red"),
    State.FAILING: ("Failing", "red"),
    State.NEVER: ("Never ran", "grey"),
}


@dataclass(frozen=True)
class Row:
    """One line of a part: what it is, a tag with its colour, what is known of it, and what to do if it is in trouble."""

    title: str
    tag: str = ""
    colour: str = ""
    lines: tuple[str, ...] = ()
    to_do: str = ""


@dataclass(frozen=True)
class Part:
    """One part of the page: a heading, a sentence, rows, and what is said where there are none.

    `quiet` are rows of which nothing has to be known while all is well: they stand folded away below `quiet_said`.
    """

    key: str
    title: str
    said: str = ""
    rows: list[Row] = field(default_factory=list)
    nothing: str = ""
    quiet: list[Row] = field(default_factory=list)
    quiet_said: str = ""
    template: str = "operations/rows.html"


@dataclass(frozen=True)
class Seen:
    """Everything that was read for the page, once. `lengths` is None while the broker does not answer."""

    now: datetime
    today: date
    findings: dict[str, Finding]
    lengths: dict[str, int] | None
    failed: int
    outcomes: dict[str, int]
    stale: list[Recipient]
    unfiled: int
    alarms: list[Alarm]
    held: SendingHold | None


def seen() -> Seen:
    """Read it all. Asks the same number of times however much there is, and changes nothing."""
    now, today = clock.now(), clock.today()
    tries = MailAttempt.objects.filter(ended_at__gt=now - A_DAY).exclude(outcome=Outcome.SENT)
    return Seen(
        now=clock.real(),
        today=today,
        findings={finding.name: finding for finding in alarms.standing()},
        lengths=_lengths(),
        failed=OutgoingMail.objects.filter(status=Status.FAILED).count(),
        outcomes=dict(tries.values_list("outcome").annotate(Count("pk")).order_by("outcome")),
        stale=[row for row in submissions.in_force(today) if submissions.is_stale(row, today)],
        unfiled=submissions.unfiled().count(),
        alarms=list(selectors.alarms_of_late(clock.real())),
        held=holding.open_hold(),
    )


def parts(of: Seen) -> list[Part]:
    """The page, part by part; what somebody has to do comes first, gathered from all the others."""
    rest = [part(of) for part in PARTS]
    to_do = [row for part in rest for row in part.rows if row.to_do]
    first = Part(
        "to-do",
        "What needs somebody",
        rows=to_do,
        nothing="Nothing. Everything that is watched runs, and nothing has waited for too long.",
    )
    return [first, *rest]


def _lengths() -> dict[str, int] | None:
    try:
        return broker.lengths(watch.QUEUES)
    except Exception:  # whatever is wrong with it, the page says that it does not answer
        return None


def _jobs(of: Seen) -> Part:
    rows: list[Row] = []
    quiet: list[Row] = []
    for job in watch.WATCHED:
        if job.name.startswith(QUEUE):
            continue
        row = _job(of.findings[job.name], of.now)
        (quiet if job.needs == TICK and row.tag == WELL[0] else rows).append(row)
    said = "Each should end well once a minute. An alarm rings when one is late, or fails three times in a row."
    steps = "1 step of the sweep is well" if len(quiet) == 1 else f"{len(quiet)} steps of the sweep are well"
    return Part("jobs", "Jobs", said, rows, quiet=quiet, quiet_said=steps)


def _job(finding: Finding, now: datetime) -> Row:
    tag, colour = TAGS[finding.state]
    lines: list[str] = []
    beat = finding.beat
    if beat and beat.failures and finding.state == State.WELL:
        tag, colour = "Failed", "yellow"  # not often enough for an alarm
    if beat and beat.at:
        lines.append(f"Last ended well {in_words(now - beat.at)} ago, and did {beat.count}.")
    if beat and not (beat.at and beat.at >= beat.began_at):
        lines.append(
            f"{'Asked for' if watch.JOBS[finding.name].is_asked else 'Begun'} {in_words(now - beat.began_at)} ago."
        )
    if beat and beat.failures and beat.failed_at:
        times = "once" if beat.failures == 1 else f"{beat.failures} times in a row"
        lines.append(f"Failed {times}, last {in_words(now - beat.failed_at)} ago with {beat.failure}.")
    if finding.cause:
        lines.append(finding.to_do)
    return Row(finding.title, tag, colour, tuple(lines), finding.to_do if finding.is_trouble else "")


def _queues(of: Seen) -> Part:
    rows = []
    for queue in watch.QUEUES:
        finding = of.findings[f"{QUEUE}{queue}"]
        row = _job(finding, of.now)
        waits = "Its length is not known, because the broker does not answer."
        if of.lengths is not None:
            waits = "1 task waits." if of.lengths[queue] == 1 else f"{of.lengths[queue]} tasks wait."
        beat = finding.beat
        answered = f"A worker last answered {in_words(of.now - beat.at)} ago." if beat and beat.at else ""
        cause = finding.to_do if finding.cause else ""
        rows.append(Row(row.title, row.tag, row.colour, tuple(filter(None, (waits, answered, cause))), row.to_do))
    return Part("queues", "Queues", "Each minute every queue is asked for a sign of life.", rows)


def _waiting(of: Seen) -> Part:
    rows = []
    for finding in of.findings.values():
        promise = finding.promise
        if promise is None:
            continue
        oldest = f"The oldest has waited for {in_words(promise.age)}; somebody should look after {in_words(promise.kept.patience)}."
        tag, colour = (
            TAGS[finding.state]
            if finding.state != State.WELL
            else (f"{promise.count}", "" if promise.count else "grey")
        )
        lines = [f"{promise.count} waiting. {oldest}"] if promise.count else []
        if finding.cause:
            lines.append(finding.to_do)
        rows.append(Row(finding.title, tag, colour, tuple(lines), finding.to_do if finding.is_trouble else ""))
    return Part("waiting", "What waits", "What was promised and is not done yet, whatever area it is of.", rows)


def _sending(of: Seen) -> Part:
    if of.held is None:
        rows = [Row("Sending", *WELL, lines=("Messages leave as they are due.",))]
    else:
        to_do = "Compare the outbox with what left, and end the hold: held --operator YOUR NAME."
        rows = [Row("Sending", "Held", "red", restored.lines(of.held), to_do)]
    return Part("sending", "After a restored backup", "Nothing leaves a restored copy until somebody compared.", rows)


def _failures(of: Seen) -> Part:
    rows = []
    if of.failed:
        advice = "Run “deliveries” for what the relay said; of a submission the area can have it sent again."
        rows.append(Row("Messages that failed for good", str(of.failed), lines=(advice,)))
    rows += [
        Row(f"{Outcome(name).label} (tries of a message, last 24 hours)", str(n)) for name, n in of.outcomes.items()
    ]
    failing = Counter(f.beat.failure for f in of.findings.values() if f.beat and f.beat.failures)
    rows += [Row(f"{name} (jobs that fail with it now)", str(number)) for name, number in sorted(failing.items())]
    if of.unfiled:
        advice = "Run “incoming”, and tell the area where a message is about one."
        rows.append(Row("Incoming messages that belong to no submission", str(of.unfiled), lines=(advice,)))
    return Part(
        "failures",
        "Failures",
        "Counted by their class. What they are about is in the log and in the commands.",
        rows,
        "None.",
    )


def _surroundings(of: Seen) -> Part:
    rows = [Row("Database", *WELL, lines=("It answered for this page.",))]
    if of.lengths is None:
        to_do = "See that the broker runs and that BROKER_URL leads to it; until then nothing is asked of the workers."
        rows.append(Row("Broker", "Does not answer", "red", to_do=to_do))
    else:
        rows.append(Row("Broker", *WELL, lines=("It answered for this page.",)))
    rows.append(_holidays(of.today))
    for recipient in of.stale:
        to_do = (
            f"Look at the address again and record that: recipients recheck {recipient.party} --source WHERE --by NAME."
        )
        lines = (f"Last checked {(of.today - recipient.checked_on).days} days ago.",)
        rows.append(Row(f"Address of {recipient.name}", "Not rechecked", "red", lines, to_do))
    if not of.stale:
        rows.append(Row("Addresses of the national bodies", *WELL, lines=("Each was checked in the last 90 days.",)))
    return Part("surroundings", "What it stands on", "", rows)


def _holidays(today: date) -> Row:
    end = date(max(day.year for day in working_days.bank_holidays()), 12, 31)
    lines = (f"Held until {end:%-d %B %Y}.",)
    if end - today > HOLIDAYS_AHEAD:
        return Row("Bank holidays", *WELL, lines=lines)
    to_do = "Add the next year to partnership/guidance/reference/england_bank_holidays.csv, and deploy that."
    return Row("Bank holidays", "Ends soon" if end >= today else "Over", "red", lines, to_do)


def _alarms(of: Seen) -> Part:
    return Part(
        "alarms", "Alarms of the last 30 days", "Times are of the machine’s own clock.", list(_rung(of)), "None."
    )


def _rung(of: Seen) -> Iterator[Row]:
    for alarm in of.alarms:
        lines = [
            f"{alarm.get_trouble_display()} since {clock.in_words(alarm.since)}. Seen {clock.in_words(alarm.began_at)}."
        ]
        if alarm.ended_at:
            lines.append(f"Over {clock.in_words(alarm.ended_at)}, after {in_words(alarm.ended_at - alarm.began_at)}.")
        told = (
            "The operators were written to."
            if alarm.told_at
            else "Nobody was written to: within an hour of the last mail about it, or no operator."
        )
        tag, colour = ("Over", "grey") if alarm.ended_at else ("Rings", "red")
        yield Row(watch.TITLES.get(alarm.job, alarm.job), tag, colour, (*lines, told))


# A further part is a function of what was seen, in its place here.
PARTS: tuple[Callable[[Seen], Part], ...] = (_jobs, _queues, _waiting, _sending, _failures, _surroundings, _alarms)
