"""The evidence of a publication: what it holds, and the file itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from partnership.accounts.requests import Request
from partnership.areas import loading
from partnership.documents import services as documents
from partnership.documents.models import Version
from partnership.evidence import presenting, selectors, services
from partnership.evidence.forms import TakeForm

ZIP = "application/zip"


@require_http_methods(["GET", "HEAD", "POST"])
def bundle(request: Request, area: str, document: str, number: int) -> HttpResponse:
    """Say what the evidence of a version holds, or give it. A post, because each time is put on record."""
    version = _version(request, area, document, number)
    sent = request.POST if request.method == "POST" else None
    form = TakeForm(sent, is_sealed=version.is_sealed)
    if form.is_bound and form.is_valid():
        made = services.take(version=version, by=request.user, reason=form.cleaned_data.get("reason", ""))
        return _saved(made)
    return render(request, "evidence/bundle.html", {**presenting.shown(version), "form": form})


def _version(request: Request, area: str, address: str, number: int) -> Version:
    """A version that was ever public, for whoever may see the submissions of its area; a sealed one for named roles."""
    version = selectors.published_version(loading.area_of(request.user, area), address, number)
    if version is None:
        raise Http404
    if version.is_sealed:
        documents.require_may_open(version.document, request.user)
    return version


def _saved(made: services.Bundle) -> HttpResponse:
    response = HttpResponse(made.data, content_type=ZIP)
    response["Content-Disposition"] = content_disposition_header(True, made.name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
