"""Case reviews as their pages show them."""

from dataclasses import dataclass
from datetime import date

from partnership.case_reviews import selectors
from partnership.case_reviews.models import CaseReview, Step, StepTaken
from partnership.deadlines import presenting as duties
from partnership.deadlines.models import Duty


@dataclass(frozen=True)
class StepRow:
    """One step of a case: the row that counts, and what was on record before."""

    step: Step
    row: StepTaken | None
    earlier: list[StepTaken]

    @property
    def label(self) -> str:
        return self.step.label


@dataclass(frozen=True)
class ClockRow:
    """One clock of a case, with how far its date is."""

    duty: Duty
    standing: str
    is_late: bool
    counted_from: str


def steps(case: CaseReview) -> list[StepRow]:
    """Every step of which something is on record, in the usual order."""
    counts, rows = selectors.taken(case), list(case.steps.all())
    found = []
    for step in Step:
        mine = [row for row in rows if row.step == step]
        if mine:
            row = counts.get(step)
            found.append(StepRow(step, row, [other for other in mine if other != row]))
    return found


def clocks(case: CaseReview, today: date) -> list[ClockRow]:
    """Every clock of a case, those that lapsed too."""
    return [
        ClockRow(duty, duties.standing(duty, today), duties.is_late(duty, today), Step(duty.event).label)
        for duty in selectors.duties_of(case)
    ]


def standing(case: CaseReview, open_duties: dict[str, list[Duty]], today: date) -> str:
    """How a case stands, in one line: its next date, or that nothing is owed."""
    mine = sorted(open_duties.get(str(case.pk), []), key=lambda duty: duty.due_on)
    if not mine:
        return "Nothing is owed at the moment."
    first = mine[0]
    return f"{first.title.partition(',')[0]}: due on {first.due_on:%-d %B %Y}, {duties.days_in_words(first.due_on, today)}."
