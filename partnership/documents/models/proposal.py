"""An act on a version that takes two persons: one proposes it with a reason, another agrees or declines."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership import clock
from partnership.documents.models.version import Version

_PERSON = settings.AUTH_USER_MODEL


class Act(models.TextChoices):
    SETTLE_IN_PART = "settle_in_part", "let it go out without every signature"
    VOID = "void", "declare it void"


class Outcome(models.TextChoices):
    AGREED = "agreed", "Agreed"
    DECLINED = "declined", "Declined"
    TAKEN_BACK = "taken_back", "Taken back"


class Proposal(models.Model):
    """Decided once, never changed. Only who proposed it takes it back; only somebody else agrees or declines."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="proposals")
    act = models.CharField(max_length=20, choices=Act.choices)
    reason = models.TextField()
    proposed_as = models.CharField(max_length=250, help_text="The person with their office.")
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    decided_as = models.CharField(max_length=250, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["version", "proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "act"], condition=Q(outcome=""), name="documents_one_proposal_of_an_act"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="documents_proposed_with_a_reason"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None, decided_by=None, decided_as="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(outcome="") & ~Q(decided_as="")),
                name="documents_proposal_is_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None)
                | (Q(outcome=Outcome.TAKEN_BACK, decided_by=F("proposed_by")))
                | (Q(outcome__in=[Outcome.AGREED, Outcome.DECLINED]) & ~Q(decided_by=F("proposed_by"))),
                name="documents_proposal_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.version}"
