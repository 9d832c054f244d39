"""The home page, and the desk of somebody who serves several areas."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from partnership import clock
from partnership.accounts.requests import Request
from partnership.areas import access
from partnership.areas.models import Appointment
from partnership.areas.roles import APPEARS, Office
from partnership.audit import presenters
from partnership.audit.models import AuditEntry
from partnership.dashboard import across, lines, needs, own_record, waiting
from partnership.dashboard.rows import Row, Section
from partnership.dashboard.standing import Standing, standing_of
from partnership.documents import selectors as documents
from partnership.documents.kinds import address_of
from partnership.mail import holding
from partnership.web.pagination import page_of

CHANGES = 10
MOST_NEEDS = 20
MOST_WAITING = 30
ON_A_PAGE = 50
ONE_DAY = timedelta(days=1)


@require_safe
def home(request: Request) -> HttpResponse:
    """What needs the person, what lies with others, the year of their areas, and what changed."""
    standing = standing_of(request)
    if not standing.offices:
        return _without_office(request)
    today = clock.today()
    due = needs.due_dates(standing)
    with_others = waiting.rows(standing, due)
    own = _shown(needs.rows(standing, due), today)
    # Who has no desk, because they serve one area, sees everything here.
    most = MOST_NEEDS if len(standing.areas) > 1 else len(own)
    context = {
        "today": today,
        "needs": own,
        "shown": own[:most],
        "more": max(len(own) - most, 0),
        "appears": list(dict.fromkeys(APPEARS[Office(held.office)] for held in standing.offices)),
        "waiting": _shown(with_others[:MOST_WAITING], today),
        "more_waiting": max(len(with_others) - MOST_WAITING, 0),
        "years": lines.of(standing, today),
        "changes": _changes(standing),
        "several_areas": len(standing.areas) > 1,
        "sees_area": bool(standing.visible),
        "areas": [
            {"area": area, "href": standing.address_of(area), "answered_by": standing.successors.get(area.pk)}
            for area in standing.all_areas
        ],
        "shared": shared(standing.user),
        "held": holding.open_hold(),
    }
    return render(request, "home/home.html", context)


@require_safe
def desk(request: Request) -> HttpResponse:
    """Everything across the person's areas in one list, each row with its own link; who has one area has a home for it."""
    standing = standing_of(request)
    if len(standing.areas) < 2:
        return redirect("home")
    today = clock.today()
    asked = across.Asked.of(request.GET, standing.all_areas)
    whole = across.of(standing, today)
    in_areas = [row for row in whole.rows if asked.takes_area(row.area)]
    rows = asked.in_order(row for row in in_areas if asked.section in ("", row.section))
    page = page_of(rows, request, ON_A_PAGE)
    context = {
        "asked": asked,
        "page": page,
        "groups": _groups(page, Counter(row.section for row in rows), today),
        "sections": across.sections(asked, in_areas),
        "applied": across.applied(asked, standing.all_areas),
        "areas": [row for row in whole.areas if asked.takes_area(row.area)],
        "choices": [(area.slug, area.name) for area in standing.all_areas],
        "all_sections": Section.choices,
        "by_date": asked.sorted_by(""),
        "by_area": asked.sorted_by("area"),
        "today": today,
    }
    return render(request, "home/desk.html", context)


def _groups(page: Page[Any], counted: Counter[Section], today: date) -> list[dict[str, Any]]:
    """The rows of a page under the headings of their sections, each with how many there are on all pages."""
    return [
        {"section": section, "count": counted[section], "rows": _shown(list(rows), today)}
        for section, rows in groupby(page, key=lambda row: row.section)
    ]


def _shown(rows: list[Row], today: date) -> list[dict[str, object]]:
    return [{"row": row, "left": row.late_or_left(today)} for row in rows]


def _changes(standing: Standing) -> list[dict[str, object]]:
    names = {area.slug: area.name for area in standing.all_areas if area.pk in standing.visible}
    entries = list(AuditEntry.objects.filter(area_slug__in=names)[:CHANGES])
    told = presenters.timeline(entries)
    if len(names) > 1:
        for row, entry in zip(told, entries, strict=True):
            row["by"] = names[entry.area_slug]
    return told


def shared(user: access.Person) -> list[dict[str, object]]:
    """What is shared with a person by name today, each with its address."""
    return [
        {
            "share": share,
            "href": reverse(
                "documents:document", args=[share.content_object.area.slug, address_of(share.content_object)]
            ),
        }
        for share in documents.shared_with(user)
    ]


def _without_office(request: Request) -> HttpResponse:
    today = clock.today()
    theirs = Appointment.objects.filter(person_id=request.user.pk, voided_at=None)
    held = list(theirs.select_related("area", "seat__agency").order_by("during"))
    context = {
        "past": [
            {"office": office, "last": office.during.upper - ONE_DAY}
            for office in held
            if office.during.upper and office.during.upper <= today
        ],
        "coming": [office for office in held if office.during.lower > today],
        "suspended": [office for office in held if today in office.during and office.suspended_at],
        "shared": shared(request.user),
        "appears": APPEARS[Office.GUEST_READER],
        "operates": standing_of(request).operates,
        "signed": own_record.signed_by(request.user),
        "said": own_record.said_by(request.user),
    }
    return render(request, "home/without_office.html", context)
