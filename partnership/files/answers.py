"""A kept file as an answer: a download that runs nothing."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from partnership.files import services
from partnership.files.models import StoredFile

ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "message/rfc822": ".eml"}
UNKNOWN = "application/octet-stream"


def download(file: StoredFile, name: str) -> HttpResponse:
    """The bytes under a name of ours, to be saved and never opened in the page. `name` has no ending."""
    content_type = file.content_type
    return _saved(services.read(file), content_type, f"{name}{ENDINGS.get(content_type, '')}")


def attached(data: bytes, name: str) -> HttpResponse:
    """What somebody sent, under the name that they gave it: bytes of which nothing is believed, to be saved."""
    return _saved(data, UNKNOWN, name)


def _saved(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
