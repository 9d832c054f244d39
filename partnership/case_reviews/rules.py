"""The clocks of case reviews: which rule each follows, and which steps meet it."""

from datetime import date

from partnership.case_reviews.models import Step
from partnership.guidance import loader
from partnership.guidance.dated import DutyRule

# Each clock, in order, and the steps of which any one meets it.
CLOCKS: dict[str, tuple[Step, ...]] = {
    "serious_incident_notification": (Step.NOTIFIED,),
    "rapid_review": (Step.RAPID_REVIEW_DONE,),
    "practice_review": (Step.PRACTICE_REVIEW_PUBLISHED, Step.NOT_PUBLISHED),
}


def rule(key: str, on: date) -> tuple[str, DutyRule]:
    """The rule of a clock in the edition in force on a day, with the edition's key."""
    edition = loader.edition_in_force(on)
    found = edition.duty_rule(key)
    assert isinstance(found, DutyRule)
    return edition.key, found


def choices(key: str) -> list[tuple[str, str]]:
    """From which steps a clock may be counted, the usual one first."""
    rules = {row.key: row for edition in loader.editions() for row in edition.duties}
    return [(step, Step(step).label) for step in rules[key].events]
