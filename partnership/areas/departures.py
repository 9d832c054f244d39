"""Where practice is known to depart from the guidance. Each rule has its source and how well it is known.

Evidence codes: S read in full in a public source document, W read on a public page, K background knowledge, I inference.
Only S and W are shown as rules; K and I are shown as to be confirmed.
"""

from dataclasses import dataclass

from django.db.models import TextChoices


class DepartureRule(TextChoices):
    LEAD_IS_NOT_HEAD = "lead_is_not_head", "The lead partner is not the head of the agency"
    LEAD_IS_ALSO_DELEGATE = "lead_is_also_delegate", "One person is lead and delegated partner of one agency"
    DELEGATE_OF_NO_STATUTORY_SEAT = "delegate_of_no_statutory_seat", "The delegated partner's agency is not statutory"
    SCRUTINEER_IS_PAID_BY_A_PARTNER = "scrutineer_is_paid_by_a_partner", "The scrutineer is employed by a partner"
    SCRUTINEER_RUNS_THE_BUSINESS = "scrutineer_runs_the_business", "The scrutineer also works in the business team"
    CHAIR_RUNS_THE_BUSINESS = "chair_runs_the_business", "The chair also works in the business team"


@dataclass(frozen=True)
class Described:
    """What the guidance expects, where that was read, and the evidence code."""

    expected: str
    source: str
    evidence: str

    @property
    def is_confirmed(self) -> bool:
        """Whether it may be shown as a rule."""
        return self.evidence in {"S", "W"}


DEPARTURES: dict[DepartureRule, Described] = {
    DepartureRule.LEAD_IS_NOT_HEAD: Described(
        "The lead safeguarding partner is the head of the agency: the chief executive, or the chief officer of police.",
        "Children's Social Care National Framework, March 2026; summary of Working Together 2023",
        "S",
    ),
    DepartureRule.LEAD_IS_ALSO_DELEGATE: Described(
        "The lead partner names somebody else of the agency to act for it day to day.",
        "Follows from the delegation that the guidance describes",
        "I",
    ),
    DepartureRule.DELEGATE_OF_NO_STATUTORY_SEAT: Described(
        "Delegated partners act for the council, the police and the integrated care board.",
        "Department for Education, supporting local areas to embed Working Together, December 2023",
        "S",
    ),
    DepartureRule.SCRUTINEER_IS_PAID_BY_A_PARTNER: Described(
        "Scrutiny is done by an independent person.",
        "Children Act 2004, section 16G",
        "K",
    ),
    DepartureRule.SCRUTINEER_RUNS_THE_BUSINESS: Described(
        "The chair, the business team and the scrutineer are three separate functions.",
        "Follows from the three functions in the summary of Working Together 2023",
        "I",
    ),
    DepartureRule.CHAIR_RUNS_THE_BUSINESS: Described(
        "The chair, the business team and the scrutineer are three separate functions.",
        "Follows from the three functions in the summary of Working Together 2023",
        "I",
    ),
}
