"""One request, one time."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from partnership.practice import offset


class RequestClock:
    """Holds the practice clock's offset still for the whole request. Belongs first in MIDDLEWARE."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with offset.held_for_request():
            return self.get_response(request)
