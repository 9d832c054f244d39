"""Each June: can everybody who will be asked to sign still sign in?"""

from django.conf import settings
from django.db import models

from partnership import clock
from partnership.mail.models import OutgoingMail


class SignInCheck(models.Model):
    """One person, one year: asked by mail, confirmed by signing in. Not confirmed is a task months before September."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sign_in_checks")
    year = models.PositiveSmallIntegerField()
    address = models.EmailField(max_length=254)
    mail = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "person"]
        constraints = [models.UniqueConstraint(fields=["person", "year"], name="areas_one_sign_in_check_a_year")]

    def __str__(self) -> str:
        return f"{self.person}, {self.year}"
