"""The account of a person, and the organisations through which people sign in."""

from partnership.accounts.models.organisation import Organisation, OrganisationIdentity
from partnership.accounts.models.user import User, UserManager

__all__ = ["Organisation", "OrganisationIdentity", "User", "UserManager"]
