"""Duties with a date. A duty closes by its facts, each with its own day, and never by a tick."""

from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Area
from partnership.documents.models import Document


class Duty(models.Model):
    """One area's duty for one period, under the edition of the guidance that it was opened under."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="duties")
    rule_key = models.CharField(max_length=40)
    edition_key = models.CharField(max_length=20)
    period_label = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="duties")
    passed_to = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_over_duties",
        help_text="The area that answers for it since the duty's own area was split or merged.",
    )
    created_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "area"]
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(fields=["area", "rule_key", "period_label"], name="deadlines_one_duty_for_a_period")
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.area}"


class DutyFact(models.Model):
    """One thing the duty asks for, as it happened: when, and which record shows it."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="facts")
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=160)
    happened_at = models.DateTimeField()
    evidence = models.CharField(max_length=80, help_text="The record that shows it, such as submission:7.")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["duty", "happened_at"]
        constraints = [models.UniqueConstraint(fields=["duty", "key"], name="deadlines_fact_once")]

    def __str__(self) -> str:
        return f"{self.label} ({self.duty})"


class Reminder(models.Model):
    """A step of the ladder that was taken, once. `days` is negative before the date and positive after it."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="reminders")
    days = models.IntegerField()
    recipients = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["duty", "days"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "days"], name="deadlines_reminder_once"),
            models.CheckConstraint(condition=Q(recipients__gte=0), name="deadlines_recipients_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.duty}, {self.days} days"
