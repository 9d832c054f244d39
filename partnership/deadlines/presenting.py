"""How a duty is shown: its date in words, the plan that leads to it, and its year as one line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from partnership.areas.roles import Office
from partnership.clock import london_day
from partnership.deadlines import selectors
from partnership.deadlines.models import Duty
from partnership.documents.kinds import kind, kinds
from partnership.documents.models import Version
from partnership.documents.workflow import TURN, Status
from partnership.guidance import dates, loader, planning
from partnership.guidance.dated import Deadline, DutyRule
from partnership.web.year_line import Mark, YearLine

# Steps of the plan in few words, for the drawing; the page of the duty gives them in full.
SHORT = {
    "contributions_in": "Contributions in",
    "full_draft": "Full draft",
    "dsp_agreement": "Agreed by the delegated partners",
    "scrutineer_statement": "Scrutineer’s statement",
    "signing_opens": "Signing begins",
    "signing_closes": "Signed by every lead partner",
}
# What the steps leave a trace of in our records; of the others nobody here can say whether they were done.
TRACED = ("full_draft", "signing_opens", "signing_closes")


@dataclass(frozen=True)
class PlanRow:
    """One step of the plan: our advice, never a duty. `counted_on`: the day it was moved from; None where it was not."""

    key: str
    title: str
    on: date
    who: str
    because: str
    counted_on: date | None
    slack: str


def days_in_words(due_on: date, today: date) -> str:
    """How far a date is: “in 16 days”, “today”, “late by 3 days”."""
    days = (due_on - today).days
    if days == 0:
        return "today"
    counted = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"in {counted}" if days > 0 else f"late by {counted}"


def standing(duty: Duty, today: date) -> str:
    """Where a duty stands, in words: how far its date is, or that it was met, in time or late."""
    if duty.lapsed_at:
        return "lapsed"
    if duty.closed_at is None:
        return days_in_words(duty.due_on, today)
    if dates.is_in_time(duty.closed_at, duty.due_on):
        return "met in time"
    late = (london_day(duty.closed_at) - duty.due_on).days
    return f"met late, by {late} {'day' if late == 1 else 'days'}"


def name(duty: Duty) -> str:
    """What the duty is for, such as “Yearly report 2025-26”."""
    if duty.document:
        return duty.document.title
    return f"{kind(duty.rule_key).title} {duty.period_label}" if duty.rule_key in kinds() else duty.title


def passed_on(duty: Duty) -> str:
    """To which area the duty passed when its own came to its end, as a sentence; empty where it did not."""
    return f"It passed to {duty.passed_to.name}." if duty.passed_to else ""


def is_late(duty: Duty, today: date) -> bool:
    """Whether the date has passed and the duty is still open."""
    return duty.is_open and duty.due_on < today


def plan_of(duty: Duty) -> planning.Plan:
    """The plan that leads to the date, around August and the meetings of the area's lead partners."""
    return planning.plan(_rule(duty), duty.due_on, duty.area.lead_meetings.days())


def plan(duty: Duty) -> list[PlanRow]:
    """The steps that lead to the date, in order, with the offices that take them, why then, and the days between."""
    return [
        PlanRow(
            key=step.key,
            title=step.title,
            on=step.on,
            who=offices_in_words(step.who),
            because=step.because,
            counted_on=step.counted_on if step.is_moved else None,
            slack=_between(step),
        )
        for step in plan_of(duty).steps
    ]


def _between(step: planning.PlannedStep) -> str:
    to_date = f"{_days(step.to_date)} to the date"
    return to_date if step.to_next is None else f"{_days(step.to_next)} to the next step, {to_date}"


def _days(number: int) -> str:
    return {0: "no day", 1: "1 day"}.get(number, f"{number} days")


def slack(duty: Duty, today: date) -> str:
    """How many days the plan leaves before the date, and whether the next step is late; empty where there is no plan.

    Slack is what lies between the last step of the plan, or the area's own day, and the date.
    """
    target = selectors.target_of(duty)
    steps = plan_of(duty).steps
    last = target.on if target and target.on else steps[-1].on if steps else None
    if last is None or not duty.is_open:
        return ""
    days = (duty.due_on - max(last, today)).days
    if days < 0:
        return "There is no slack left: the date is over."
    counted = "1 day" if days == 1 else f"{days} days"
    ends = "Your own day" if target else "The plan"
    return (
        f"{ends} leaves {counted} of slack before the date."
        if last >= today
        else (f"{ends} is over, and {counted} are left before the date.")
    )


def backstop(duty: Duty) -> str:
    """The second test beside the date: how long after the last report the next one may come; empty where none applies."""
    rules = [row for row in loader.edition(duty.edition_key).backstops if row.document == duty.rule_key]
    if not rules:
        return ""
    last = selectors.published_before(duty)
    if last is None:
        return f"{rules[0].title}: no earlier one is on record here."
    by = dates.backstop_on(rules[0], london_day(last))
    return f"{rules[0].title}: the last one was published on {_in_full(london_day(last))}, so the next is due by {_in_full(by)}."


def _in_full(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def offices_in_words(who: Iterable[str]) -> str:
    """Offices of a rule as words: “Business manager and delegated safeguarding partner”."""
    words = [Office(office).label for office in who]
    words = words[:1] + [f"{word[0].lower()}{word[1:]}" for word in words[1:]]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def in_view(duties: Iterable[Duty], today: date) -> Duty | None:
    """The duty whose year is running: the first open one, or else the last one that was met."""
    reports = [duty for duty in duties if duty.rule_key == selectors.REPORT]
    begun = sorted((duty for duty in reports if _start(duty) <= today), key=lambda duty: duty.due_on)
    still_open = [duty for duty in begun if duty.is_open]
    return next(iter(still_open or begun[-1:]), None)


def year_line(duty: Duty, version: Version | None, today: date) -> YearLine:
    """The year of a duty, from April to the September of the next one. `version` is the document's current one."""
    following = _next_due(duty)
    marks = [*_steps(duty, version, today), *_facts(duty), _date(duty, version, today)]
    marks.append(Mark(following, "Next one due", "planned"))
    return YearLine(_start(duty), following, today, tuple(sorted(marks, key=lambda mark: mark.on)))


def _rule(duty: Duty) -> Deadline | DutyRule:
    return selectors.rule_of(duty)


def _start(duty: Duty) -> date:
    return dates.FinancialYear.containing(duty.due_on).start


def _next_due(duty: Duty) -> date:
    rule = _rule(duty)
    assert isinstance(rule, Deadline), "only yearly reports are drawn as a year"
    return dates.due_on(rule, dates.FinancialYear.containing(duty.due_on).end)


def _steps(duty: Duty, version: Version | None, today: date) -> list[Mark]:
    """What was done stands on its own day; what was not stands on the day of the plan."""
    marks = []
    if duty.document:
        marks.append(Mark(london_day(duty.document.begun_at), "Begun", "done"))
    done = _done(version)
    if duty.closed_at or (version and version.published_at):
        return [*marks, *_once(done)]
    for step in plan_of(duty).steps:
        if step.key in done or step.key not in SHORT:
            continue
        late = step.on < today
        if step.key in TRACED or not (late or done):
            marks.append(Mark(step.on, SHORT[step.key], "late" if late else "planned", offices_in_words(step.who)))
    return [*marks, *_once(done)]


def _once(done: dict[str, Mark]) -> list[Mark]:
    """Sending a version says that its draft was full; the two are one mark."""
    return [mark for key, mark in done.items() if key != "full_draft"]


def _done(version: Version | None) -> dict[str, Mark]:
    done = {}
    if version and version.frozen_at:
        sent = Mark(london_day(version.frozen_at), "Sent for signature", "done")
        done = {"full_draft": sent, "signing_opens": sent}
    if version and version.signed_at:
        done["signing_closes"] = Mark(london_day(version.signed_at), SHORT["signing_closes"], "done")
    return done


def _facts(duty: Duty) -> list[Mark]:
    """What the duty asks for and has, one mark for each day."""
    by_day: dict[date, list[str]] = {}
    for fact in duty.facts.all():
        words = "Published" if fact.key == "published" else "submitted"
        told = by_day.setdefault(london_day(fact.happened_at), [])
        if words not in told:
            told.append(words)
    return [Mark(on, _sentence(" and ".join(words)), "done") for on, words in by_day.items()]


def _date(duty: Duty, version: Version | None, today: date) -> Mark:
    label = f"{name(duty)} due"
    if duty.closed_at:
        return Mark(duty.due_on, label, "done")
    turn = TURN[Status(version.status)] if version else "business manager"
    holder = "" if turn == "nobody" else _sentence(turn)
    return Mark(duty.due_on, label, "late" if duty.due_on < today else "due", holder)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
