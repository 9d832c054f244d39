"""Sharing a document by name: who reads it beside the offices, until when, and why."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import policies, selectors, services
from partnership.documents.forms import ShareForm
from partnership.documents.kinds import address_of
from partnership.documents.models import Document
from partnership.documents.views import loading
from partnership.errors import WrongState
from partnership.web.pagination import page_of


def _document(request: Request, area: str, document: str) -> Document:
    found = loading.document_of(request, area, document)
    access.require(request.user, Permission.SHARE_DOCUMENT, found.area)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def shares(request: Request, area: str, document: str) -> HttpResponse:
    """Everybody with whom the document was ever shared, and the form to share it."""
    found = _document(request, area, document)
    today, status = clock.today(), 200
    typed = request.POST if request.method == "POST" else None
    form = ShareForm(typed, area=found.area, today=today, latest=policies.last_day_to_share(today))
    if form.is_bound and form.is_valid():
        try:
            share = services.share_document(document=found, by=request.user, **form.cleaned_data)
        except WrongState as refusal:
            form.add_error("email", refusal.sentence)
            status = 409
        else:
            last = share.last_day
            messages.success(
                request, f"{found.title} is shared with {share.user.name} until {last.day} {last:%B %Y}. They are told."
            )
            return redirect("documents:shares", found.area.slug, address_of(found))
    page = page_of(selectors.shares_of(found), request)
    context = {**loading.common(found), "form": form, "page": page, "now": clock.now()}
    return render(request, "documents/shares.html", context, status=status)


@require_POST
def end_share(request: Request, area: str, document: str, share: int) -> HttpResponse:
    """The reader sees nothing more from this moment on."""
    found = _document(request, area, document)
    row = get_object_or_404(selectors.shares_of(found).select_related("content_object__area"), pk=share)
    services.end_share(share=row, by=request.user)
    messages.success(request, f"{found.title} is no longer shared with {row.user.name}.")
    return redirect("documents:shares", found.area.slug, address_of(found))
