"""What the pages of contributions show, as plain objects: how a room stands, who holds the turn, what may be done."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access as rights
from partnership.areas.models import Appointment
from partnership.areas.roles import Permission
from partnership.contributions import access, policies, selectors
from partnership.contributions.models import Release, Room
from partnership.documents import plain
from partnership.documents import selectors as documents
from partnership.documents.markdown import MOST_CHARACTERS
from partnership.errors import Decision, decide
from partnership.guidance import schema as guidance

# Word and colour of each state; the word carries the meaning.
NOT_BEGUN, BEGUN, HANDED_BACK = ("Not begun", "blue"), ("Begun", "yellow"), ("Handed back", "orange")
RELEASED, TAKEN, WITHOUT = ("Released", "green"), ("In the draft", "grey"), ("Done without", "grey")


def state(room: Room, releases: list[Release]) -> tuple[str, str]:
    """How a room stands: all that anybody outside the agency may know of what is not released."""
    live = next((release for release in releases if release.is_live), None)
    if live and live.taken_at:
        return TAKEN
    if room.closed_at:
        return WITHOUT
    if live:
        return RELEASED
    if releases and releases[0].handed_back_at:
        return HANDED_BACK
    return BEGUN if room.revision else NOT_BEGUN


def due_words(room: Room, found: tuple[str, str], today: date) -> str:
    """How far off the day is, while something waits for it."""
    if found in (TAKEN, WITHOUT, RELEASED):
        return ""
    days = (room.due_on - today).days
    if days == 0:
        return "today"
    counted = "1 day" if abs(days) == 1 else f"{abs(days)} days"
    return f"in {counted}" if days > 0 else f"late by {counted}"


@dataclass(frozen=True)
class Row:
    """One room in the list of a document."""

    room: Room
    state: tuple[str, str]
    due_words: str
    live: Release | None
    is_mine: bool


def rows(room_list: list[Room], user: User) -> list[Row]:
    """The rooms of a document, each with its state."""
    mine = set(access.rooms_of(user).filter(pk__in=[room.pk for room in room_list]).values_list("pk", flat=True))
    found = []
    for room in room_list:
        releases = list(room.releases.all())
        how = state(room, releases)
        live = next((release for release in releases if release.is_live), None)
        found.append(Row(room, how, due_words(room, how, clock.today()), live, room.pk in mine))
    return found


@dataclass
class Page:
    """One room as one person sees it."""

    room: Room
    user: User
    text: str = field(init=False, default="")

    @cached_property
    def is_mine(self) -> bool:
        """Whether the person is of the agency, and reads and writes here."""
        return access.is_of_agency(self.user, self.room)

    @cached_property
    def sees_area(self) -> bool:
        return rights.can(self.user, Permission.VIEW_AREA, self.room.document.area)

    @cached_property
    def gathers(self) -> bool:
        return rights.can(self.user, Permission.GATHER_CONTRIBUTIONS, self.room.document.area)

    @cached_property
    def live(self) -> Release | None:
        return selectors.live_release(self.room)

    @cached_property
    def state(self) -> tuple[str, str]:
        return state(self.room, list(self.room.releases.defer("body").order_by("-released_at", "-pk")))

    @property
    def due_words(self) -> str:
        return due_words(self.room, self.state, clock.today())

    @cached_property
    def may_write(self) -> Decision:
        return decide(policies.check_can_write, self.room, self.live)

    @cached_property
    def may_release(self) -> Decision:
        """Whether the person may release, or the sentence that says who may."""
        return decide(access.require_release, self.user, self.room)

    @cached_property
    def may_settle(self) -> Decision:
        """Whether what is released can be taken into the draft or handed back now."""
        return decide(policies.check_can_settle, self.room, self.live)

    @cached_property
    def is_open(self) -> Decision:
        return decide(policies.check_is_open, self.room, self.live)

    @cached_property
    def draft(self) -> Any:
        return documents.draft(self.room.document)

    @cached_property
    def people(self) -> list[Appointment]:
        """Who of the agency reads and writes here today, each person once."""
        held = access.people_of(self.room).order_by("office", "pk")
        return list({appointment.person_id: appointment for appointment in held}.values())

    @property
    def readers(self) -> str:
        """Who reads a text once it is released, inside a sentence; `selectors.releases` holds it."""
        return f"everybody whose office in {self.room.document.area.name} lets them read drafts"

    @cached_property
    def releases(self) -> list[tuple[Release, Any]]:
        """What was released and may be read by the person, each with its text ready to show."""
        found = list(selectors.releases(self.room, self.user))
        texts = plain.shown(*((f"release-{row.pk}", row.body) for row in found))
        return list(zip(found, texts, strict=True))


def attribution(release: Release) -> str:
    """The line that says in the draft whose words these are."""
    office = f"{release.office_name[0].lower()}{release.office_name[1:]}"
    day = clock.london_day(release.released_at)
    return f"*Contributed by {release.agency_name} ({release.person_name}, {office}), {day.day} {day:%B %Y}.*"


def appended(body: str, release: Release) -> str:
    """A section's text with the released one and its attribution after it."""
    parts = [body.rstrip(), release.body.strip(), attribution(release)]
    return "\n\n".join(part for part in parts if part) + "\n"


def length(body: str, rule: guidance.Section | None) -> str:
    """How long a section would be with a contribution in it, beside what it may be."""
    limit, now = rule.max_characters if rule else MOST_CHARACTERS, len(body)
    said = f"This section may have {limit:,} characters. With the contribution it has {now:,}"
    return f"{said}. Cut at least {now - limit:,} before the document is sent." if now > limit else f"{said}."
