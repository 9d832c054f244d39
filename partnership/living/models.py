"""Where a published document no longer agrees with the records, and the clerical editions that put it right."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from partnership import clock
from partnership.documents.kinds import Change
from partnership.documents.models import Version


class Comparison(models.Model):
    """When a published text was last held against the records."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="comparison")
    compared_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.version}, {self.compared_at:%Y-%m-%d %H:%M}"


class StaleFlag(models.Model):
    """One fact of a published text that the records contradict; closed when they agree again, or the text is replaced.

    What was found is kept, and a closed flag stays as it is (trigger, migration 0002). `since` is the day from which
    the records say otherwise, or the day on which that was found where they do not know it.
    """

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="stale_flags")
    fact = models.CharField(max_length=160, help_text="The name of the fact, as a token has it.")
    title = models.TextField()
    frozen_value = models.TextField()
    value_now = models.TextField(blank=True, help_text="Empty: the records have nothing to say.")
    since = models.DateField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Change])
    found_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "fact"], condition=Q(closed_at__isnull=True), name="living_one_open_flag_for_a_fact"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Change]), name="living_kind_of_change_is_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("found_at")), name="living_closed_after_found"
            ),
            models.CheckConstraint(condition=~Q(fact="") & ~Q(title=""), name="living_flag_names_its_fact"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    @property
    def is_structural(self) -> bool:
        return self.kind == Change.STRUCTURAL


class ClericalEdition(models.Model):
    """The mark on a draft that may differ from the published text in facts alone, and the flags that led to it."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, related_name="clerical_edition")
    flags = models.ManyToManyField(StaleFlag, related_name="clerical_editions")
    begun_at = models.DateTimeField(default=clock.now)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Clerical edition: {self.version}"
