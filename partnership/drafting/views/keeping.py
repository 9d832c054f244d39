"""What the script of the section's page keeps while somebody types, and what becomes of it."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents.kinds import address_of
from partnership.drafting import selectors, services
from partnership.drafting.forms import UnsavedForm
from partnership.drafting.views import loading
from partnership.web.templatetags.words import moment


@require_POST
def keep(request: Request, area: str, document: str, key: str) -> HttpResponse:
    """Keep what stands in the boxes now. Answers with the sentence that the page shows."""
    section = loading.section_of(loading.document_of(request, area, document), key)
    access.require(request.user, Permission.DRAFT_DOCUMENT, section.version.document.area)
    form = UnsavedForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"said": "This text cannot be kept. Save it to see why."}, status=400)
    kept = services.keep_unsaved(section=section, by=request.user, **form.cleaned_data)
    said = (
        f"Kept for you at {moment(kept.kept_at)}, not saved yet." if kept else "Nothing has changed since it was saved."
    )
    return JsonResponse({"said": said})


@require_POST
def recover(request: Request, area: str, document: str, key: str) -> HttpResponse:
    """Go on from what was typed and not saved."""
    section = loading.section_of(loading.document_of(request, area, document), key)
    access.require(request.user, Permission.DRAFT_DOCUMENT, section.version.document.area)
    where = reverse(
        "documents:section", args=[section.version.document.area.slug, address_of(section.version.document), key]
    )
    kept = selectors.unsaved(section, request.user)
    if kept is None:
        messages.info(request, "There is nothing that you typed and did not save.")
        return redirect(where)
    text = services.recover(kept=kept, by=request.user)
    return redirect(f"{where}?from={text.pk}#id_body")


@require_POST
def forget(request: Request, area: str, document: str, key: str) -> HttpResponse:
    """Forget what was typed and not saved."""
    section = loading.section_of(loading.document_of(request, area, document), key)
    access.require(request.user, Permission.DRAFT_DOCUMENT, section.version.document.area)
    services.forget_unsaved(section=section, by=request.user)
    messages.success(request, "What you had typed and not saved is forgotten.")
    return redirect("documents:section", section.version.document.area.slug, address_of(section.version.document), key)
