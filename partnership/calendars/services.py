"""Making an address for a calendar, and taking it back."""

import secrets
import uuid
from datetime import timedelta

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.calendars import selectors
from partnership.calendars.models import LONGEST_NAME, CalendarFeed
from partnership.errors import WrongState
from partnership.web.lines import line_of

MOST = 10  # nobody has more calendars; whoever makes more has lost sight of who reads them
NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def make(*, person: User, area: Area | None, name: str, once: uuid.UUID) -> tuple[CalendarFeed, str]:
    """Make an address for one area or for all, and return it with its token, which is told this once. After a second
    click the token is empty. Raises NotAllowed, or WrongState with ten in use.
    """
    User.objects.select_for_update().get(pk=person.pk)  # two clicks at once are counted one after the other
    known = CalendarFeed.objects.filter(once=once, person=person).first()
    if known:
        return known, ""
    if area is not None:
        access.require(person, Permission.VIEW_AREA, area)
    if selectors.of(person).count() >= MOST:
        raise WrongState(f"You have {MOST} addresses in use. Revoke one that you no longer need.")
    name = line_of(name, longest=LONGEST_NAME, missing="Enter a name, such as “Outlook at work”.")
    token = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        person=person, area=area, name=name, fingerprint=selectors.hashed(token), once=once, made_at=clock.now()
    )
    return feed, token


def revoke(*, feed: CalendarFeed) -> bool:
    """End an address at once. False when it had ended."""
    return bool(CalendarFeed.objects.filter(pk=feed.pk, revoked_at=None).update(revoked_at=clock.now()))


def note_read(*, feed: CalendarFeed) -> None:
    """Note that a calendar read it, at most once an hour: calendars ask often, and the day is what matters."""
    now = clock.now()
    if feed.last_read_at is None or now - feed.last_read_at >= NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(last_read_at=now)
