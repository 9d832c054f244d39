"""An act on a version that takes two persons: one proposes it with a reason, another agrees or declines."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership import clock
from partnership.areas.models import Appointment, Seat
from partnership.documents.models.document import Document
from partnership.documents.models.version import Version
from partnership.files.models import StoredFile

_PERSON = settings.AUTH_USER_MODEL


class Act(models.TextChoices):
    SETTLE_IN_PART = "settle_in_part", "let it go out without every signature"
    VOID = "void", "declare it void"
    PAPER = "paper", "take a signature on paper as given"
    PUBLISH = "publish", "publish it"
    CONSOLIDATE = "consolidate", "tell the public that another document has taken it in"

    @classmethod
    def before_publication(cls) -> list["Act"]:
        """Those that settle how a text comes to be agreed, or that it is not."""
        return [cls.SETTLE_IN_PART, cls.VOID, cls.PAPER]


class Outcome(models.TextChoices):
    AGREED = "agreed", "Agreed"
    DECLINED = "declined", "Declined"
    TAKEN_BACK = "taken_back", "Taken back"


class Proposal(models.Model):
    """Decided once, never changed. Only who proposed it takes it back; only somebody else agrees or declines."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="proposals")
    act = models.CharField(max_length=20, choices=Act.choices)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    into = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="What takes it in: of CONSOLIDATE alone.",
    )
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
                fields=["version", "act", "seat"],
                condition=Q(outcome=""),
                nulls_distinct=False,
                name="documents_one_proposal_of_an_act",
            ),
            models.CheckConstraint(
                condition=Q(act=Act.PAPER, seat__isnull=False) | (~Q(act=Act.PAPER) & Q(seat=None)),
                name="documents_paper_is_of_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(act=Act.CONSOLIDATE, into__isnull=False) | (~Q(act=Act.CONSOLIDATE) & Q(into=None)),
                name="documents_consolidated_into_something",
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


class PaperSignature(models.Model):
    """A signature on paper or by letter, as one person recorded it with the scan, for a second person to look at.

    `signed_on`: the day that stands on the paper. The fingerprint that stands on it was that of the version, or it would
    not have been recorded. `reservation`: what the partner wrote beside their signature, if anything.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="paper")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()
    reservation = models.TextField(blank=True)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    scan_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"On paper, {self.signed_on}: {self.proposal.version}"
