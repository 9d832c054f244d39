"""Files as answers: they are saved and never shown by the browser, whatever is in them."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from partnership.files import services as files
from partnership.files.models import StoredFile

JSON = "application/json"


def download(data: bytes, content_type: str, name: str) -> HttpResponse:
    """Bytes to be saved under a name."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def shown(file: StoredFile) -> HttpResponse:
    """A picture for a page."""
    response = HttpResponse(files.read(file), content_type=file.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
