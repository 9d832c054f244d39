"""What a person was told, newest first, and how they want to be told."""

from datetime import datetime

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.dashboard.standing import Standing, standing_of
from partnership.documents import selectors as documents
from partnership.errors import Incomplete
from partnership.notices import selectors, services
from partnership.notices.forms import CadenceForm
from partnership.notices.kinds import MAY_BE_CHOSEN, RULES
from partnership.web.errors import told
from partnership.web.pagination import page_of


def seen_by(standing: Standing) -> Q:
    """Of which the person may still read what they were told: areas in which they hold an office, and what is shared
    with them now; of an area that they have left nothing else.
    """
    seen = Q(area_slug__in=[*(area.slug for area in standing.all_areas), ""])
    for share in documents.shared_with(standing.user):
        seen |= Q(dedupe_key__startswith=f"shared:{share.pk}:")
    return seen


@require_safe
def listed(request: Request) -> HttpResponse:
    """Everything that the person was told, of the areas that are open to them today."""
    standing = standing_of(request)
    seen = seen_by(standing)
    page = page_of(selectors.of(request.user, seen), request)
    context = {
        "page": page,
        "unread": selectors.unread(request.user, seen).count(),
        "now": clock.now().isoformat(),
    }
    return render(request, "notices/list.html", context)


@require_POST
def read(request: Request) -> HttpResponse:
    """Mark as read what was there when the page was shown; what came since stays unread."""
    until = _moment(request.POST.get("until", "")) or clock.now()
    seen = seen_by(standing_of(request))
    count = services.mark_read(notices=selectors.unread(request.user, seen), until=until)
    messages.success(request, f"{count} {'notice is' if count == 1 else 'notices are'} marked as read.")
    return redirect("notices")


def _moment(text: str) -> datetime | None:
    """The moment at which the page was shown, as the page says it; None for anything else."""
    try:
        found = parse_datetime(text[:40])
    except ValueError:
        return None
    return found if found and found.tzinfo else None


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: Request) -> HttpResponse:
    """How the person is told of what; what cannot be chosen is listed with the reason."""
    now = selectors.cadences_of(request.user)
    form, status = CadenceForm(request.POST if request.method == "POST" else None, cadences=now), 200
    if form.is_bound and form.is_valid():
        try:
            services.choose(person=request.user, cadences=form.chosen())
        except Incomplete as refusal:
            status = told(request, refusal)
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "How you are told is saved. It holds for what comes from now on.")
            return redirect("notices")
    always = [{"kind": kind.label, "why": rule.why} for kind, rule in RULES.items() if kind not in MAY_BE_CHOSEN]
    return render(request, "notices/preferences.html", {"form": form, "always": always}, status=status)
