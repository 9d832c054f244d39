"""A kept file as an answer: a download that runs nothing."""

from django.http import HttpResponse

from partnership.files import services
from partnership.files.models import StoredFile

ENDINGS = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


def download(file: StoredFile, name: str) -> HttpResponse:
    """The bytes under a name of ours, to be saved and never opened in the page. `name` has no ending."""
    response = HttpResponse(services.read(file), content_type=file.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}{ENDINGS.get(file.content_type, "")}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
