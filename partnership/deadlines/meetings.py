"""Meetings of the lead partners, put on record and called off. The plans of the area follow them."""

from datetime import date

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Area, LeadMeeting
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.deadlines import policies
from partnership.deadlines.saying import said
from partnership.web.lines import line_of

RIGHT = Permission.SET_OWN_DATES


@transaction.atomic
def record_meeting(*, area: Area, on: date, called: str, by: User) -> LeadMeeting:
    """Put on record that the lead partners meet on a day. A second click gives back the first row.

    Raises NotAllowed, or WrongState for a day that is over or far away, or no name.
    """
    access.require(by, RIGHT, area)
    policies.check_meeting(on, clock.today())
    called = line_of(called, longest=policies.CALLED, missing="Say what the meeting is called.")
    Area.objects.select_for_update().get(pk=area.pk)  # one row for a meeting, however many click at once
    if same := LeadMeeting.objects.filter(area=area, on=on, called=called, off_at=None).first():
        return same
    row = LeadMeeting.objects.create(area=area, on=on, called=called, **said(area, by, RIGHT))
    _note(Event.MEETING_RECORDED, row, by)
    return row


@transaction.atomic
def call_off_meeting(*, meeting: LeadMeeting, reason: str, by: User) -> None:
    """Put on record that a meeting does not take place. A second click changes nothing. Raises NotAllowed or WrongState."""
    access.require(by, RIGHT, meeting.area)
    why = policies.words(reason, missing="Say why the meeting does not take place.")
    row = LeadMeeting.objects.select_for_update(of=("self",)).select_related("area").get(pk=meeting.pk)
    if row.is_on:
        off_as = said(row.area, by, RIGHT)["said_as"]
        LeadMeeting.objects.filter(pk=row.pk).update(off_at=clock.now(), off_as=off_as, off_because=why)
        _note(Event.MEETING_CALLED_OFF, row, by)


def _note(event: Event, row: LeadMeeting, by: User) -> None:
    data = {"meeting": row.called, "on": f"{row.on:%-d %B %Y}"}
    audit.record(event, by=by, area_slug=row.area.slug, target=row, subject=f"meeting:{row.pk}", data=data)
