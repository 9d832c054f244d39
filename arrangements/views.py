"""Relevant agencies and the arrangements: the page behind the link in their message, and what the team sees of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arrangements import presenting, selectors, services
from arrangements.forms import Acknowledgement, OtherWay
from arrangements.models import AgencyNotice, Way
from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access, loading
from partnership.areas.roles import Permission
from partnership.documents.kinds import address_of
from partnership.documents.models import Document, Version
from partnership.documents.workflow import Status
from partnership.errors import Conflict, WrongState

FORM = ["GET", "HEAD", "POST"]


@login_not_required
@never_cache
@require_http_methods(FORM)
def acknowledge(request: Request, token: str) -> HttpResponse:
    """What an agency is asked, and after it answered, what it said. Opening the page records nothing: scanners open it."""
    notice = selectors.notice_for(token)
    if notice is None:
        raise Http404
    is_open = notice.acknowledged_at is None and notice.version.status == Status.PUBLISHED
    typed = request.POST if request.method == "POST" and is_open else None
    form = Acknowledgement(typed, agency=notice.agency_name)
    if request.method == "POST":
        if not is_open:
            return _to_the_same(token)
        if form.is_valid():
            said = {name: form.cleaned_data[name] for name in ("name", "office", "note")}
            services.acknowledge(token=token, **said)
            return _to_the_same(token)
    newer = selectors.in_force(notice.version.document.area) if notice.version.status != Status.PUBLISHED else None
    context = {
        "notice": notice,
        "document": notice.version.document,
        "area": notice.version.document.area,
        "published": presenting.published_at(notice.version),
        "newer": newer,
        "newer_href": presenting.published_at(newer) if newer else "",
        "form": form if is_open else None,
    }
    return _unlisted(render(request, "arrangements/acknowledge.html", context))


def _to_the_same(token: str) -> HttpResponse:
    return _unlisted(redirect("arrangements:acknowledge", token))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """For nobody but the agency: in no search engine, and the link is told to no other site."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def notices(request: Request, area: str, document: str) -> HttpResponse:
    """Each relevant agency: told when and where, what is known of the message, and the acknowledgement."""
    version = _version(request, area, document, Permission.VIEW_AREA)
    rows = presenting.rows(version)
    context = {
        **_common(version),
        "rows": rows,
        "acknowledged": sum(1 for row in rows if row.acknowledged),
        "is_in_force": version.status == Status.PUBLISHED,
        "untold": [row for row in rows if row.notice is None and row.told.startswith("Not told")],
        "may_act": access.can(request.user, Permission.NAME_RELEVANT_AGENCIES, version.document.area),
    }
    return render(request, "arrangements/notices.html", context)


@require_POST
def tell_named_since(request: Request, area: str, document: str) -> HttpResponse:
    """Tell the agencies that have not been told of this edition. Asked again, nobody is left to tell."""
    version = _version(request, area, document, Permission.NAME_RELEVANT_AGENCIES)
    told = services.tell_named_since(version=version, by=request.user)
    names = ", ".join(notice.agency_name for notice in told)
    messages.success(request, f"A message is queued to: {names}." if told else "Every agency with an address was told.")
    return _back(version)


@require_POST
def tell_again(request: Request, area: str, document: str, seat: int) -> HttpResponse:
    """A new message with a new link."""
    version = _version(request, area, document, Permission.NAME_RELEVANT_AGENCIES)
    notice = get_object_or_404(AgencyNotice, version=version, seat=seat)
    notice = services.tell_again(notice=notice, by=request.user)
    messages.success(request, f"A new message to {notice.agency_name} is queued. The earlier link no longer works.")
    return _back(version)


@require_http_methods(FORM)
def record(request: Request, area: str, document: str, seat: int) -> HttpResponse:
    """Record an acknowledgement that came in another way than by the link."""
    version = _version(request, area, document, Permission.NAME_RELEVANT_AGENCIES)
    place = get_object_or_404(selectors.agencies(version), pk=seat)
    earliest = clock.london_day(version.published_at) if version.published_at else None
    form = OtherWay(request.POST if request.method == "POST" else None, earliest=earliest, today=clock.today())
    status = 200
    if form.is_bound and form.is_valid():
        said = {**form.cleaned_data, "way": Way(form.cleaned_data["way"])}
        try:
            services.record_acknowledgement(
                version=version,
                seat=place,
                by=request.user,
                **said,
            )
        except (WrongState, Conflict) as refusal:
            form.add_error("name", refusal.sentence)
            status = 409
        else:
            messages.success(request, f"It is on record that {place.agency.name} acknowledged the arrangements.")
            return _back(version)
    context = {**_common(version), "seat": place, "form": form}
    return render(request, "arrangements/record.html", context, status=status)


def _version(request: Request, area: str, document: str, right: Permission) -> Version:
    """The edition at an address of arrangements; one that was never published is not found."""
    place = loading.area_of(request.user, area, right)
    _, _, label = document.partition("/")
    found = get_object_or_404(Document, area=place, kind=selectors.KEY, period_label=label)
    version = selectors.published_version(found) if address_of(found) == document else None
    if version is None:
        raise Http404
    return version


def _common(version: Version) -> dict[str, Any]:
    document = version.document
    return {"area": document.area, "document": document, "address": address_of(document), "version": version}


def _back(version: Version) -> HttpResponse:
    return redirect("arrangements:notices", version.document.area.slug, address_of(version.document))
