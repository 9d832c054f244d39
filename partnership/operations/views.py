"""The operations page: for operators in force, and for everybody else not there."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnership import clock
from partnership.accounts import selectors as accounts
from partnership.accounts.requests import Request
from partnership.operations import page


@require_safe
@never_cache
def overview(request: Request) -> HttpResponse:
    """How the machinery stands, and what to do. Counts, ages and classes alone: nothing of any area's work."""
    if not accounts.operates(request.user):
        raise Http404
    context = {"parts": page.parts(page.seen()), "at": clock.real()}
    return render(request, "operations/overview.html", context)
