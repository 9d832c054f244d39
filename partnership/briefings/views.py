"""The editions of the guidance, what changed between them, and what a new one means for an area."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access, loading
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.briefings import forms, presenting, selectors, services
from partnership.briefings.models import Briefing
from partnership.documents.kinds import address_of
from partnership.guidance import history, loader
from partnership.guidance.crosswalk import between, outcomes_between
from partnership.guidance.vocabulary import DOCUMENTS, WORKING_TOGETHER, EditionError


@require_safe
def editions(request: Request) -> HttpResponse:
    """Every edition that is held, with how many of its rows are confirmed, to be confirmed and coming."""
    return render(request, "briefings/editions.html", {"series": presenting.held()})


@require_safe
def edition(request: Request, edition: str) -> HttpResponse:
    """One edition with every row and how it stands."""
    try:
        shown = loader.edition(edition)
    except EditionError as error:
        raise Http404(str(error)) from error
    before = loader.edition_before(shown)
    compare = f"?editions={before.key}{forms.BETWEEN}{shown.key}" if before else ""
    context = {"edition": shown, "groups": presenting.groups(shown), "before": before, "compare": compare}
    return render(request, "briefings/edition.html", context)


@require_safe
def past(request: Request) -> HttpResponse:
    """What happened when, and what changed from edition to edition."""
    shown = [row for row in loader.editions() if row.series == WORKING_TOGETHER]
    topics = [(topic.title, [(row, topic.wording(row.key)) for row in shown]) for topic in history.topics()]
    context = {"events": history.timeline(), "topics": topics, "editions": shown, "states": presenting.STATES}
    return render(request, "briefings/history.html", context)


@require_safe
def compare(request: Request) -> HttpResponse:
    """Two editions side by side for one kind of document; the newest two until others are asked for."""
    old, new = next(pair for pair in selectors.pairs() if pair[0].requirements)
    asked = {"editions": f"{old.key}{forms.BETWEEN}{new.key}", "document": next(iter(DOCUMENTS)), **request.GET.dict()}
    form = forms.CompareForm(asked)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        (old, new), document = form.cleaned_data["editions"], form.cleaned_data["document"]
        context |= {
            "old": old,
            "new": new,
            "document": DOCUMENTS[document],
            "changes": between(old, new, document),
            "outcomes": outcomes_between(old, new),
        }
    return render(request, "briefings/compare.html", context)


@require_safe
def briefings(request: Request, area: str) -> HttpResponse:
    """The briefings of an area, the newest first."""
    found = loading.area_of(request.user, area)
    rows = [(row, loader.edition(row.edition_key)) for row in selectors.of_area(found)]
    baseline = selectors.baseline_of(found)
    begun_with = [loader.edition(key).short_title for key in baseline.edition_keys] if baseline else []
    context = {"area": found, "rows": rows, "baseline": baseline, "begun_with": begun_with}
    return render(request, "briefings/briefings.html", context)


@require_safe
def briefing(request: Request, area: str, edition: str) -> HttpResponse:
    """What one edition means for the area, today."""
    found = _find(request, area, edition)
    shown = selectors.impact(found.area, loader.edition(found.edition_key))
    context = {
        "area": found.area,
        "briefing": found,
        "impact": shown,
        "staying": [(row, _href(row)) for row in shown.staying],
        "covered": [(row, _href(row)) for row in shown.covered],
        "may_acknowledge": access.can(request.user, Permission.ACKNOWLEDGE_BRIEFING, found.area),
    }
    return render(request, "briefings/briefing.html", context)


@require_POST
def acknowledge(request: Request, area: str, edition: str) -> HttpResponse:
    """Put on record that it was read."""
    found = services.acknowledge(briefing=_find(request, area, edition), by=request.user)
    messages.success(request, "You have acknowledged this briefing.")
    return redirect("briefings:briefing", found.area.slug, found.edition_key)


def _find(request: Request, slug: str, key: str) -> Briefing:
    area: Area = loading.area_of(request.user, slug)
    return get_object_or_404(selectors.of_area(area), edition_key=key)


def _href(row: selectors.Live) -> str:
    return reverse("documents:document", args=[row.document.area.slug, address_of(row.document)])
