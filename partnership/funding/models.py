"""Who pays what for a financial year, and what it is spent on. Money is decimal; what is not known is not zero."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from partnership import clock
from partnership.areas.models import Agency, Area


class ContributionKind(models.TextChoices):
    CASH = "cash", "Cash"
    GRANT = "grant", "Grant"
    IN_KIND = "in_kind", "In kind"


class Contribution(models.Model):
    """One payer's contribution. The payer may differ from the partner: a policing body pays for a force."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="contributions")
    start_year = models.PositiveSmallIntegerField(help_text="The year in which the financial year begins.")
    payer = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions")
    kind = models.CharField(max_length=10, choices=ContributionKind.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    is_invented = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["area", "-start_year", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "start_year", "payer", "kind"], name="funding_payer_once_in_a_year"
            ),
            models.CheckConstraint(condition=Q(kind__in=ContributionKind.values), name="funding_kind_is_known"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="funding_not_negative"),
            models.CheckConstraint(
                condition=Q(kind=ContributionKind.IN_KIND) | Q(amount__isnull=False), name="funding_money_has_an_amount"
            ),
            models.CheckConstraint(
                condition=Q(start_year__gte=2000, start_year__lte=2100), name="funding_year_is_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer}, {self.start_year}"


class Spending(models.Model):
    """One line of what the money was spent on in a financial year."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="spending")
    start_year = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    source = models.CharField(max_length=300, blank=True)
    is_invented = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["area", "-start_year", "position", "id"]
        verbose_name_plural = "spending"
        constraints = [
            models.UniqueConstraint(fields=["area", "start_year", "label"], name="funding_line_once_in_a_year"),
            models.CheckConstraint(
                condition=Q(start_year__gte=2000, start_year__lte=2100), name="funding_spending_year_is_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.start_year}"


class PrintedTotal(models.Model):
    """A total that was once printed, and what the check of it found. Shown inside the area alone."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="printed_totals")
    start_year = models.PositiveSmallIntegerField()
    side = models.CharField(max_length=20, choices=[("contributions", "Contributions"), ("spending", "Spending")])
    printed = models.DecimalField(max_digits=14, decimal_places=2)
    where = models.CharField(max_length=300, help_text="Where it was printed.")
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["area", "-start_year", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "start_year", "side", "printed", "where"], name="funding_printed_total_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.start_year}: {self.printed}"
