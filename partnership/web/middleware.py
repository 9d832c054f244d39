"""What every answer carries, and how a refusal of the domain becomes a page."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse

from partnership.errors import Refused
from partnership.web import errors

Handler = Callable[[HttpRequest], HttpResponse]
SWITCHED_OFF = (
    "accelerometer",
    "camera",
    "geolocation",
    "gyroscope",
    "microphone",
    "payment",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in SWITCHED_OFF)
FIRST_ERROR = 400
LOCKED = ("55P03", "40P01")  # lock_not_available, deadlock_detected
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class SecurityHeaders:
    """No device features; nothing of a signed-in person in any cache; private pages out of every search engine."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        signed_in = hasattr(request, "user") and request.user.is_authenticated
        if signed_in:
            response.headers["Cache-Control"] = "no-store, private"
        if signed_in or response.status_code >= FIRST_ERROR or not _is_open(request):
            response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response


def _is_open(request: HttpRequest) -> bool:
    """Whether the page is marked @login_not_required."""
    match = request.resolver_match
    return match is not None and not getattr(match.func, "login_required", True)


class NoBodyForHead:
    """An answer to HEAD keeps its headers, its length among them, and leaves its body out."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = []
            else:
                response.content = b""
        return response


class MethodsInUse:
    """Whatever is neither asking nor sending a form is 405 at once. Some views would take a PUT for a form that was sent."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return errors.wrong_method(request, ", ".join(METHODS))
        return self.get_response(request)


class Refusals:
    """Turns a Refused that no view caught into 403 or 409, with its sentence; and gives an empty 405 its page.

    Whoever waited in vain for somebody else's act to end gets a page that keeps what they sent.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return errors.wrong_method(request, response["Allow"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError) and _waited_in_vain(exception):
            return errors.busy(request)
        return errors.refused(request, exception) if isinstance(exception, Refused) else None


def _waited_in_vain(error: OperationalError) -> bool:
    """Whether the database gave up waiting for a lock, or ended one of two acts that waited for each other."""
    return getattr(error.__cause__, "sqlstate", "") in LOCKED
