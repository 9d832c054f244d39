"""Where a report was presented after the national bodies had it: one occasion each, and what is known of it by now."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.roles import Office
from partnership.documents.models import Document
from partnership.presentations.kinds import PRESENTERS, Forum, Said, State

LONGEST_NAME, LONGEST_WORDS, LONGEST_ADDRESS, LONGEST_REASON = 160, 4000, 500, 300


class Presentation(models.Model):
    """One occasion. What is known of it stands in its entries, of which the newest counts. Never changed (trigger)."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="presentations")
    once = models.UUIDField(default=uuid.uuid4, unique=True)
    begun_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["document", "pk"]

    def __str__(self) -> str:
        return f"Presentation {self.pk} of {self.document}"


class Entry(models.Model):
    """What was recorded of an occasion, whole. A correction is another entry with its reason. Never changed (trigger)."""

    presentation = models.ForeignKey(Presentation, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    forum = models.CharField(max_length=30, choices=Forum.choices)
    forum_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    day = models.DateField()
    state = models.CharField(max_length=20, choices=State.choices)
    office = models.CharField(max_length=20, choices=[(row.value, row.label) for row in PRESENTERS])
    asked = models.TextField(blank=True)
    answered = models.TextField(blank=True)
    minutes = models.URLField(max_length=LONGEST_ADDRESS, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="Why it was corrected.")
    recorded_as = models.CharField(max_length=250, help_text="The person with their office.")
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["presentation", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["presentation", "number"], name="presentations_entry_numbers_differ"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
                name="presentations_corrected_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(forum__in=Forum.values), name="presentations_forum_is_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="presentations_state_is_known"),
            models.CheckConstraint(
                condition=Q(office__in=[row.value for row in PRESENTERS]), name="presentations_office_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(forum=Forum.OTHER, forum_name=""), name="presentations_other_body_is_named"
            ),
            models.CheckConstraint(
                condition=Q(state=State.PRESENTED) | Q(asked="", answered="", minutes=""),
                name="presentations_outcome_of_what_took_place",
            ),
            models.CheckConstraint(
                condition=Q(minutes="") | Q(minutes__regex=r"^https?://"), name="presentations_minutes_are_an_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_forum_display()}, {self.day}"

    @property
    def office_name(self) -> str:
        return str(Office(self.office).label)

    @property
    def said(self) -> Said:
        """What it says, as one."""
        return Said.of(self)
