"""Reading who writes what, and what is said about it."""

import hashlib
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas import selectors as areas
from partnership.areas.models import Appointment
from partnership.areas.roles import Permission, offices_with
from partnership.documents.kinds import Problem, address_of
from partnership.documents.models import Document, Section, Version
from partnership.documents.workflow import Status
from partnership.drafting.models import Comment, CommentKind, HandBack, SectionTask, Unsaved
from partnership.guidance import loader, planning

# The milestone of the edition by which the text of every section is there.
WRITTEN_BY = "full_draft"


def tasks_of(document: Document) -> QuerySet[SectionTask]:
    """Who writes which section of a document."""
    rows = SectionTask.objects.filter(document=document, ended_at=None)
    return rows.select_related("person", "seat__agency", "asked_by", "handed_in_by").prefetch_related(
        "hand_backs__handed_back_by"
    )


def notes(version: Version) -> dict[str, str]:
    """Of each section of a draft that has an owner: who that is, and by when or since when it is ready."""
    rows = SectionTask.objects.filter(document=version.document, ended_at=None).select_related("person", "seat__agency")
    return {task.section_key: f"Written by {task.owner}, {_when(task)}." for task in rows}


def _when(task: SectionTask) -> str:
    day = clock.london_day(task.handed_in_at) if task.handed_in_at else task.due_on
    return f"{'handed in on' if task.handed_in_at else 'ready by'} {day.day} {day:%B %Y}"


def with_others(version: Version, user: User) -> dict[str, str]:
    """Of each section of a draft that somebody else is asked to write, with whom it is and until or since when, by key."""
    shared = shared_out(version.document)
    return {task.section_key: f"with {task.owner} {_until(task)}" for task, people in shared if user not in people}


def _until(task: SectionTask) -> str:
    if task.handed_in_at is None:
        return f"until {task.due_on.day} {task.due_on:%B %Y}"
    day = clock.london_day(task.handed_in_at)
    return f"and handed in on {day.day} {day:%B %Y}"


def mark_of(document: Document) -> str:
    """Who writes what at this moment, as one short word that changes whenever any of it does."""
    rows = tasks_of(document).order_by("pk").values_list("pk", "revision")
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:16]


def tasks_for(user: User) -> QuerySet[SectionTask]:
    """The sections that a person owns, by name or by an office of today, in areas in which they may write."""
    here = access.offices_of(user).filter(office=OuterRef("office"), area=OuterRef("document__area"))
    by_office = Exists(here.filter(seat=OuterRef("seat"))) | (Q(seat=None) & Exists(here))
    areas_to_write = access.areas_for(user, Permission.DRAFT_DOCUMENT).order_by().values("pk")
    mine = SectionTask.objects.filter(Q(person=user) | by_office, ended_at=None, document__area__in=areas_to_write)
    draft = Version.objects.filter(document=OuterRef("document"), status=Status.DRAFT)
    return (
        mine.filter(Exists(draft)).select_related("document__area", "person", "seat__agency").order_by("due_on", "pk")
    )


def my_sections(user: User) -> QuerySet[SectionTask]:
    """The same with `came_back`: handed in once, and back with a comment."""
    back = HandBack.objects.filter(task=OuterRef("pk"), handed_back_at__gte=OuterRef("asked_at"))
    return tasks_for(user).annotate(came_back=Exists(back))


def to_write(user: User) -> QuerySet[SectionTask]:
    """Those of them that have not been handed in."""
    return my_sections(user).filter(handed_in_at=None)


def owners(document: Document) -> list[Appointment]:
    """Those who may own a section: everybody who may write in the draft today, by office and name."""
    held = areas.in_force(document.area, clock.today()).filter(office__in=offices_with(Permission.DRAFT_DOCUMENT))
    return list(held.select_related("person", "seat__agency").order_by("office", "person__name", "pk"))


def shared_out(document: Document) -> list[tuple[SectionTask, list[User]]]:
    """Who writes which section of a document, each with the people who own it today."""
    held = owners(document)
    return [(task, holders_of(task, held)) for task in tasks_of(document)]


def holders_of(task: SectionTask, held: list[Appointment] | None = None) -> list[User]:
    """The people who own a section today: the one named, while they may write here, or who holds the office.

    `held`: those who may write in the draft today, if they are known.
    """
    held = owners(task.document) if held is None else held
    held = [row for row in held if task.person_id in (None, row.person_id)]
    if task.person_id is None:
        held = [row for row in held if row.office == task.office and task.seat_id in (None, row.seat_id)]
    return list({row.person_id: row.person for row in held}.values())


def due_on(document: Document) -> date | None:
    """The day on which the document is due, or None for one without a duty."""
    duty = document.duties.filter(closed_at=None).order_by("due_on").first()  # type: ignore[attr-defined]  # an app beside
    return duty.due_on if duty else None


def written_by(document: Document) -> date:
    """The day that is suggested for the sections: scheduled back from the statutory date, never before tomorrow."""
    tomorrow = clock.today() + timedelta(days=1)
    due = due_on(document)
    if due is None:
        return tomorrow + timedelta(days=27)
    meetings = document.area.lead_meetings.days()
    rules = loader.edition(document.edition_key).deadlines_for(document.kind)
    planned = [planning.plan(rule, due, meetings).day_of(WRITTEN_BY) for rule in rules]
    back = next((day for day in planned if day), due)
    return min(max(back, tomorrow), max(due, tomorrow))


def day_to_ask_by(document: Document) -> date:
    """The day that the form to share out begins with: the one that was last asked for, while it is ahead."""
    last = SectionTask.objects.filter(document=document, ended_at=None).order_by("-asked_at", "-pk").first()
    return last.due_on if last and last.due_on > clock.today() else written_by(document)


def comments_of(document: Document) -> QuerySet[Comment]:
    """What was said about a document's passages, with the replies, in order."""
    rows = Comment.objects.filter(document=document).select_related("raised_by", "resolved_by")
    return rows.prefetch_related("replies__written_by")


def unresolved_fixes(version: Version) -> list[Problem]:
    """What stops the sending: each passage that somebody asked to be mended and nobody has resolved."""
    document = version.document
    where = reverse("drafting:comments", args=[document.area.slug, address_of(document)])
    rows = Comment.objects.filter(document=document, kind=CommentKind.FIX, resolved_at=None).select_related("raised_by")
    return [
        Problem(
            f"{row.section_title}: {row.raised_by} asked for a passage to be mended.",
            f"{where}#comment-{row.number}",
            row.section_key,
        )
        for row in rows
    ]


def open_comments(version: Version) -> list[Problem]:
    """Worth knowing before the sending: questions and challenges to a passage that nobody has resolved."""
    document = version.document
    where = reverse("drafting:comments", args=[document.area.slug, address_of(document)])
    rows = Comment.objects.filter(document=document, resolved_at=None).exclude(kind=CommentKind.FIX)
    return [
        Problem(
            f"{row.section_title}: the comment of {row.raised_by} ({row.get_kind_display().lower()}) is still open.",
            f"{where}#comment-{row.number}",
        )
        for row in rows.select_related("raised_by")
    ]


def with_open_comments(areas: set[int]) -> QuerySet[Version]:
    """The drafts of these areas with a comment that nobody has resolved."""
    open_ones = Comment.objects.filter(document=OuterRef("document"), resolved_at=None)
    drafts = Version.objects.filter(status=Status.DRAFT, document__area__in=areas)
    return drafts.filter(Exists(open_ones)).select_related("document__area")


def not_handed_in(version: Version) -> list[Problem]:
    """Worth knowing before the sending: sections that somebody was asked to write and has not handed in."""
    document = version.document
    where = reverse("drafting:owners", args=[document.area.slug, address_of(document)])
    return [
        Problem(f"{task.section_title}: {task.owner} was asked to write it and has not handed it in.", where)
        for task in tasks_of(document)
        if task.handed_in_at is None
    ]


def unsaved(section: Section, user: User) -> Unsaved | None:
    """What this person typed in this section and did not save, if it says anything else than the section does."""
    row = (
        Unsaved.objects.filter(section=section, person=user).select_related("section__version__document__area").first()
    )
    if row is None or (row.body, row.explanation) == (section.body, section.explanation):
        return None
    # Whoever saved after that had it all on the screen.
    saved_since = section.updated_by_id == user.pk and section.updated_at and section.updated_at >= row.kept_at
    return None if saved_since else row
