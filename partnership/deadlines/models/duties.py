"""Duties with a date. A duty closes by its facts, each with its own day, and never by a tick."""

from django.db import models
from django.db.models import F, Q

from partnership import clock
from partnership.areas.models import Area
from partnership.areas.models.said import Said
from partnership.documents.models import Document


class Relaxation(models.Model):
    """A national body moved a date, for every area alike. It stands beside the first date and takes two operators.

    It moves what is open under `rule_key` and was first due from `first_due` to `last_due`, both included.
    """

    rule_key = models.CharField(max_length=40)
    first_due = models.DateField()
    last_due = models.DateField()
    moved_to = models.DateField()
    source = models.CharField(max_length=300, help_text="Who said so, where and when.")
    proposed_by = models.CharField(max_length=120)
    proposed_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(last_due__gte=F("first_due")), name="deadlines_relaxed_dates_in_order"),
            models.CheckConstraint(condition=Q(moved_to__gt=F("last_due")), name="deadlines_relaxed_is_later"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(proposed_by=""), name="deadlines_relaxed_has_source"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by="")
                | (
                    Q(confirmed_at__isnull=False, declined_by="")
                    & ~Q(confirmed_by="")
                    & ~Q(confirmed_by=F("proposed_by"))
                ),
                name="deadlines_relaxed_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_key} to {self.moved_to}"


class Duty(models.Model):
    """One area's duty for one period, or from one event, under the edition of the guidance that it was opened under.

    `first_due_on` is the date of the rule and never changes; `due_on` is the one that counts, another only where a
    national body moved it. `period_label` is the period, or the reference of what began it. A duty whose ground is gone
    lapses: a term that was extended is no longer to be filled on the old day.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="duties")
    rule_key = models.CharField(max_length=40)
    edition_key = models.CharField(max_length=20)
    period_label = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    event = models.CharField(max_length=40, blank=True, help_text="What began its clock.")
    began_on = models.DateField(null=True, blank=True, help_text="The day from which it is counted.")
    first_due_on = models.DateField()
    due_on = models.DateField()
    relaxation = models.ForeignKey(
        Relaxation, on_delete=models.PROTECT, null=True, blank=True, related_name="moved_duties"
    )
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
    lapsed_at = models.DateTimeField(null=True, blank=True)
    lapsed_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["due_on", "area"]
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "rule_key", "period_label"], name="deadlines_one_duty_for_a_period"
            ),
            models.CheckConstraint(
                condition=Q(relaxation=None, due_on=F("first_due_on"))
                | Q(relaxation__isnull=False, due_on__gt=F("first_due_on")),
                name="deadlines_moved_by_a_relaxation_alone",
            ),
            models.CheckConstraint(
                condition=Q(event="", began_on=None) | (~Q(event="") & Q(began_on__isnull=False)),
                name="deadlines_event_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(lapsed_at=None, lapsed_because="")
                | (Q(lapsed_at__isnull=False, closed_at=None) & ~Q(lapsed_because="")),
                name="deadlines_lapsed_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.area}"

    @property
    def is_open(self) -> bool:
        """Whether something is still owed."""
        return self.closed_at is None and self.lapsed_at is None


class DutyFact(models.Model):
    """One thing the duty asks for, as it happened: when, and which record shows it.

    A fact can fall: what the relay took and the recipient's own server then refused has not reached anybody.
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="facts")
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=160)
    happened_at = models.DateTimeField()
    evidence = models.CharField(max_length=80, help_text="The record that shows it, such as submission:7.")
    recorded_at = models.DateTimeField(default=clock.now)
    fallen_at = models.DateTimeField(null=True, blank=True)
    fallen_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["duty", "happened_at"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "key"], condition=Q(fallen_at=None), name="deadlines_fact_once"),
            models.CheckConstraint(
                condition=Q(fallen_at=None, fallen_because="") | (Q(fallen_at__isnull=False) & ~Q(fallen_because="")),
                name="deadlines_fallen_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.duty})"

    @property
    def stands(self) -> bool:
        return self.fallen_at is None


class Reminder(models.Model):
    """A step of the ladder to a date that was taken, once. `days` is negative before the date and positive after it."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="reminders")
    due_on = models.DateField(help_text="The date that it led to: a date that was moved has a ladder of its own.")
    days = models.IntegerField()
    recipients = models.PositiveIntegerField(default=0)
    notices = models.ManyToManyField("notices.Notice", related_name="+")
    queued_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["duty", "due_on", "days"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "due_on", "days"], name="deadlines_reminder_once"),
            models.CheckConstraint(condition=Q(recipients__gte=0), name="deadlines_recipients_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.duty}, {self.days} days"


class LocalTarget(Said):
    """A day of the area's own before the date of the rule. The latest one counts; `on` empty takes it back."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="targets")
    on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["duty", "-said_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="deadlines_target_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.duty}: {self.on or 'no day of its own'}"


class Hold(Said):
    """Reminders stop, the clock does not. Ended by a person, never by time."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_as = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["duty", "-said_at"]
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(ended_at=None), name="deadlines_one_hold_at_a_time"),
            models.CheckConstraint(condition=~Q(reason=""), name="deadlines_hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_as="") | (Q(ended_at__isnull=False) & ~Q(ended_as="")),
                name="deadlines_hold_ended_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} on hold since {self.said_at:%Y-%m-%d}"


class LateStatement(Said):
    """Why it is late, in the partnership's words, for the public. The latest one is shown; the earlier ones are kept."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="late_statements")
    text = models.TextField()

    class Meta:
        ordering = ["duty", "-said_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="deadlines_late_statement_says_something")]

    def __str__(self) -> str:
        return f"{self.duty}: why it is late"


class LocalCycle(Said):
    """What the area has agreed to do again and again, such as its section 11 self-assessment. Not the law's date.

    `every_months` empty: once. Each turn is a duty of its own; ended by a person.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="local_cycles")
    rule_key = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    first_on = models.DateField()
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)
    agreed_where = models.CharField(max_length=300, help_text="Where it is written that this was agreed.")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_as = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["area", "rule_key", "first_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "rule_key", "title"], condition=Q(ended_at=None), name="deadlines_cycle_once"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(agreed_where=""), name="deadlines_cycle_is_named"),
            models.CheckConstraint(
                condition=Q(every_months=None) | Q(every_months__gte=1, every_months__lte=120),
                name="deadlines_cycle_comes_again",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.area}"


class TurnDone(Said):
    """That a turn of a local cycle was done, on which day, and the record that shows it."""

    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="turn_done")
    done_on = models.DateField()
    record = models.CharField(max_length=300)

    class Meta:
        ordering = ["duty"]
        constraints = [models.CheckConstraint(condition=~Q(record=""), name="deadlines_turn_has_its_record")]

    def __str__(self) -> str:
        return f"{self.duty}, done on {self.done_on}"
