"""A session ends with the last office of its person, at the next request."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from partnership.dashboard.standing import standing_of

HELD = "held_an_office"
Handler = Callable[[HttpRequest], HttpResponse]


class OfficeEnds:
    """Whoever held an office in this session and holds none now is signed out. Nothing is asked of public pages.

    Somebody who signs in without any office is let in: they see their own record, and nothing else is open to them.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if standing_of(request).has_standing:
            if not request.session.get(HELD):
                request.session[HELD] = True
            return None
        if not request.session.get(HELD):
            return None
        logout(request)
        messages.info(request, "Your last office here has ended, so you are signed out.")
        return redirect(reverse("account_login"))
