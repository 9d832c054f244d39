"""Who operates the service: a dated grant, given and ended by a command. It opens the operations page and nothing else."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from partnership import clock
from partnership.accounts.models.user import User


class Operator(models.Model):
    """`until` is the first day without it. Who gave and ended it are words: commands know names, and no accounts.

    A grant is never removed, and nothing of it changes but that it is ended, once (trigger).
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="operator_grants")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    granted_by = models.CharField(max_length=150)
    granted_at = models.DateTimeField(default=clock.now)
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(granted_by="") & ~Q(reason=""), name="accounts_operator_says_why_and_who"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="accounts_operator_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="", ended_because="")
                | (Q(ended_at__isnull=False, until__isnull=False) & ~Q(ended_by="") & ~Q(ended_because="")),
                name="accounts_operator_ended_at_and_by",
            ),
            ExclusionConstraint(
                name="accounts_operator_one_grant_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (
                        Func(F("since"), F("until"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, operator since {self.since}"
