"""The account of a person."""

from partnership.accounts.models.user import User, UserManager

__all__ = ["User", "UserManager"]
