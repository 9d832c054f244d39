"""Which days of a case review may be recorded, in which order."""

from collections.abc import Mapping
from datetime import date

from partnership.case_reviews.models import Step, Why
from partnership.case_reviews.rules import CLOCKS, choices
from partnership.errors import WrongState
from partnership.guidance import dates
from partnership.guidance.vocabulary import EditionError

OLDEST = 120  # months
MOST_WORKING_DAYS = 15  # of any clock
# What cannot be before what: the incident is first, the notification comes before the rapid review, and so on.
ORDER = (
    (Step.INCIDENT, Step.BECAME_AWARE),
    (Step.BECAME_AWARE, Step.NOTIFIED),
    (Step.NOTIFIED, Step.RAPID_REVIEW_DONE),
    (Step.REVIEW_DECIDED, Step.PRACTICE_REVIEW_PUBLISHED),
    (Step.REVIEW_DECIDED, Step.NOT_PUBLISHED),
)
# What rests on another step having happened: no rapid review without a notification.
NEEDS = {
    Step.RAPID_REVIEW_DONE: Step.NOTIFIED,
    Step.PRACTICE_REVIEW_PUBLISHED: Step.REVIEW_DECIDED,
    Step.NOT_PUBLISHED: Step.REVIEW_DECIDED,
}
EITHER = ((Step.REVIEW_DECIDED, Step.NO_REVIEW), (Step.PRACTICE_REVIEW_PUBLISHED, Step.NOT_PUBLISHED))


def check_day(on: date, today: date) -> None:
    """A day that has come, and not so long ago that it must be a slip."""
    if on > today:
        raise WrongState("The day must be today or earlier.")
    if on < dates.add_months(today, -OLDEST):
        raise WrongState("That is more than ten years ago.")
    try:
        dates.add_working_days(on, MOST_WORKING_DAYS)
    except EditionError as missing:
        raise WrongState(
            f"The working days after {on:%-d %B %Y} cannot be counted here: the bank holidays of that time are not held."
        ) from missing


def check_step(days: Mapping[str, date], step: Step, on: date) -> None:
    """The steps that happened, by their days, with this one: each in an order that can be."""
    would = {**days, step: on}
    if (needed := NEEDS.get(step)) and needed not in would:
        raise WrongState(f"Record first: {_said(needed)}.")
    for one, other in EITHER:
        if one in would and other in would:
            raise WrongState(f"Either {_said(one)}, or {_said(other)}. Correct the other one first.")
    for before, after in ORDER:
        if before in would and after in would and would[after] < would[before]:
            raise WrongState(f"On record, this would come first: {_said(after)}; then: {_said(before)}.")


def check_correction(days: Mapping[str, date], step: Step, on: date | None, why: Why) -> None:
    """A better day, or that it did not happen; what rests on it goes first."""
    if (on is None) != (why == Why.DID_NOT_HAPPEN):
        raise WrongState("Give the right day, or select that it did not happen and leave the day empty.")
    if step not in days:
        raise WrongState("There is no day on record to correct.")
    if on is None:
        if resting := next((other for other, needed in NEEDS.items() if needed == step and other in days), None):
            raise WrongState(f"On record is also: {_said(resting)}. Correct that first.")
        return
    check_step({key: day for key, day in days.items() if key != step}, step, on)


def check_start(rule_key: str, step: str) -> None:
    """A clock is counted from a step that its rule names."""
    if rule_key not in CLOCKS or step not in {key for key, _ in choices(rule_key)}:
        raise WrongState("Select from which event it is counted.")


def _said(step: Step) -> str:
    return f"{step.label[0].lower()}{step.label[1:]}"
