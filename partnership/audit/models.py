"""The record of what was done. Rows are only added, without foreign keys: history outlives what it tells of."""

from django.db import models

from partnership import clock
from partnership.audit.events import Event


class AuditEntry(models.Model):
    """One thing that happened. `sequence`, `previous` and `hash` are set by the database (see migration 0002)."""

    event = models.CharField(max_length=60, choices=Event.choices)
    at = models.DateTimeField(default=clock.now)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    area_slug = models.CharField(max_length=80, blank=True, db_index=True)
    target_model = models.CharField(max_length=80, blank=True)
    target_id = models.CharField(max_length=60, blank=True)
    subject = models.CharField(
        max_length=60, blank=True, help_text="What the timeline gathers by, such as document:12."
    )
    data = models.JSONField(default=dict)
    sequence = models.BigIntegerField(default=0, editable=False)
    previous = models.CharField(max_length=64, default="", editable=False)
    hash = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["area_slug", "-at"]),
            models.Index(fields=["subject", "-at"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["area_slug", "sequence"], name="audit_sequence_without_gap_or_twin"),
            models.CheckConstraint(condition=models.Q(event__in=Event.values), name="audit_event_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.at:%Y-%m-%d %H:%M}"
