"""Pages that are read before signing in: who can sign in, and the mailbox to which the link to do so goes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def open_in_practice(view: View) -> View:
    """Open to everybody in the practice area. Shown nowhere else, even if somebody installs this app."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.PRACTICE:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(never_cache(wrapped))
