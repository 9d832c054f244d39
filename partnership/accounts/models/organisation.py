"""An organisation's own sign-in (OpenID Connect), and who of it holds which account here."""

from django.db import models

from partnership import clock
from partnership.accounts.models.user import User


class Organisation(models.Model):
    """One identity provider. `sealed_secret` is encrypted (organisations.secrets); `tenant`, when set, must be in each token."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=200)
    sealed_secret = models.TextField()
    tenant = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "tenant"], name="accounts_one_organisation_per_tenant"),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationIdentity(models.Model):
    """Binds an account to exactly one person at one issuer. Names and addresses there play no part (ADR 0018)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="organisation_identities")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=300)
    tenant = models.CharField(max_length=100, blank=True)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "tenant", "subject"], name="accounts_one_account_per_organisation_identity"
            ),
            models.UniqueConstraint(fields=["user", "organisation"], name="accounts_one_identity_per_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.organisation}"
