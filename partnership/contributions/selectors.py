"""Reading rooms. Of a room everybody in the area may know; what is written in it is asked for with the person."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from partnership import clock
from partnership.areas import access as rights
from partnership.areas import selectors as areas
from partnership.areas.models import Agency, Appointment, Area
from partnership.areas.roles import Permission
from partnership.contributions import access
from partnership.contributions.models import Outcome, Release, Room, Unsaved, Writing
from partnership.documents import selectors as documents
from partnership.documents.kinds import Problem, address_of
from partnership.documents.models import Document, Version
from partnership.documents.workflow import Status
from partnership.guidance import dates, loader, planning

MILESTONE = "contributions_in"
ANSWER_WITHIN = 20  # working days, where no date of the guidance lies ahead
LIVE = Q(taken_back_at=None, handed_back_at=None)


def lock(room: Room) -> Room:
    """The room, locked until the end of the transaction."""
    return Room.objects.select_for_update(of=("self",)).select_related("document__area", "agency").get(pk=room.pk)


def live_release(room: Room) -> Release | None:
    """What stands released in a room, taken into the draft or not."""
    return room.releases.filter(LIVE).select_related("taken_into").first()


def text_of(room: Room) -> str:
    """The room's text as it is saved now. Called only behind access.require_agency."""
    bodies = room.writings.filter(outcome=Outcome.SAVED, revision=room.revision).values_list("body", flat=True)
    return bodies.first() or ""


def writings(room: Room, user: rights.Person) -> QuerySet[Writing]:
    """Every text that was saved in a room, the newest first; none for whoever is not of its agency today."""
    rows = Writing.objects.filter(room=room, room__in=access.rooms_of(user).values("pk"))
    return rows.select_related("saved_by").order_by("-saved_at", "-pk")


def unsaved(room: Room, user: rights.Person) -> Unsaved | None:
    """What this person typed in a room of their agency and did not save, if it says anything else than the text does."""
    row = Unsaved.objects.filter(room=room, person=user.pk, room__in=access.rooms_of(user).values("pk")).first()
    return None if row is None or row.body == text_of(room) else row


def releases(room: Room, user: rights.Person) -> QuerySet[Release]:
    """What was released in a room, the newest first. What was taken back is seen by the agency alone."""
    mine = Q(room__in=access.rooms_of(user).values("pk"))
    in_area = Q(taken_back_at=None, room__document__area__in=rights.areas_for(user).values("pk"))
    rows = Release.objects.filter(mine | in_area, room=room)
    people = ("released_by", "taken_back_by", "handed_back_by", "taken_by", "taken_into")
    return rows.select_related(*people).order_by("-released_at", "-pk")


def document_at(user: rights.Person, area_slug: str, address: str) -> Document | None:
    """The document at an address, for whoever holds any office in its area; a share by name opens its text alone."""
    mine = rights.areas_for(user, Permission.VIEW_PEOPLE).values("pk")
    return documents.at(address, Document.objects.filter(area__slug=area_slug, area__in=mine))


def of_document(document: Document) -> QuerySet[Room]:
    """The rooms of a document with what was released, and without a word of what was written."""
    without_text = Release.objects.defer("body").select_related("taken_into", "released_by").order_by("-released_at")
    rows = Room.objects.filter(document=document).select_related("document__area", "asked_by", "closed_by")
    return rows.prefetch_related(Prefetch("releases", queryset=without_text)).order_by("number")


def _open(*, released: bool) -> QuerySet[Room]:
    """Rooms of drafts that are not closed, in which a text stands released or none does. A frozen text asks nobody."""
    live = Exists(Release.objects.filter(LIVE, room=OuterRef("pk")))
    drafts = Version.objects.filter(status=Status.DRAFT).values("document")
    rows = Room.objects.filter(live if released else ~live, closed_at=None, document__in=drafts)
    return rows.select_related("document__area", "agency")


def to_write(user: rights.Person) -> QuerySet[Room]:
    """The rooms that wait for the person's agency: neither closed nor released."""
    return _open(released=False).filter(pk__in=access.rooms_of(user).values("pk"))


def to_settle(areas: set[int]) -> QuerySet[Room]:
    """The rooms of these areas with a released text that is to be taken into the draft, or handed back."""
    return _open(released=True).filter(document__area__in=areas)


def waited_for(areas: set[int]) -> QuerySet[Room]:
    """The rooms of these areas in which nothing is released."""
    return _open(released=False).filter(document__area__in=areas)


def to_remind() -> QuerySet[Room]:
    """Every room in which nothing is released, the soonest first."""
    return _open(released=False).order_by("due_on", "pk")


def last_asked_on(room: Room) -> date:
    """The day on which the agency was last asked: at first, or when the text was handed back."""
    back = room.releases.exclude(handed_back_at=None).order_by("-handed_back_at").first()
    return clock.london_day(back.handed_back_at if back and back.handed_back_at else room.asked_at)


def agencies_to_ask(area: Area, today: date) -> list[tuple[Agency, list[Appointment]]]:
    """Each agency of the area that somebody can write for today, with these offices, by name."""
    found: dict[int, tuple[Agency, list[Appointment]]] = {}
    held = areas.in_force(area, today).filter(office__in=access.WRITERS, seat__during__contains=today)
    for appointment in held.order_by("seat__agency__name", "office", "pk"):
        assert appointment.seat
        found.setdefault(appointment.seat.agency_id, (appointment.seat.agency, []))[1].append(appointment)
    return list(found.values())


def suggested_due(document: Document, today: date) -> date:
    """Back from the document's date by the guidance's own plan; where that day has passed, some working days from today.

    Never after the date itself while that lies ahead.
    """
    edition = loader.edition(document.edition_key)
    meetings = document.area.lead_meetings.days()
    later = dates.add_working_days(today, ANSWER_WITHIN)
    for deadline in edition.deadlines_for(document.kind):
        due_on = dates.due_on(deadline, document.period.upper - timedelta(days=1))
        plan = {step.key: step.on for step in planning.plan(deadline, due_on, meetings).steps}
        if MILESTONE in plan and plan[MILESTONE] >= today:
            return plan[MILESTONE]
        ahead = [day for day in plan.values() if day > today]
        later = min([later, *ahead])
    return later


def address(room: Room, page: str = "room") -> str:
    """A page of a room."""
    document = room.document
    return reverse(f"contributions:{page}", args=[document.area.slug, address_of(document), room.number])


def not_taken(version: Version) -> list[Problem]:
    """Worth knowing before a draft is sent: each contribution that was asked for and is not in it, and why not."""
    found = []
    for room in of_document(version.document):
        live = next((release for release in room.releases.all() if release.is_live), None)
        if not (live and live.taken_at):
            found.append(Problem(_why_not(room, live), address(room)))
    return found


def _why_not(room: Room, live: Release | None) -> str:
    what = f"of {room.agency_name} to “{room.section_title}”"
    if room.closed_at:
        reason = room.closed_because or "No reason was given."
        return f"The draft goes without the contribution {what}. {reason}"
    if live:
        day = clock.london_day(live.released_at)
        return f"The contribution {what} was released on {_full(day)} and has not been taken into the draft."
    return f"The contribution {what} has not been released. It was asked for by {_full(room.due_on)}."


def _full(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
