"""The account of a person, what is kept beside it, and the organisations through which people sign in."""

from partnership.accounts.models.factor_reset import FactorReset
from partnership.accounts.models.kept_post import KeptPost
from partnership.accounts.models.operator import Operator
from partnership.accounts.models.organisation import Organisation, OrganisationIdentity
from partnership.accounts.models.password_ask import PasswordAsk
from partnership.accounts.models.user import User, UserManager

__all__ = [
    "FactorReset",
    "KeptPost",
    "Operator",
    "Organisation",
    "OrganisationIdentity",
    "PasswordAsk",
    "User",
    "UserManager",
]
