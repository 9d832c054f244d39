"""Taking somebody's second factors away because they lost them: two others decide it together."""

from django.db import models
from django.db.models import F, Q

from partnership import clock
from partnership.accounts.models.user import User


class FactorReset(models.Model):
    """Asked for by one person, confirmed by another, about a third. The database refuses any two of them being one."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="factor_resets")
    reason = models.TextField(max_length=500)
    area_slug = models.CharField(max_length=80, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("user"))
                & (Q(confirmed_by__isnull=True) | (~Q(confirmed_by=F("user")) & ~Q(confirmed_by=F("asked_by")))),
                name="accounts_factor_reset_takes_two_others",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="accounts_factor_reset_confirmed_by_and_at",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(confirmed_at__isnull=True), name="accounts_one_open_factor_reset"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.asked_at:%Y-%m-%d}"
