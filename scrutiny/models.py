"""What the independent scrutineer says: challenges with the partners' answers beside them, and their own statement."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Area, Seat
from partnership.documents import numbering
from partnership.documents.models import Document, Version

_PERSON = settings.AUTH_USER_MODEL


class Redaction(models.Model):
    """Other words for one passage, given by its own side after the text that it stood in was sealed.

    Exactly one of the three says which passage it is. The last that was given is what anybody reads from then on; none
    is changed or removed. `reason` says why, and nothing of what was taken out; `redacted_as` is the office in words.
    """

    text_of = models.ForeignKey("ChallengeNote", on_delete=models.PROTECT, null=True, related_name="text_redactions")
    view_of = models.ForeignKey("ChallengeNote", on_delete=models.PROTECT, null=True, related_name="view_redactions")
    answer = models.ForeignKey("Response", on_delete=models.PROTECT, null=True, related_name="redactions")
    words = models.TextField()
    reason = models.TextField()
    redacted_as = models.CharField(max_length=250)
    redacted_at = models.DateTimeField(default=clock.now)
    redacted_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(text_of__isnull=False, view_of=None, answer=None)
                | Q(text_of=None, view_of__isnull=False, answer=None)
                | Q(text_of=None, view_of=None, answer__isnull=False),
                name="scrutiny_redaction_of_one_passage",
            ),
            models.CheckConstraint(condition=Q(words__regex=r"\S"), name="scrutiny_redaction_says_something"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="scrutiny_redaction_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Redaction of {self.text_of or self.view_of or self.answer}"

    @property
    def mark(self) -> dict[str, str]:
        """What stands beside the words in a frozen text: when some were taken out, and by which office."""
        return {"redacted_on": clock.london_day(self.redacted_at).isoformat(), "redacted_by": self.redacted_as}

    @property
    def sentence(self) -> str:
        """The same as everybody reads it."""
        return numbering.taken_out(self.mark)


def _last(redactions: Any) -> Redaction | None:
    """The redaction that holds. Of rows that were read along, so that a page of challenges asks once."""
    return max(redactions.all(), key=lambda row: row.pk, default=None)


class ChallengeNote(models.Model):
    """One challenge. Its text is the scrutineer's: nobody edits it, and only a scrutineer closes it."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="challenges")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="challenges")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+", help_text="What was read.")
    number = models.PositiveIntegerField()
    section_key = models.SlugField(max_length=60, blank=True)
    text = models.TextField()
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    raised_as = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
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

    @property
    def text_redaction(self) -> Redaction | None:
        return _last(self.text_redactions)

    @property
    def view_redaction(self) -> Redaction | None:
        return _last(self.view_redactions)

    @property
    def text_as_read(self) -> str:
        """The challenge as it is read today: `text` itself stays, and is shown nowhere once words were taken out of it."""
        return row.words if (row := self.text_redaction) else self.text

    @property
    def view_as_read(self) -> str:
        return row.words if (row := self.view_redaction) else self.view


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
    answered_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["challenge", "answered_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="scrutiny_answer_says_something"),
            models.CheckConstraint(condition=Q(position__in=Position.values), name="scrutiny_position_is_known"),
        ]

    def __str__(self) -> str:
        return f"Answer of {self.agency_name} to {self.challenge}"

    @property
    def redaction(self) -> Redaction | None:
        return _last(self.redactions)

    @property
    def text_as_read(self) -> str:
        """The answer as it is read today: `text` itself stays, and is shown nowhere once words were taken out of it."""
        return row.words if (row := self.redaction) else self.text


class StatementDraft(models.Model):
    """What a scrutineer has written of their statement and not given. Nobody but its author reads it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="statement_drafts")
    author = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
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
    author = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
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
