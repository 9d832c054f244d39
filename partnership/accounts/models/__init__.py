"""The account of a person, and what is kept beside it."""

from partnership.accounts.models.factor_reset import FactorReset
from partnership.accounts.models.kept_post import KeptPost
from partnership.accounts.models.user import User, UserManager

__all__ = ["FactorReset", "KeptPost", "User", "UserManager"]
