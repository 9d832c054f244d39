"""Every no to somebody who is signed in leaves one line: who asked for what, which rule said no. None of the words."""

import logging
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse

from partnership.errors import NotAllowed
from partnership.web import logs
from partnership.web.middleware import Handler

log = logging.getLogger("partnership.access")

DENIALS = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT})
KEYS = ("actor", "method", "page", "arguments", "rule", "status")
LINE = "denied actor=%(actor)s method=%(method)s page=%(page)s arguments=%(told)s rule=%(rule)s status=%(status)s"
OUTSIDE = "outside"  # not there, or in an area that the person may not see: the answer is the same, so the line is too
UNNAMED = "refused"  # a page said no in its own words and did not tell which rule it followed


class Denials:
    """Outside everything that turns a rule into an answer, so that each answer is seen once and as it leaves."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code in DENIALS and hasattr(request, "user") and request.user.is_authenticated:
            _note(request, response.status_code)
        return response


def _note(request: HttpRequest, status: int) -> None:
    match = logs.match_of(request)
    arguments = logs.arguments_of(match)
    said = {
        "actor": request.user.pk,
        "method": request.method,
        "page": logs.page_of(match),
        "arguments": arguments,
        "rule": rule_of(request, status),
        "status": int(status),
    }
    log.info(LINE, {**said, "told": ",".join(logs.pairs(arguments)) or "none"}, extra=said)


def rule_of(request: HttpRequest, status: int) -> str:
    """The permission that was missing; or what kind of no it was."""
    refusal = getattr(request, "refusal", None)
    if status == HTTPStatus.NOT_FOUND or isinstance(refusal, Http404):
        return OUTSIDE
    if isinstance(refusal, NotAllowed) and refusal.rule:
        return refusal.rule
    return refusal if isinstance(refusal, str) else type(refusal).__name__ if refusal else UNNAMED
