"""Pages for what went wrong. Each says what happened and what to do now; /api/ gets the same as problem JSON."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string

from partnership.errors import NotAllowed, Refused

PROBLEM = "application/problem+json"
BUSY = "Somebody else is doing something in the same place at this very moment. Nothing was changed."
CSRF = "csrfmiddlewaretoken"
OF_PROOF = ("password", "code", "credential", "secret")
SHORT = 60  # a longer text is shown, so that it can be read and copied
ONLY_SENT = "This address takes what a form or a button sends, and has no page of its own."
ONLY_SHOWN = "This address only shows something, and takes nothing that is sent to it."


class Answered(HttpRequest):
    """What is noted on a request that is refused: why, for the log, and that its page is a refusal, for the frame."""

    refusal: object
    is_refusal: bool


def status_of(refusal: Refused) -> int:
    """403 for the wrong person; 409 for the wrong time, for what somebody else changed, and for what is missing."""
    return HTTPStatus.FORBIDDEN if isinstance(refusal, NotAllowed) else HTTPStatus.CONFLICT


def body(status: int, detail: str, problems: Sequence[Any] = ()) -> dict[str, Any]:
    """The members of a problem document (RFC 9457)."""
    found = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": detail,
    }
    return {**found, "errors": [list(map(str, pair)) for pair in pairs(problems)]} if problems else found


def pairs(problems: Sequence[Any]) -> list[tuple[str, str]]:
    """Problems as (sentence, href); one without a place has an empty href."""
    return [_pair(problem) for problem in problems]


def _pair(problem: Any) -> tuple[str, str]:
    if isinstance(problem, tuple):
        return str(problem[0]), str(problem[1])
    return str(getattr(problem, "sentence", problem)), str(getattr(problem, "href", ""))


def told(request: HttpRequest, refusal: Refused) -> int:
    """The status of a refusal that a page says in its own way, having noted for the log which rule it was."""
    cast(Answered, request).refusal = refusal
    return status_of(refusal)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The page (or problem document) for a rule that said no, with its sentence."""
    problems = getattr(refusal, "problems", ())
    return _answer(request, told(request, refusal), refusal.sentence, problems)


def busy(request: HttpRequest) -> HttpResponse:
    """For an act that waited too long for another one. What was typed is on the page and is sent again with one button.

    Whatever proves who somebody is stays out of it, and a file has to be chosen again.
    """
    cast(Answered, request).refusal = "busy"
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != CSRF]
    typed = [(name, str(value)) for name, value in sent if not any(word in name for word in OF_PROOF)]
    may_resend = request.method == "POST" and len(typed) == len(sent) and not request.FILES
    more = {"typed": typed, "may_resend": may_resend, "texts": [text for _, text in typed if len(text) > SHORT]}
    return _answer(request, HTTPStatus.CONFLICT, BUSY, template="errors/busy.html", more=more)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return not_understood(request, "We could not understand what was sent.")


def not_understood(request: HttpRequest, sentence: str) -> HttpResponse:
    """400, for an address that asks for something it does not name rightly; the sentence says what."""
    return _answer(request, HTTPStatus.BAD_REQUEST, sentence)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    cast(Answered, request).refusal = exception
    return _answer(request, HTTPStatus.FORBIDDEN, str(exception) or "You may not see this page.")


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """For an address that is asked in a way it does not take: most often a button's address, opened as if it were a page."""
    answer = _answer(request, HTTPStatus.METHOD_NOT_ALLOWED, ONLY_SENT if "POST" in allowed else ONLY_SHOWN)
    answer["Allow"] = allowed
    return answer


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    return _answer(
        request,
        HTTPStatus.NOT_FOUND,
        "There is no page at this address, or it is not open to you.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database or the session: they may be what failed."""
    if _is_api(request):
        found = body(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side.")
        return JsonResponse(found, status=HTTPStatus.INTERNAL_SERVER_ERROR, content_type=PROBLEM)
    return HttpResponseServerError(render_to_string("errors/500.html", {"service_name": settings.SERVICE_NAME}))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    cast(Answered, request).refusal = "csrf"
    return _answer(
        request,
        HTTPStatus.FORBIDDEN,
        "The page you sent this from is too old, or cookies are switched off. Nothing was changed.",
        template="errors/csrf.html",
    )


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _answer(
    request: HttpRequest,
    status: int,
    sentence: str,
    problems: Sequence[Any] = (),
    *,
    template: str = "",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    if _is_api(request):
        return JsonResponse(body(status, sentence, problems), status=status, content_type=PROBLEM)
    context = {"sentence": sentence, "problems": pairs(problems), **(more or {})}
    cast(Answered, request).is_refusal = True  # the frame asks for less
    return render(request, template or f"errors/{int(status)}.html", context, status=status)
