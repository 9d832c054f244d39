"""How the API says no: problem documents (RFC 9457), set as EXCEPTION_HANDLER."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from partnership.errors import Refused
from partnership.web import errors


def problem(exception: Exception, context: dict[str, Any]) -> Response | None:
    """An answer for every error the API knows; None leaves an unknown one to the 500 page."""
    if isinstance(exception, Refused):
        set_rollback()
        asked = context.get("request")
        status = errors.told(asked._request, exception) if asked else errors.status_of(exception)
        return _answer(
            status,
            errors.body(status, exception.sentence, getattr(exception, "problems", ())),
        )
    response = exception_handler(exception, context)
    if response is None:
        return None
    found = errors.body(response.status_code, _detail(exception))
    if isinstance(exception, exceptions.ValidationError):
        found["errors"] = response.data
    return _answer(response.status_code, found, dict(response.headers))


def _detail(exception: Exception) -> str:
    if isinstance(exception, Http404):
        return "There is nothing at this address, or it is not open to you."
    if isinstance(exception, PermissionDenied):
        return str(exception) or "You may not see this."
    if isinstance(exception, exceptions.ValidationError):
        return "Some of what was sent is missing or wrong."
    return str(getattr(exception, "detail", exception))


def _answer(status: int, found: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    kept = {name: value for name, value in (headers or {}).items() if name in {"WWW-Authenticate", "Retry-After"}}
    return Response(found, status=status, headers=kept, content_type=errors.PROBLEM)
