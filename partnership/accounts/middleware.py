"""What holds for every page of somebody signed in: the session is not over, and a second factor was used.

Both look when Django has found the view, behind its check against forged posts, so that a post is kept only when its
person sent it.
"""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from partnership.accounts import confirming, keeping, second_factor, sessions
from partnership.accounts.models import User
from partnership.accounts.requests import Request
from partnership.web import errors

Handler = Callable[[HttpRequest], HttpResponse]
View = Callable[..., Any]

OVER = "You were signed out because nothing was opened for 30 minutes, or because you signed in more than 12 hours ago."
KEPT = f"{OVER} What you sent is kept: sign in, and you can send it."
NOT_KEPT = f"{OVER} What you sent could not be kept. Go back in your browser to copy it before you sign in."
NOBODY = "You were no longer signed in, so what you sent was not done, and it could not be kept."
COPY_IT = f"{NOBODY} If you wrote something, go back in your browser to copy it before you sign in."
STAY = "accounts:stay"  # sent by a page as long as it is open, and nothing that anybody wrote
NO_FACTOR = "Set up a second factor before you use this address."
# What somebody without a second factor needs in order to get one, or to leave.
ON_THE_WAY = {
    "accounts:second_factor",
    STAY,
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
FORBIDDEN = 403
FIRST_ERROR = 400


class SessionLimits:
    """Ends a session that is over, and keeps what it sent. Belongs between signing in and the demand to be signed in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.was = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            if sessions.is_over(request.session):
                request.was = request.user  # type: ignore[attr-defined]
                logout(request)
            else:
                sessions.touch(request.session)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        if request.user.is_authenticated or is_open(view):
            return None
        was: User | None = request.was  # type: ignore[attr-defined]
        if request.method != "POST":
            if was:
                messages.info(request, OVER)
            return None  # Django leads to the sign-in page and back here
        return _not_taken(request, was)


def _not_taken(request: HttpRequest, was: User | None) -> HttpResponse:
    """From a post of nobody to the sign-in page and on to what was kept, or back to the page that it was written on.

    Of somebody whose session has just ended it is kept. Where the session is gone (another window signed out, or the
    account was closed) nobody knows whose it was, so it is not.
    """
    if request.resolver_match and request.resolver_match.view_name == STAY:
        return redirect_to_login(keeping.way_back(request))
    kept = keeping.keep(request, was) if was else None
    if was:
        messages.info(request, KEPT if kept else NOT_KEPT)
    else:
        messages.info(request, COPY_IT)
    if not kept:
        request.session[keeping.NOT_DONE] = True
    return redirect_to_login(reverse("accounts:kept") if kept else keeping.way_back(request))


class SecondFactorForEveryone:
    """Whoever is signed in without a second factor sees nothing but the way to set one up.

    Here, past every check, what was kept and is sent again is deleted once the page has taken it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.is_sent_again = False  # type: ignore[attr-defined]
        response = self.get_response(request)
        if request.is_sent_again and response.status_code < FIRST_ERROR:  # type: ignore[attr-defined]
            keeping.forget(request, request.user)  # type: ignore[arg-type]
        return response

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if not request.user.is_authenticated or is_open(view) or (match and match.view_name in ON_THE_WAY):
            return None
        theirs = cast("Request", request)
        if confirming.has_confirmed(theirs):
            request.is_sent_again = keeping.MARK in request.POST  # type: ignore[attr-defined]
            return None
        if request.path.startswith("/api/"):
            return JsonResponse(errors.body(FORBIDDEN, NO_FACTOR), status=FORBIDDEN, content_type=errors.PROBLEM)
        if second_factor.kinds_of(theirs.user):
            return confirming.ask(theirs)
        return redirect("accounts:second_factor")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A view found that this person may, and has to confirm first that it is them."""
        if not isinstance(exception, confirming.NotConfirmed):
            return None
        return confirming.ask(cast("Request", request), exception.act)


def is_open(view: View) -> bool:
    """Whether a view is marked @login_not_required."""
    return not getattr(view, "login_required", True)
