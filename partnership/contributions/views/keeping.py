"""What the script of the room's page keeps while somebody writes for their agency, and how it is forgotten."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from partnership.accounts.requests import Request
from partnership.contributions import selectors, services
from partnership.contributions.forms import UnsavedForm
from partnership.contributions.views import loading
from partnership.web.templatetags.words import moment


@require_POST
def keep(request: Request, area: str, document: str, room: int) -> HttpResponse:
    """Keep what stands in the box now. Answers with the sentence that the page shows."""
    found = loading.own_room(request, area, document, room)
    form = UnsavedForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"said": "This text cannot be kept. Save it to see why."}, status=400)
    kept = services.keep_unsaved(room=found, by=request.user, **form.cleaned_data)
    said = (
        f"Kept for you at {moment(kept.kept_at)}, not saved yet." if kept else "Nothing has changed since it was saved."
    )
    return JsonResponse({"said": said})


@require_POST
def forget(request: Request, area: str, document: str, room: int) -> HttpResponse:
    """Forget what was typed and not saved."""
    found = loading.own_room(request, area, document, room)
    services.forget_unsaved(room=found, by=request.user)
    messages.success(request, "What you had typed and not saved is forgotten.")
    return redirect(selectors.address(found, "write"))
