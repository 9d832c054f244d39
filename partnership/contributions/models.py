"""Rooms in which one agency writes for a section, seen by nobody else until it releases exactly what it chose.

The text is never a column of the room: whoever may know of a room is not by that allowed to read what is written in it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Agency
from partnership.documents.models import Document, Version

_PERSON = settings.AUTH_USER_MODEL


def _paired(name: str) -> Q:
    return Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


class Room(models.Model):
    """What one agency is asked to write for one section, by when. Closed: taken into the draft, or done without.

    `revision` counts the saves; a save that names an older one is a clash, never a loss. `round` goes up with each
    handing back. What was asked is never changed (trigger, migration 0002).
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="rooms")
    number = models.PositiveIntegerField()
    section_key = models.SlugField(max_length=60)
    section_title = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="rooms")
    agency_name = models.CharField(max_length=200)
    asked = models.TextField(help_text="What the agency is asked for. Everybody in the area may read it.")
    due_on = models.DateField()
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    round = models.PositiveIntegerField(default=1)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    closed_because = models.TextField(blank=True, help_text="Why the document goes without it, if anybody said so.")

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="contributions_room_number_once"),
            models.UniqueConstraint(
                fields=["document", "section_key", "agency"],
                condition=Q(closed_at=None),
                name="contributions_one_open_room",
            ),
            models.CheckConstraint(condition=~Q(asked=""), name="contributions_something_is_asked"),
            models.CheckConstraint(condition=_paired("closed"), name="contributions_closed_at_and_by"),
            models.CheckConstraint(
                condition=Q(closed_because="") | Q(closed_at__isnull=False),
                name="contributions_reason_of_a_closed_room",
            ),
        ]

    def __str__(self) -> str:
        return f"Contribution of {self.agency_name} to {self.section_title}"


class Outcome(models.TextChoices):
    SAVED = "saved", "Saved"
    KEPT_ASIDE = "kept_aside", "Kept aside"


class Writing(models.Model):
    """A text as somebody of the agency saved it. Never changed or removed, and read only within the agency.

    The room's text is the saved one of its `revision`. Kept aside: a colleague had saved in between. Only people of the
    agency write, in an open room (trigger, migration 0004).
    """

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="writings")
    round = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["room", "-saved_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "revision"], condition=Q(outcome=Outcome.SAVED), name="contributions_revision_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="contributions_writing_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room}, {self.saved_at:%Y-%m-%d %H:%M}"


class Unsaved(models.Model):
    """What one person typed in a room and did not save, kept by their browser's script. No colleague sees it either."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="unsaved")
    person = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="+")
    body = models.TextField(blank=True)
    seen_revision = models.PositiveIntegerField()
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["room", "pk"]
        constraints = [models.UniqueConstraint(fields=["room", "person"], name="contributions_unsaved_once")]

    def __str__(self) -> str:
        return f"Unsaved text of {self.room_id}"


class Release(models.Model):
    """The text that an agency let go, with its hash, by whom in which office. It ends once: back, or into the draft.

    The text and who released it are never changed, and what has ended stays so (trigger, migration 0002). Only whoever
    releases for the agency does, and exactly what was saved last (trigger, migration 0004).
    """

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="releases")
    round = models.PositiveIntegerField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64, help_text="Of the body; the database checks it.")
    agency_name = models.CharField(max_length=200)
    person_name = models.CharField(max_length=200)
    office_name = models.CharField(max_length=200)
    released_at = models.DateTimeField(default=clock.now)
    released_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    handed_back_at = models.DateTimeField(null=True)
    handed_back_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    comment = models.TextField(blank=True, help_text="Why it was handed back.")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    taken_into = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    taken_revision = models.PositiveIntegerField(null=True, help_text="Of the section, with this text in it.")

    class Meta:
        ordering = ["room", "-released_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["room"],
                condition=Q(taken_back_at=None, handed_back_at=None),
                name="contributions_one_live_release",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="contributions_release_says_something"),
            *(
                models.CheckConstraint(condition=_paired(name), name=f"contributions_{name}_at_and_by")
                for name in ("taken_back", "handed_back", "taken")
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, handed_back_at=None)
                | Q(taken_back_at=None, taken_at=None)
                | Q(handed_back_at=None, taken_at=None),
                name="contributions_release_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(handed_back_at=None, comment="") | (Q(handed_back_at__isnull=False) & ~Q(comment="")),
                name="contributions_handed_back_with_comment",
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None, taken_into=None, taken_revision=None)
                | Q(taken_at__isnull=False, taken_into__isnull=False, taken_revision__isnull=False),
                name="contributions_taken_into_a_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.room}, released {self.released_at:%Y-%m-%d %H:%M}"

    @property
    def is_live(self) -> bool:
        """Whether it stands: neither taken back nor handed back."""
        return self.taken_back_at is None and self.handed_back_at is None


class Step(models.TextChoices):
    SOON = "soon", "Due within a week"
    LATE = "late", "The day has passed"


class RoomReminder(models.Model):
    """A reminder that went out, once for each step of each due date."""

    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="reminders")
    due_on = models.DateField()
    step = models.CharField(max_length=10, choices=Step.choices)
    recipients = models.PositiveIntegerField(default=0)
    queued_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["room", "due_on", "queued_at"]
        constraints = [
            models.UniqueConstraint(fields=["room", "due_on", "step"], name="contributions_reminder_once"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="contributions_step_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.room}, {self.step}"
