"""The addresses of a person's calendars, and what a calendar program reads there."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.calendars import selectors, services
from partnership.calendars.forms import FeedForm
from partnership.deadlines import feed as dates
from partnership.errors import WrongState
from partnership.web.errors import told

SHOWN_ONCE = "calendar_address"


@require_safe
def feeds(request: Request) -> HttpResponse:
    """A person's addresses. A new one is shown whole this once; it cannot be read out of here again."""
    token = request.session.pop(SHOWN_ONCE, "") if request.method == "GET" else ""
    address = f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('calendars:read', args=[token])}" if token else ""
    return render(request, "calendars/feeds.html", {"feeds": selectors.of(request.user), "address": address})


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: Request) -> HttpResponse:
    """Make an address."""
    areas = list(access.areas_for(request.user).order_by("name"))
    form, status = FeedForm(request.POST if request.method == "POST" else None, areas=areas), 200
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            _, token = services.make(person=request.user, area=form.chosen, name=said["name"], once=said["once"])
        except WrongState as refusal:
            status = told(request, refusal)
            form.add_error(None, refusal.sentence)
        else:
            if token:
                request.session[SHOWN_ONCE] = token
            return redirect("calendars:feeds")
    return render(request, "calendars/make.html", {"form": form}, status=status)


@require_POST
def revoke(request: Request, feed: int) -> HttpResponse:
    """End an address. A second click finds it ended."""
    found = get_object_or_404(request.user.calendar_feeds, pk=feed)
    services.revoke(feed=found)
    messages.success(request, f"The address “{found.name}” is revoked. Whoever has it gets nothing there any more.")
    return redirect("calendars:feeds")


@login_not_required
@require_safe
def read(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar program reads: the dates that the feed’s person sees today. An address that was revoked is as none."""
    feed = selectors.by_token(token)
    duties = selectors.duties_of(feed) if feed else None
    if feed is None or duties is None:
        raise Http404
    name = f"Duties, {feed.area.name}" if feed.area else "Duties, all my areas"
    if request.method == "GET":
        services.note_read(feed=feed)
    response = HttpResponse(dates.calendar_of(duties, name), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="duties.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
