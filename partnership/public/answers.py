"""What a public address gives of one version as a file: the PDF, the signed content, the evidence."""

from django.http import Http404, HttpResponse

from partnership.documents import certificate
from partnership.documents.models import Version
from partnership.files import services as files
from partnership.public import presenting, selectors


def pdf(version: Version) -> HttpResponse:
    """The PDF that was made of the signed content, byte by byte."""
    rendition = selectors.final_pdf(version)
    if rendition is None:
        raise Http404
    return _shown(files.read(rendition.file), "application/pdf", f"{presenting.file_name(version)}.pdf")


def content(version: Version) -> HttpResponse:
    """The canonical text exactly as it was hashed, so that anybody can compute the fingerprint."""
    return _shown(version.content.encode(), "application/json", f"{presenting.file_name(version)}.json")


def evidence(version: Version, where: str) -> HttpResponse:
    """Who signed which text, when and how, and who did not. `where`: the full address of the content."""
    told = certificate.as_text(certificate.evidence(version, where=where))
    return saved(told.encode(), "application/json", f"{presenting.file_name(version)}-evidence.json")


def saved(data: bytes, content_type: str, name: str) -> HttpResponse:
    """A file that the browser saves."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _shown(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
