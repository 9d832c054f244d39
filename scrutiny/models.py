"""What the independent scrutineer says: challenges with the partners' answers beside them, and their own statement."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Area, Seat
from partnership.documents.models import Document, Version


class ChallengeNote(models.Model):
    """One challenge. Its text is the scrutineer's: nobody edits it, and only a scrutineer closes it."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="challenges")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="challenges")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", help_text="What was read.")
    number = models.PositiveIntegerField()
    section_key = models.SlugField(max_length=60, blank=True)
    text = models.TextField()
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_as = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    view = models.TextField(blank=True, help_text="The scrutineer's view of the answers, on closing.")

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="scrutiny_challenge_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="scrutiny_challenge_says_something"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="scrutiny_closed_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"Challenge {self.number} on {self.document}"


class Position(models.TextChoices):
    ACCEPT = "accept", "We accept this"
    PART = "part", "We accept part of this"
    DECLINE = "decline", "We do not accept this"


class Response(models.Model):
    """One partner's answer. A correction is another answer; none is changed."""

    challenge = models.ForeignKey(ChallengeNote, on_delete=models.PROTECT, related_name="responses")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, related_name="+")
    agency_name = models.CharField(max_length=200)
    position = models.CharField(max_length=10, choices=Position.choices)
    text = models.TextField()
    answered_at = models.DateTimeField(default=clock.now)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["challenge", "answered_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="scrutiny_answer_says_something"),
            models.CheckConstraint(condition=Q(position__in=Position.values), name="scrutiny_position_is_known"),
        ]

    def __str__(self) -> str:
        return f"Answer of {self.agency_name} to {self.challenge}"


class StatementDraft(models.Model):
    """What a scrutineer has written of their statement and not given. Nobody but its author reads it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="statement_drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["document", "author"]
        constraints = [models.UniqueConstraint(fields=["document", "author"], name="scrutiny_one_statement_draft_each")]

    def __str__(self) -> str:
        return f"Draft statement of {self.author} on {self.document}"


class Statement(models.Model):
    """A scrutineer's statement as they gave it, on the draft of that day. A later one takes its place; none is changed.

    Only who is scrutineer of the area on that day gives one, and on a draft (trigger, migration 0005).
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="statements")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", help_text="The draft of the day.")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="Among those of its author on this document.")
    author_name = models.CharField(max_length=200)
    office_name = models.CharField(max_length=200)
    body = models.TextField()
    sha256 = models.CharField(max_length=64, help_text="Of the body; the database checks it.")
    given_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["document", "author", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "author", "number"], name="scrutiny_statement_number_once"),
            models.CheckConstraint(condition=~Q(body=""), name="scrutiny_statement_says_something"),
        ]

    def __str__(self) -> str:
        return f"Statement {self.number} of {self.author_name} on {self.document}"
