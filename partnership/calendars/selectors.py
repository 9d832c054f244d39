"""Finding feeds, and what they may give."""

import hashlib

from django.db.models import QuerySet

from partnership.accounts.models import User
from partnership.areas import access
from partnership.calendars.models import CalendarFeed
from partnership.deadlines import selectors as deadlines
from partnership.deadlines.models import Duty


def of(person: User) -> QuerySet[CalendarFeed]:
    """A person's addresses that are in use, the newest first."""
    return CalendarFeed.objects.filter(person=person, revoked_at=None).select_related("area")


def by_token(token: str) -> CalendarFeed | None:
    """The feed of an address, unless it was revoked or its person's account is closed."""
    rows = CalendarFeed.objects.filter(fingerprint=hashed(token), revoked_at=None, person__is_active=True)
    return rows.select_related("person", "area").first()


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def duties_of(feed: CalendarFeed) -> QuerySet[Duty] | None:
    """The duties that its person sees in their lists at this moment; None where they see the area no more, or none."""
    areas = access.areas_for(feed.person)
    if feed.area_id:
        areas = areas.filter(pk=feed.area_id)
    if not areas.exists():
        return None
    return deadlines.with_plan(Duty.objects.filter(area__in=areas))
