"""A version as a file to take away: Word, HTML, JSON. Whoever may read it may have it."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from partnership.accounts.requests import Request
from partnership.documents.views import loading
from partnership.word import presenting
from partnership.word.views import answers


@require_safe
def docx(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """The version as a Word file."""
    version = loading.opened(request, area, document, number)
    return answers.download(presenting.docx_of(version), presenting.WORD, presenting.file_name(version, "docx"))


@require_safe
def html(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """The version as one page of HTML that needs nothing else."""
    version = loading.opened(request, area, document, number)
    return answers.download(
        presenting.html_of(version).encode(), presenting.HTML, presenting.file_name(version, "html")
    )


@require_safe
def json(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """The canonical content of the version."""
    version = loading.opened(request, area, document, number)
    return answers.download(presenting.json_of(version).encode(), answers.JSON, presenting.file_name(version, "json"))
