"""One text of a document: first a draft in sections, then frozen content with its hash, for ever."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.documents.models.document import Document
from partnership.documents.workflow import FROZEN, READABLE, Status

_PERSON = settings.AUTH_USER_MODEL


class Ground(models.TextChoices):
    """Why something is withdrawn after publication. The first seals the original."""

    REDACTION = "redaction", "Somebody could be identified from it, or a court or a family asked for a change"
    ERROR = "error", "It should not have been published, or is wrong beyond a correction"


# What was public once carries how it was agreed and when it went out, whatever became of it afterwards.
_ONCE_PUBLIC = Q(status__in=sorted({*READABLE, Status.TAKEN_DOWN}))


def _paired(name: str) -> Q:
    return Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


class Version(models.Model):
    """`content` is the canonical text and `sha256` its hash; the database checks the one against the other."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    base = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="continued_by")
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    content = models.TextField(blank=True, help_text="The canonical form of what the reader sees.")
    sha256 = models.CharField(max_length=64, null=True, help_text="Of the content.")  # noqa: DJ001 null until frozen
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(
        null=True, help_text="When it was agreed that it goes out without every signature."
    )
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(
        blank=True,
        help_text="Why it was returned, declared void or withdrawn. Of what was public, as the public reads it.",
    )
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    in_force_from = models.DateField(
        null=True,
        help_text="From when what was published holds, where its kind comes into force. Set with publication.",
    )
    review_on = models.DateField(null=True, help_text="When the partners said at publication that they will review it.")
    superseded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_for = models.CharField(max_length=10, choices=Ground.choices, blank=True)
    consolidated_at = models.DateTimeField(null=True)
    consolidated_into = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="consolidates")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_version_number_once"),
            models.UniqueConstraint(fields=["id", "sha256"], name="documents_version_and_hash"),
            models.UniqueConstraint(fields=["document"], condition=Q(status=Status.DRAFT), name="documents_one_draft"),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(status__in=sorted(FROZEN)),
                name="documents_one_in_sign_off",
            ),
            models.UniqueConstraint(
                fields=["document"], condition=Q(status=Status.PUBLISHED), name="documents_one_published"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="documents_status_is_known"),
            models.CheckConstraint(condition=Q(number__gte=1), name="documents_version_number_from_one"),
            *(
                models.CheckConstraint(condition=_paired(name), name=f"documents_{name}_at_and_by")
                for name in ("frozen", "returned", "published", "withdrawn", "voided")
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN])
                | Q(frozen_at__isnull=False, sha256__isnull=False),
                name="documents_beyond_draft_is_frozen",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RETURNED) | (Q(returned_at__isnull=False) & ~Q(reason="")),
                name="documents_returned_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN) | (Q(withdrawn_at__isnull=False) & ~Q(reason="")),
                name="documents_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.VOID) | (Q(voided_at__isnull=False) & ~Q(reason="")),
                name="documents_void_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SIGNED) | Q(signed_at__isnull=False, settled_at__isnull=True),
                name="documents_signed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SIGNED_IN_PART) | Q(signed_at__isnull=True, settled_at__isnull=False),
                name="documents_settled_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~_ONCE_PUBLIC
                | Q(signed_at__isnull=False, settled_at__isnull=True)
                | Q(signed_at__isnull=True, settled_at__isnull=False),
                name="documents_published_was_agreed",
            ),
            models.CheckConstraint(
                condition=~_ONCE_PUBLIC | Q(published_at__isnull=False),
                name="documents_published_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.TAKEN_DOWN, withdrawn_at__isnull=False, withdrawn_for__in=Ground.values)
                & ~Q(reason="")
                | ~Q(status=Status.TAKEN_DOWN) & Q(withdrawn_for=""),
                name="documents_taken_down_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CONSOLIDATED, consolidated_at__isnull=False, consolidated_into__isnull=False)
                | Q(status=Status.TAKEN_DOWN)
                | ~Q(status=Status.CONSOLIDATED) & Q(consolidated_at=None, consolidated_into=None),
                name="documents_consolidated_into_a_document",
            ),
            models.CheckConstraint(
                condition=Q(in_force_from__isnull=True) | Q(published_at__isnull=False),
                name="documents_in_force_once_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document.title}, version {self.number}"

    @property
    def is_sealed(self) -> bool:
        """Whether only named roles may open it, each time on record."""
        return self.status == Status.TAKEN_DOWN and self.withdrawn_for == Ground.REDACTION
