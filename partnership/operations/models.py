"""What is known of the machinery itself: when each of its parts last ran, how that ended, and what was alarming about it.

All moments here are of the machine's own clock (clock.real): moving the practice clock stops no job.
"""

from django.db import models
from django.db.models import F, Q

from partnership import clock

LONGEST_NAME = 40
# The name of an exception's class and no more: its text may hold an address or a sentence of somebody's report.
CLASS_NAME = r"^[A-Za-z_][A-Za-z0-9_]*$"


class Heartbeat(models.Model):
    """One job: `tick` (the sweep itself), a step of it, a task of a queue, or the canary of a queue, such as `queue:mail`.

    `at` is when it last ended well, and empty while it never has; `count`, how much it did then. `failures` counts those
    in a row, and goes back to nothing when it ends well; `failed_at` and `failure` stay, as what happened last.
    """

    name = models.CharField(max_length=LONGEST_NAME, unique=True)
    began_at = models.DateTimeField(default=clock.real)
    at = models.DateTimeField(null=True, blank=True)
    count = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=100, blank=True)
    failures = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(failed_at__isnull=True, failure="", failures=0)
                | Q(failed_at__isnull=False, failure__regex=CLASS_NAME),
                name="operations_failure_is_a_class_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M:%S}" if self.at else f"{self.name}, never ended well"


class Trouble(models.TextChoices):
    """Why an alarm rings."""

    LATE = "late", "Late"
    FAILING = "failing", "Failing"


class Alarm(models.Model):
    """That a job was late or failing, from when it was seen until it was well again. One at a time for each job.

    `since` is since when it was so, as far as that is known. `told_at`: when the operators were written to; empty where
    that was held back, because they had been written to about the same job within the hour. Never removed (trigger).
    """

    job = models.CharField(max_length=LONGEST_NAME)
    trouble = models.CharField(max_length=7, choices=Trouble)
    since = models.DateTimeField()
    began_at = models.DateTimeField(default=clock.real)
    told_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["job"], condition=Q(ended_at__isnull=True), name="operations_one_open_alarm_of_a_job"
            ),
            models.CheckConstraint(condition=Q(trouble__in=Trouble.values), name="operations_alarm_trouble_is_known"),
            models.CheckConstraint(condition=~Q(job=""), name="operations_alarm_names_its_job"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")),
                name="operations_alarm_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.trouble} since {self.since:%Y-%m-%d %H:%M}"
