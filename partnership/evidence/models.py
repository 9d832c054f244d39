"""What a machine found at the public address of a version; and the daily lists of all that became public."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.documents.models import Version
from partnership.files.models import StoredFile

LONGEST_ADDRESS = 500
LONGEST_FAILURE = 200


class FetchRequest(models.Model):
    """That the public page of a version is to be fetched again. Never changed or removed (trigger)."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="fetch_requests")
    asked_at = models.DateTimeField(default=clock.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version", "asked_at"]

    def __str__(self) -> str:
        return f"{self.version}, asked again"


class PublicFetch(models.Model):
    """One try to fetch the public page of a version. Never changed or removed (trigger): the next try is another row.

    `led_to`: where the same host sent it on, if it did. `ok`: it was the answer that the page gives while all is well;
    then the body is kept, and otherwise `failure` says why not.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="public_fetches")
    number = models.PositiveIntegerField()
    address = models.CharField(max_length=LONGEST_ADDRESS)
    led_to = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    fetched_at = models.DateTimeField(default=clock.now)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=list, help_text="Pairs of name and value, in the order in which they came.")
    body = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    ok = models.BooleanField()
    failure = models.CharField(max_length=LONGEST_FAILURE, blank=True)

    class Meta:
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="evidence_fetch_numbers_differ"),
            models.CheckConstraint(condition=Q(number__gte=1), name="evidence_fetch_number_from_one"),
            models.CheckConstraint(
                condition=Q(ok=True, status__isnull=False, body__isnull=False, failure="")
                | (Q(ok=False, body__isnull=True) & ~Q(failure="")),
                name="evidence_fetch_is_whole_or_says_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, try {self.number}: {self.failure or self.status}"


class DailyList(models.Model):
    """The fingerprints of everything that became public by the end of a day, in one text that is chained and signed.

    The database works out `sha256` from `content` and refuses a list that does not follow the newest one. Never changed
    or removed (trigger). `heads`: the newest entry of the audit record of each area when it was made; not public, as it
    tells how much is done where. Its SHA-256 is in `content`, so that a record that was cut or rewritten since shows.
    """

    day = models.DateField(unique=True)
    content = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    previous = models.CharField(
        max_length=64, blank=True, help_text="The SHA-256 of the list before; empty for the first."
    )
    heads = models.TextField()
    made_at = models.DateTimeField(default=clock.now)
    signature = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"Fingerprints of {self.day}"


class Listed(models.Model):
    """One fingerprint in a daily list. `seal`: whose seal and time stamp the file bears, as read from the file itself."""

    class What(models.TextChoices):
        TEXT = "text", "The text that was signed"
        PDF = "pdf", "The PDF"
        COMPANION = "companion", "The PDF of a version beside it"

    day = models.ForeignKey(DailyList, on_delete=models.PROTECT, related_name="listed")
    sha256 = models.CharField(max_length=64, unique=True)
    what = models.CharField(max_length=10, choices=What.choices)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    seal = models.JSONField(default=dict)

    class Meta:
        ordering = ["day", "sha256"]
        constraints = [
            models.CheckConstraint(condition=Q(what__in=["text", "pdf", "companion"]), name="evidence_listed_is_known"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="evidence_listed_has_a_fingerprint"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sha256}: {self.get_what_display()}"
