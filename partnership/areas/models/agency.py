"""A body that takes part: a council, a police force, an integrated care board, or another."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q


class AgencyKind(models.TextChoices):
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    POLICE = "police", "Police"
    HEALTH = "health", "Integrated care board"
    EDUCATION = "education", "Education"
    OTHER = "other", "Other"


class Agency(models.Model):
    """A body with the name it had. A body that was abolished keeps its row; its successor is another."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=AgencyKind.choices)
    code = models.CharField(max_length=20, blank=True, help_text="The Office for National Statistics' code.")
    abolished_on = models.DateField(null=True, blank=True, help_text="The first day on which it no longer existed.")
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AgencyKind.values), name="areas_agency_kind_is_known")
        ]

    def __str__(self) -> str:
        return self.name

    def name_on(self, day: date) -> str:
        """The name that the body had on a day. Reads `earlier_names`, which lists prefetch."""
        return next((row.name for row in self.earlier_names.all() if day in row.during), self.name)


class EarlierName(models.Model):
    """A name that a body no longer has. Half-open: the upper day is the first day of the next name."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="earlier_names")
    name = models.CharField(max_length=200)
    during = DateRangeField()

    class Meta:
        ordering = ["agency", "during"]
        constraints = [
            ExclusionConstraint(
                name="areas_one_name_at_a_time",
                expressions=[("agency", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False, during__upper_inf=False), name="areas_an_earlier_name_has_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.agency})"


class Succession(models.Model):
    """One body took over from another on a day, for all of its area or a part of it."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="succeeded_by")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="succeeded_from")
    on = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="areas_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="areas_no_body_succeeds_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} to {self.successor} on {self.on}"
