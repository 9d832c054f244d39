"""What a view may count on: behind LoginRequiredMiddleware, somebody is signed in."""

from django.http import HttpRequest

from partnership.accounts.models import User


class Request(HttpRequest):
    """A request of somebody signed in: LoginRequiredMiddleware lets no other through."""

    user: User  # type: ignore[assignment]
