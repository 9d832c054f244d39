"""The clocks of case reviews: references, dates and counts. Nothing here can hold a word about a child, family or case.

There is no free text, on purpose: the reference is made by the service, and everything else is chosen or a day.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Area


class Step(models.TextChoices):
    """What happens in the course of one serious incident, in its usual order."""

    INCIDENT = "incident", "The incident happened"
    BECAME_AWARE = "became_aware", "The local authority became aware"
    NOTIFIED = "notified", "The Panel was notified"
    RAPID_REVIEW_DONE = "rapid_review_done", "The rapid review was done"
    REVIEW_DECIDED = "review_decided", "A local review was decided on"
    NO_REVIEW = "no_review", "It was decided that there is no local review"
    PRACTICE_REVIEW_PUBLISHED = "practice_review_published", "The local review was published"
    NOT_PUBLISHED = "not_published", "It was decided that the review is not published"


class Why(models.TextChoices):
    """Why a day was corrected: chosen and never written."""

    MISTYPED = "mistyped", "The day was mistyped"
    WRONG_SOURCE = "wrong_source", "The record says another day"
    DID_NOT_HAPPEN = "did_not_happen", "It did not happen"


class CaseReview(models.Model):
    """One serious incident, known here by its reference alone."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="case_reviews")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(default=clock.now)
    opened_as = models.CharField(max_length=250, help_text="The person with their office.")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    once = models.UUIDField(unique=True, help_text="The key of the page that opened it.")

    class Meta:
        ordering = ["area", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["area", "year", "number"], name="case_reviews_reference_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="case_reviews_numbered_from_one"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Such as `CR 2026/3`: the third that was opened in 2026."""
        return f"CR {self.year}/{self.number}"


class StepTaken(models.Model):
    """One step and its day. A correction is another row that takes its place; none is changed or removed (trigger).

    `on` empty: it did not happen, as was thought before.
    """

    case_review = models.ForeignKey(CaseReview, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=30, choices=Step.choices)
    on = models.DateField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(help_text="Among the rows of this step; the last one counts.")
    why = models.CharField(max_length=20, choices=Why.choices, blank=True, help_text="Of a correction.")
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_as = models.CharField(max_length=250)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["case_review", "step", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["case_review", "step", "number"], name="case_reviews_step_numbered"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="case_reviews_step_is_known"),
            models.CheckConstraint(
                condition=Q(number=1, why="") | (Q(number__gt=1, why__in=Why.values)),
                name="case_reviews_correction_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(on__isnull=False) | Q(why=Why.DID_NOT_HAPPEN), name="case_reviews_step_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_review}: {self.get_step_display()}, {self.on}"


class ClockStart(models.Model):
    """From which step an area counts a clock, since local procedures differ. The newest row of a rule counts."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="clock_starts")
    rule_key = models.CharField(max_length=40)
    step = models.CharField(max_length=30, choices=Step.choices)
    set_at = models.DateTimeField(default=clock.now)
    set_as = models.CharField(max_length=250)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["area", "rule_key", "-set_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(step__in=Step.values), name="case_reviews_start_is_known")]

    def __str__(self) -> str:
        return f"{self.rule_key} from {self.get_step_display()}, {self.area}"
