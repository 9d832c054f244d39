"""From the days of a case review to its duties: what each clock owes now, what met it, what no longer counts."""

from datetime import date

from partnership.case_reviews import rules, selectors
from partnership.case_reviews.models import CaseReview, Step
from partnership.deadlines import facts, opening
from partnership.deadlines import selectors as duties
from partnership.deadlines.models import Duty
from partnership.guidance import dates

NO_LONGER = "The day from which it was counted was corrected."


def follow(case: CaseReview) -> None:
    """Bring the duties of a case to what its days say. Called in the transaction that records a day."""
    days, starts = selectors.days(case), selectors.starts(case.area)
    for key, meeting in rules.CLOCKS.items():
        running = _running(case, key)
        # A clock that runs is counted from what it was begun by; what the area has set since is for the next one.
        step = running.event if running else starts[key]
        began = days.get(step)
        if running and began != running.began_on:
            _fall(running)
            facts.lapse(duty=running, because=NO_LONGER)
            running = None
        if began and running is None:
            running = _begin(case, key, step)
        if running:
            _met(case, running, meeting, days)


def _running(case: CaseReview, key: str) -> Duty | None:
    """The duty of this clock that counts: the last one that has not lapsed."""
    return selectors.duties_of(case).filter(rule_key=key, lapsed_at=None).order_by("-pk").first()


def _begin(case: CaseReview, key: str, step: str) -> Duty:
    began = selectors.days(case)[step]
    edition, rule = rules.rule(key, began)
    number = selectors.duties_of(case).filter(rule_key=key).count() + 1
    label = selectors.label(case, number)
    title = f"{rule.title}, {case.reference}"
    owed = opening.from_event(rule, edition, event=step, on=began, label=label, title=title)
    opening.open_duty(area=case.area, owed=owed)
    return Duty.objects.get(area=case.area, rule_key=key, period_label=label)


def _met(case: CaseReview, duty: Duty, meeting: tuple[Step, ...], days: dict[str, date]) -> None:
    (fact,) = duties.rule_of(duty).facts
    found = next((step for step in meeting if step in days), None)
    row = selectors.taken(case).get(found) if found else None
    standing = duty.facts.filter(fallen_at=None).first()
    evidence = f"case_step:{row.pk}" if row else ""
    if standing and standing.evidence != evidence:
        facts.fall(duty=duty, evidence=standing.evidence, because="the day on record was corrected")
    if row and row.on and (standing is None or standing.evidence != evidence):
        label = duties.asked_facts(duty)[fact]
        facts.record_fact(
            duty=duty, key=fact, label=label, happened_at=dates.due_instant(row.on), evidence=evidence
        )  # fmt: skip


def _fall(duty: Duty) -> None:
    """A clock that is counted anew is met anew: what met the old one is taken over by the new one."""
    for fact in duty.facts.filter(fallen_at=None):
        facts.fall(duty=duty, evidence=fact.evidence, because="its clock is counted from another day")
