"""Production's two lines for each request, with the address's name where its path and its query would stand."""

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

from partnership.web import logs


class RequestLines(RequestMiddleware):
    """A path holds the token of an invitation, a query what somebody looked for: neither belongs into a log."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return logs.in_words(request)
