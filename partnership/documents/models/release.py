"""What two persons agreed to publish, with what they had been warned of; and the reviews of what stands."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership import clock
from partnership.documents.models.proposal import Proposal
from partnership.documents.models.version import Version


class Release(models.Model):
    """`release_at` empty: as soon as the second person agrees. `along`: keys of what the kind publishes together with it.

    `findings`: what the checks for personal data found, each rule with its number of places and never the words.
    `stopped_at`: it was stopped before it happened, or could not happen when its time came; `stopped_because` says which.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="release")
    release_at = models.DateTimeField(null=True)
    in_force_from = models.DateField(null=True)
    review_on = models.DateField(null=True)
    along = models.JSONField(default=list)
    findings = models.JSONField(default=dict)
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stopped_because="")
                | (Q(stopped_at__isnull=False) & ~Q(stopped_because="")),
                name="documents_release_stopped_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Release of {self.proposal.version}"


class Review(models.Model):
    """That the partners reviewed what stands and left it as it is; what comes of another review is a new version.

    `found`: what they found, as the public reads it; `next_on`: when they will look again. Never changed or removed.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    next_on = models.DateField()
    found = models.TextField()
    recorded_as = models.CharField(max_length=250, help_text="The person with their office.")
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version", "-reviewed_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(next_on__gt=F("reviewed_on")), name="documents_next_review_is_later"),
            models.CheckConstraint(condition=~Q(found=""), name="documents_review_says_what_was_found"),
        ]

    def __str__(self) -> str:
        return f"Review of {self.version} on {self.reviewed_on}"
