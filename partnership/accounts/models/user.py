"""A person's account. Rights never hang on it: they come from the offices a person holds (areas.access)."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from partnership import clock


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make an account; without a password it can only be entered after one was set through an invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who may sign in. `is_invented` marks people made up for practice; their names are shown with that word.

    `last_means` says in words how they signed in last. Raising `session_round` ends every session of theirs.
    """

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_invented = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    last_signed_in_at = models.DateTimeField(null=True, blank=True)
    last_means = models.CharField(max_length=40, blank=True)
    session_round = models.PositiveIntegerField(default=0)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_one_account_per_address")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django compares this with each session at each request; the round makes it ours to change."""
        said = f"{self.password}:{self.session_round}"
        return salted_hmac("partnership.accounts.session", said, secret=secret, algorithm="sha256").hexdigest()

    def get_short_name(self) -> str:
        return self.name
