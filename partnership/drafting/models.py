"""Many hands on one draft: who writes which section by when, what is said about a passage, what was typed and not saved."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Seat
from partnership.areas.roles import Office
from partnership.documents.models import Document, Section

_PERSON = settings.AUTH_USER_MODEL


def _paired(name: str) -> Q:
    return Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


class SectionTask(models.Model):
    """That a person, or whoever holds an office, writes one section of a document by a day. It outlives the versions."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="section_tasks")
    section_key = models.SlugField(max_length=60)
    section_title = models.CharField(max_length=200)
    person = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="section_tasks")
    office = models.CharField(max_length=30, blank=True, choices=Office.choices)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="When the section was taken from its owner.")
    ended_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "section_key"],
                condition=Q(ended_at=None),
                name="drafting_one_owner_of_a_section",
            ),
            models.CheckConstraint(condition=_paired("ended"), name="drafting_ended_at_and_by"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, office="", seat__isnull=True)
                | (Q(person__isnull=True, office__in=Office.values)),
                name="drafting_owner_is_a_person_or_an_office",
            ),
            models.CheckConstraint(condition=_paired("handed_in"), name="drafting_handed_in_at_and_by"),
        ]

    def __str__(self) -> str:
        return f"{self.section_title} of {self.document}"

    @property
    def owner(self) -> str:
        """Who writes it, by name or by office."""
        if self.person:
            return self.person.name
        label = Office(self.office).label
        return f"{label}, {self.seat.agency.name}" if self.seat else label


class HandBack(models.Model):
    """A section that was handed in and went back to its owner, with what is missing. Never changed or removed."""

    task = models.ForeignKey(SectionTask, on_delete=models.PROTECT, related_name="hand_backs")
    comment = models.TextField()
    handed_back_at = models.DateTimeField(default=clock.now)
    handed_back_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["task", "-handed_back_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(comment=""), name="drafting_hand_back_says_why")]

    def __str__(self) -> str:
        return f"{self.task}, {self.handed_back_at:%Y-%m-%d}"


class CommentKind(models.TextChoices):
    QUESTION = "question", "Question"
    FIX = "fix", "To be mended"
    CHALLENGE = "challenge", "Challenge"


class Comment(models.Model):
    """What somebody says about one passage. It never leaves with the document; one to be mended stops the sending."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()
    section_key = models.SlugField(max_length=60)
    section_title = models.CharField(max_length=200)
    block_key = models.UUIDField()
    passage = models.TextField(help_text="The words of the passage when this was said.")
    kind = models.CharField(max_length=20, choices=CommentKind.choices)
    text = models.TextField()
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    raised_as = models.CharField(max_length=300, help_text="The offices held in the area at that moment.")
    once = models.UUIDField(unique=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    resolution = models.TextField(blank=True)

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="drafting_comment_number_once"),
            models.CheckConstraint(condition=Q(kind__in=CommentKind.values), name="drafting_comment_kind_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="drafting_comment_has_words"),
            models.CheckConstraint(condition=_paired("resolved"), name="drafting_comment_resolved_at_and_by"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolution="")
                | (Q(resolved_at__isnull=False) & ~Q(resolution="")),
                name="drafting_comment_resolved_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"Comment {self.number} on {self.document}"


class Reply(models.Model):
    """An answer to a comment. Never changed or removed."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField()
    once = models.UUIDField(unique=True)
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["comment", "written_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="drafting_reply_has_words")]

    def __str__(self) -> str:
        return f"Reply to {self.comment}"


class Unsaved(models.Model):
    """What one person typed in one section and did not save, kept by their browser's script. Nobody else sees it."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="unsaved")
    person = models.ForeignKey(_PERSON, on_delete=models.CASCADE, related_name="+")
    body = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    seen_revision = models.PositiveIntegerField()
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["section", "pk"]
        constraints = [models.UniqueConstraint(fields=["section", "person"], name="drafting_unsaved_once")]

    def __str__(self) -> str:
        return f"Unsaved text of {self.section_id}"
