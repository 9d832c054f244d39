"""What the clock does with rooms: it reminds the agency once in the week before the day, and once after it."""

import logging
from datetime import date, timedelta

from django.db import transaction

from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.contributions import letters, selectors
from partnership.contributions.models import Room, RoomReminder, Step

log = logging.getLogger(__name__)

AHEAD = timedelta(days=7)


def remind(*, today: date) -> int:
    """Queue every reminder that is due and not yet queued. Only the latest step is sent, however long nobody looked."""
    sent = 0
    for room in selectors.to_remind().filter(due_on__lte=today + AHEAD):
        try:
            sent += _remind(room, Step.LATE if room.due_on < today else Step.SOON, today)
        except Exception:
            # One room that cannot be told of must not silence the others; it is tried again at the next sweep.
            log.exception("contribution_reminder_failed room=%s", room.pk)
    return sent


@transaction.atomic
def _remind(room: Room, step: Step, today: date) -> bool:
    """Not to whoever was asked this same day: they have just had the mail."""
    if step == Step.SOON and today <= selectors.last_asked_on(room):
        return False
    reminder, created = RoomReminder.objects.get_or_create(room=room, due_on=room.due_on, step=step)
    if not created:
        return False
    told = letters.to_agency("reminder", room, key=f"{step}-{room.due_on:%Y%m%d}")
    RoomReminder.objects.filter(pk=reminder.pk).update(recipients=len(told))
    document = room.document
    data = {"title": document.title, "agency": room.agency_name, "section": room.section_title}
    data["recipients"] = ", ".join(sorted(told)) or "nobody: no office is filled"
    audit.record(Event.ROOM_REMINDED, area_slug=document.area.slug, target=room, subject=document.subject, data=data)
    return True
