"""The view that pages are measured beside: Django's own way from request to answer, without any middleware of ours."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import path

from partnership.accounts.models import User


def view(request: HttpRequest, queries: int) -> HttpResponse:
    """Fetch one row, as often as the page asks the database."""
    for _ in range(queries):
        User.objects.order_by("pk").first()
    return HttpResponse("<!doctype html><title>Bare</title><p>Nothing else.")


class OnlyThisModule:
    """Sends every request to the address below."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__  # type: ignore[attr-defined]
        return self.get_response(request)


urlpatterns = [path("bare/<int:queries>/", view)]


def client(host: str) -> Client:
    """A test client whose requests meet nothing but the view."""
    made = Client(SERVER_NAME=host)
    with override_settings(MIDDLEWARE=[f"{__name__}.OnlyThisModule"]):
        made.handler.load_middleware()
    return made
