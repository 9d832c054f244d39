"""How a text meets its guidance: blocks with identifiers, which of them answer which requirement, what is explained."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership import clock
from partnership.documents.models.drafting import Section
from partnership.documents.models.version import Version

_PERSON = settings.AUTH_USER_MODEL


class Block(models.Model):
    """One paragraph, list, table, figure, quotation or heading of a section, as it was last saved.

    `key` survives edits and goes with the text into the next version. Without a place the text no longer has it.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="blocks")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="blocks")
    key = models.UUIDField(default=uuid.uuid4)
    place = models.PositiveIntegerField(null=True, help_text="From 1. Empty: the text no longer has this block.")
    kind = models.CharField(max_length=20)
    mark = models.CharField(max_length=64, help_text="The hash of what was written.")
    text = models.TextField(blank=True, help_text="Its words without form, to know it again and to name it.")
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["section", F("place").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="documents_block_once"),
            models.UniqueConstraint(
                fields=["section", "place"],
                name="documents_one_block_in_a_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(mark__regex=r"^[0-9a-f]{64}$"), name="documents_block_has_its_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.opening} ({self.section})"

    @property
    def opening(self) -> str:
        """Its first words, to name it by."""
        words = " ".join(self.text.split())
        return words if len(words) <= MOST_OPENING else f"{words[:MOST_OPENING].rsplit(' ', 1)[0]} …"


MOST_OPENING = 110


class Answer(models.Model):
    """The claim that one block answers one requirement; confirmed by somebody else, and only for what they read.

    It comes confirmed into a draft only as the version that the draft continues has it (trigger, migration 0009).
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="answers")
    requirement = models.CharField(max_length=20)
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="answers")
    claimed_at = models.DateTimeField(default=clock.now)
    claimed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    confirmed_mark = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["requirement", "block__section__position", "block__place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["block", "requirement"], name="documents_answer_claimed_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True, confirmed_mark="")
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, confirmed_mark__regex=r"^[0-9a-f]{64}$"),
                name="documents_answer_confirmed_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("claimed_by")),
                name="documents_answer_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement} by {self.block_id}"

    @property
    def state(self) -> str:
        """“gone”, “claimed”, “changed” since it was confirmed, or “confirmed”."""
        if self.block.place is None:
            return "gone"
        if not self.confirmed_mark:
            return "claimed"
        return "confirmed" if self.confirmed_mark == self.block.mark else "changed"


class Reason(models.TextChoices):
    NOT_MET = "not_met", "Not met"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class Explanation(models.Model):
    """Why a requirement is not met, or does not apply here. It is signed with the document and published."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="explanations")
    requirement = models.CharField(max_length=20)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    text = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["requirement"]
        constraints = [
            models.UniqueConstraint(fields=["version", "requirement"], name="documents_explained_once"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="documents_explanation_reason_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="documents_explanation_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.get_reason_display()}"
