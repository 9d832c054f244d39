"""What a report claims, what shows that it is so, and where there was little or no progress.

A claim is tied to the document and to the identifier of its passage, which survives edits and goes with the text into the
next version. So nothing is copied; what a frozen version said is in its frozen content.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.documents.models import Document, Version

_PERSON = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    ACTIVITY = "activity", "Activity: what was done"
    OUTPUT = "output", "Output: how much of it, how many people it reached"
    EFFECT = "effect", "Effect: what is different for children or families"


class Claim(models.Model):
    """What one passage claims. `mark` is that of the passage when it was last said; another one asks to look again.

    `none_yet` and `look_again_on`: an honest “no evidence yet”, with what is waited for and until when.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="impact_claims")
    key = models.UUIDField(help_text="The identifier of the passage, which survives edits.")
    mark = models.CharField(max_length=64)
    text = models.TextField(help_text="The passage as it read then, without form.")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    for_whom = models.CharField(max_length=300, blank=True)
    none_yet = models.TextField(blank=True)
    look_again_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=0)
    said_at = models.DateTimeField(default=clock.now)
    said_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["document", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "key"], name="impact_passage_claims_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="impact_claim_kind_is_known"),
            models.CheckConstraint(condition=Q(mark__regex=r"^[0-9a-f]{64}$"), name="impact_claim_has_its_mark"),
            models.CheckConstraint(
                condition=Q(none_yet="", look_again_on__isnull=True)
                | (Q(kind=Kind.EFFECT, look_again_on__isnull=False) & ~Q(none_yet="")),
                name="impact_no_evidence_yet_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.document})"


class Sort(models.TextChoices):
    INDICATOR = "indicator", "An indicator"
    AUDIT = "audit", "An audit"
    SURVEY = "survey", "A survey"
    FEEDBACK = "feedback", "Feedback from children, families or practitioners"
    RETEST = "retest", "A re-test after a review"
    EXAMPLE = "example", "An example, without any case"


class Evidence(models.Model):
    """One thing that shows an effect. A suppressed figure is not stored: nobody can find here what is not to be seen."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    sort = models.CharField(max_length=20, choices=Sort.choices)
    before = models.CharField(max_length=500, blank=True)
    is_before_suppressed = models.BooleanField(default=False)
    after = models.CharField(max_length=500, blank=True)
    is_after_suppressed = models.BooleanField(default=False)
    period = models.CharField(max_length=150)
    source = models.CharField(max_length=300)
    strength = models.TextField(blank=True)
    limits = models.TextField()
    contributed_as = models.CharField(max_length=250, help_text="The agency, or the partnership.")
    revision = models.PositiveIntegerField(default=1)
    contributed_at = models.DateTimeField(default=clock.now)
    contributed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(sort__in=Sort.values), name="impact_evidence_sort_is_known"),
            models.CheckConstraint(
                condition=(Q(is_after_suppressed=True, after="") | (Q(is_after_suppressed=False) & ~Q(after=""))),
                name="impact_evidence_says_what_is_so_now",
            ),
            models.CheckConstraint(
                condition=Q(is_before_suppressed=False) | Q(before=""), name="impact_suppressed_is_not_stored"
            ),
            models.CheckConstraint(
                condition=~Q(period="") & ~Q(source="") & ~Q(limits=""), name="impact_evidence_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()}, {self.period}"


class Priority(models.Model):
    """One priority that the partners had for the period. `claims`: the effects that are claimed for it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="priorities")
    words = models.CharField(max_length=300)
    position = models.PositiveIntegerField(help_text="From 1.")
    claims = models.ManyToManyField(Claim, related_name="priorities")
    named_at = models.DateTimeField(default=clock.now)
    named_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "position"],
                name="impact_one_priority_in_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["document", "words"], name="impact_priority_named_once"),
            models.CheckConstraint(condition=~Q(words=""), name="impact_priority_has_words"),
        ]

    def __str__(self) -> str:
        return self.words


class LittleProgress(models.Model):
    """That there was little or no progress on a priority: why, and what comes next. As good an entry as an effect."""

    priority = models.OneToOneField(Priority, on_delete=models.PROTECT, related_name="little_progress")
    why = models.TextField()
    what_next = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    told_at = models.DateTimeField(default=clock.now)
    told_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["priority"]
        constraints = [
            models.CheckConstraint(condition=~Q(why="") & ~Q(what_next=""), name="impact_little_progress_is_whole")
        ]

    def __str__(self) -> str:
        return f"Little or no progress: {self.priority}"


class Acceptance(models.Model):
    """That the chair lets one version go out although it shows no effect, with the reason that is printed in it."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="impact_acceptance")
    reason = models.TextField()
    accepted_as = models.CharField(max_length=250)
    accepted_at = models.DateTimeField(default=clock.now)
    accepted_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="impact_accepted_with_a_reason")]

    def __str__(self) -> str:
        return f"{self.version} accepted without an effect"
