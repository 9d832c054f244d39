"""The quarterly access reviews of an area."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import loading, selectors, services
from partnership.areas.forms.following import ReviewForm
from partnership.areas.models import Area
from partnership.areas.roles import Office
from partnership.areas.services.reviewing import STATEMENT, check_may_sign, to_review
from partnership.errors import Conflict, Incomplete, decide


@require_safe
def access_reviews(request: Request, area: str) -> HttpResponse:
    """Every review of the area, the newest quarter first, and what is still to be done because of one."""
    place = loading.area_of(request.user, area)
    context = {
        "area": place,
        "reviews": selectors.access_reviews(place),
        "is_chaired": _is_chaired(place),
        "to_end": selectors.to_be_ended([place.pk], clock.today()),
        "today": clock.today(),
    }
    return render(request, "areas/access_reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def access_review(request: Request, area: str, review: int) -> HttpResponse:
    """One review: to sign by whom it waits for, to read by everybody else."""
    place = loading.area_of(request.user, area)
    found = get_object_or_404(selectors.access_reviews(place), pk=review)
    may_sign = decide(check_may_sign, found, request.user)
    if request.method == "POST":
        check_may_sign(found, request.user)
    is_open = found.signed_at is None and may_sign.allowed
    rows, status, form = to_review(found), 200, None
    if is_open:
        form = ReviewForm(request.POST if request.method == "POST" else None, rows=rows, statement=STATEMENT)
        if form.is_bound and form.is_valid():
            try:
                services.sign_access_review(review=found, verdicts=form.verdicts, by=request.user)
            except (Conflict, Incomplete) as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                messages.success(request, f"The access review {found.quarter} of {found.title} is signed.")
                return redirect("areas:access_reviews", place.slug)
    elif request.method == "POST":
        messages.info(request, "This review is signed already.")
        return redirect("areas:access_reviews", place.slug)
    context = {
        "area": place,
        "review": found,
        "form": form,
        "rows": rows,
        "is_chaired": _is_chaired(place),
        "lines": found.lines.all(),
        "today": clock.today(),
    }
    return render(request, "areas/access_review.html", context, status=status)


def _is_chaired(area: Area) -> bool:
    return selectors.holders(area, Office.CHAIR, clock.today()).exists()
