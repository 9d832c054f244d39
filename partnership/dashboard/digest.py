"""The digest: one mail for each person, across all their areas, of what they were told since the last one.

Source: practice.md, “weekly digest, not twenty reminders; nobody is nagged for a closed thing”. The weekly one says as
well what waits for them and which dates lie in the next four weeks. Who has nothing to hear of gets no mail.
"""

import logging
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from partnership import clock
from partnership.accounts.models import User
from partnership.areas.models import Appointment
from partnership.dashboard import needs
from partnership.dashboard.notices import seen_by
from partnership.dashboard.rows import Section
from partnership.dashboard.standing import Standing
from partnership.deadlines import presenting
from partnership.deadlines import selectors as deadlines
from partnership.notices import selectors, services
from partnership.notices.kinds import Cadence
from partnership.notices.models import Digest, Notice

log = logging.getLogger(__name__)

AHEAD = timedelta(days=28)
RUN_SECONDS = 20  # the sweep has other things to do; the rest are made a minute later
MOST = 30  # lines of one kind in a mail; the page has them all


def send_due() -> int:
    """Make the digests of this week and of this day that are not made yet; only the latest of each, however long nobody
    looked. Returns how many mails were queued.
    """
    services.cancel_what_is_over()
    sent, stop_at = 0, time.monotonic() + RUN_SECONDS
    for cadence in (Cadence.WEEKLY, Cadence.DAILY):
        start = selectors.period_start(cadence, clock.now())
        for person in _without(cadence, start).iterator():
            if time.monotonic() > stop_at:
                return sent
            try:
                sent += _send(person, cadence, start)
            except Exception:
                # One person who cannot be told must not silence the others; they are tried again at the next sweep.
                log.exception("digest_failed person=%s", person.pk)
    return sent


def _without(cadence: Cadence, start: date) -> QuerySet[User]:
    """Who may have something to hear of and has no digest of this period yet: whoever waits for one, or holds an office."""
    waits = Notice.objects.filter(cadence=cadence, digest=None, settled_at=None, read_at=None)
    may = Q(pk__in=waits.values("person"))
    if cadence == Cadence.WEEKLY:
        may |= Q(pk__in=Appointment.objects.in_force(clock.today()).values("person"))
    made = Digest.objects.filter(cadence=cadence, period_start=start)
    return User.objects.filter(may, is_active=True).exclude(pk__in=made.values("person")).order_by("pk")


def _send(person: User, cadence: Cadence, start: date) -> bool:
    """A digest is made once for each period, also where there is nothing to say: a row without a mail."""
    standing = Standing(person)
    with transaction.atomic():
        digest, created = Digest.objects.get_or_create(person=person, cadence=cadence, period_start=start)
        if not created:
            return False
        waiting = list(selectors.waiting(person, cadence).filter(seen_by(standing)))
        words = _words(standing, waiting, cadence)
        if not (words["told"] or words["waits"] or words["dates"]):
            return False
        services.send_digest(digest=digest, words=words, notices=waiting)
    return True


def _words(standing: Standing, told: list[Notice], cadence: Cadence) -> dict[str, Any]:
    weekly = cadence == Cadence.WEEKLY
    waits = list(_waits(standing)) if weekly else []
    dates = list(_dates(standing)) if weekly else []
    names = {area.slug: area.name for area in standing.all_areas}
    return {
        "person": standing.user,
        "weekly": weekly,
        "told": [{"area": names.get(row.area_slug, ""), "title": row.title} for row in told[:MOST]],
        "more_told": max(len(told) - MOST, 0),
        "waits": waits[:MOST],
        "more_waits": max(len(waits) - MOST, 0),
        "dates": dates[:MOST],
        "more_dates": max(len(dates) - MOST, 0),
        "link": settings.PUBLIC_ADDRESS.rstrip("/") + reverse("notices"),
        "home": settings.PUBLIC_ADDRESS.rstrip("/") + reverse("home"),
        "preferences": settings.PUBLIC_ADDRESS.rstrip("/") + reverse("notice_preferences"),
    }


def _waits(standing: Standing) -> Iterator[dict[str, Any]]:
    """How many things wait for the person, by what they ask for and by area, and the first day. Which, is on the page:
    its rows may hold words that somebody typed.
    """
    rows = needs.rows(standing, needs.due_dates(standing)) if standing.offices else []
    places = list(Section)
    rows.sort(key=lambda row: (places.index(row.section), row.area.name))
    for (section, area), group in groupby(rows, key=lambda row: (row.section, row.area.name)):
        of_it = list(group)
        yield {
            "what": section.label,
            "area": area,
            "count": len(of_it),
            "by": min((row.by for row in of_it if row.by), default=None),
        }


def _dates(standing: Standing) -> Iterator[dict[str, Any]]:
    today = clock.today()
    near = deadlines.duties_visible_to(standing.user).filter(closed_at=None, lapsed_at=None, due_on__lte=today + AHEAD)
    for duty in near.order_by("due_on", "area__name", "pk"):
        yield {
            "what": deadlines.title_in_a_mail(duty),
            "area": duty.area.name,
            "on": duty.due_on,
            "left": presenting.days_in_words(duty.due_on, today),
        }
