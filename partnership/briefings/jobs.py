"""What the clock does with editions of the guidance: an area that was in use before one came is briefed on it, once."""

import logging
from datetime import date

from django.db import transaction

from partnership.areas.models import Area
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.briefings import letters, selectors
from partnership.briefings.models import Baseline, Briefing
from partnership.guidance import loader
from partnership.guidance.schema import Edition

log = logging.getLogger(__name__)


def brief(*, today: date) -> int:
    """Make the missing briefings of every area in use. Returns how many; safe to run at any time, any number of times.

    An area that is seen for the first time begins with the editions that are in force then: they are written down, and
    no briefing tells of them. Whatever is held later, or is held and comes into force later, makes one.
    """
    take_stock(today=today)
    in_use = {area.pk: area for area in selectors.areas_in_use(today)}
    known = {row.area_id: set(row.edition_keys) for row in Baseline.objects.filter(area__in=in_use)}
    for area_id, key in Briefing.objects.filter(area__in=in_use).values_list("area_id", "edition_key"):
        known[area_id].add(key)
    made = 0
    for edition in loader.editions():
        for area_id in sorted(key for key, editions in known.items() if edition.key not in editions):
            made += _made(in_use[area_id], edition, today)
    return made


def take_stock(*, today: date) -> int:
    """Write down what is in force for every area that is seen in use for the first time. Returns how many."""
    unseen = selectors.areas_in_use(today).filter(guidance_baseline=None)
    keys = [edition.key for edition in loader.editions() if edition.in_force_from <= today]
    rows = [Baseline(area=area, seen_on=today, edition_keys=keys) for area in unseen]
    return len(Baseline.objects.bulk_create(rows, ignore_conflicts=True))


def _made(area: Area, edition: Edition, today: date) -> int:
    try:
        return _make(area, edition, today)
    except Exception:
        # One area that cannot be briefed must not keep the others from it; it is tried again at the next sweep.
        log.exception("briefing_failed area=%s edition=%s", area.pk, edition.key)
        return 0


@transaction.atomic
def _make(area: Area, edition: Edition, today: date) -> int:
    briefing, is_new = Briefing.objects.get_or_create(area=area, edition_key=edition.key)
    if not is_new:
        return 0
    told = letters.briefing(briefing, edition, today)
    data = {"edition": edition.short_title, "recipients": ", ".join(told) or "nobody: no office is filled"}
    audit.record(Event.BRIEFING_MADE, area_slug=area.slug, target=briefing, data=data)
    return 1
