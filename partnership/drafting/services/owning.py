"""Sharing out the sections of a draft, handing them in and back. The document's draft is locked first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Appointment, Seat
from partnership.areas.roles import Office, Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import selectors as documents
from partnership.documents.models import Document, Section, Version
from partnership.drafting import letters, policies, selectors
from partnership.drafting.models import HandBack, SectionTask
from partnership.errors import Conflict, NotAllowed, WrongState
from partnership.notices import services as notices


@dataclass(frozen=True)
class Owner:
    """A person by name, or an office, of one seat where it is tied to one."""

    person: User | None = None
    office: Office | None = None
    seat: Seat | None = None


@transaction.atomic
def share_out(
    *,
    document: Document,
    owners: Mapping[str, Owner | None],
    due_on: date,
    seen: str,
    by: User,
    moves_dates: bool = False,
) -> list[SectionTask]:
    """Ask owners for sections by a day; `owners` names sections by key, None takes a section from its owner.

    Whoever owns a section already keeps it with its day and is not told again; with `moves_dates` the day is theirs too,
    unless they have handed in. Each owner who is asked gets one mail. A second click changes nothing. Returns the tasks
    that changed. `seen` is what `selectors.mark_of` said when the page was drawn. Raises NotAllowed, WrongState, or
    Conflict when somebody else shared out in between.
    """
    access.require(by, Permission.SHARE_OUT_SECTIONS, document.area)
    version = _draft(document)
    policies.check_due_on(due_on, clock.today(), selectors.due_on(version.document))
    tasks = {task.section_key: task for task in selectors.tasks_of(version.document)}
    owners = {
        key: row for key, row in owners.items() if not _stands(tasks.get(key), row, due_on if moves_dates else None)
    }
    if owners and seen != selectors.mark_of(document):
        raise Conflict("Somebody else shared out sections meanwhile. Look at who writes what now, then save again.")
    sections = {section.key: section for section in version.sections.all()}
    if unknown := owners.keys() - sections.keys():
        raise WrongState(f"The draft has no section “{min(unknown)}”. Load the page again.")
    allowed = selectors.owners(version.document)
    changed = []
    for key, owner in owners.items():
        _check_owner(owner, allowed)
        if task := ask(version, sections[key], owner, due_on, by):
            changed.append(task)
    tell(version.document, changed)
    return changed


def _stands(task: SectionTask | None, owner: Owner | None, due_on: date | None) -> bool:
    """Whether a section is with this owner already, and for the day `due_on` where that is to move with it."""
    if task is None or owner is None:
        return task is owner
    is_theirs = (task.person, task.office, task.seat) == (owner.person, owner.office or "", owner.seat)
    return is_theirs and (due_on is None or task.due_on == due_on or task.handed_in_at is not None)


def ask(version: Version, section: Section, owner: Owner | None, due_on: date, by: User) -> SectionTask | None:
    """Ask one owner for one section; None takes it from its owner. Called with the draft's lock. Gives what changed."""
    task = selectors.tasks_of(version.document).filter(section_key=section.key).first()
    if owner is None:
        if task:
            task.ended_at, task.ended_by = clock.now(), by
            task.save(update_fields=["ended_at", "ended_by"])
            notices.settle(about=letters.about(task))
            _note(Event.SECTION_TAKEN_BACK, version.document, by, section=section.title, owner=task.owner)
        return None
    if task and task.due_on == due_on and _stands(task, owner, None):
        return None
    task = task or SectionTask(document=version.document, section_key=section.key, revision=0)
    task.section_title, task.due_on, task.revision = section.title, due_on, task.revision + 1
    task.person, task.office, task.seat = owner.person, owner.office or "", owner.seat
    task.asked_at, task.asked_by = clock.now(), by
    task.handed_in_at = task.handed_in_by = None
    task.save()
    notices.settle(about=letters.about(task))
    until = f"{due_on:%-d %B %Y}"
    _note(Event.SECTION_ASKED, version.document, by, section=section.title, owner=task.owner, until=until)
    return task


def _check_owner(owner: Owner | None, allowed: list[Appointment]) -> None:
    """An owner may write in the draft today: as a person, or because somebody holds the office."""
    if owner is None:
        return
    if owner.person and all(row.person_id != owner.person.pk for row in allowed):
        raise WrongState(f"{owner.person.name} may not write in this draft today. Choose somebody who may.")
    if owner.office and all((row.office, row.seat) != (owner.office, owner.seat) for row in allowed):
        raise WrongState("Nobody who may write in this draft holds that office today. Choose another owner.")


def tell(document: Document, tasks: list[SectionTask]) -> None:
    """One mail to each person, however many sections they are asked for."""
    asked: dict[User, list[SectionTask]] = {}
    for task in tasks:
        for person in selectors.holders_of(task):
            asked.setdefault(person, []).append(task)
    for person, theirs in asked.items():
        key = "-".join(f"{task.pk}.{task.revision}" for task in theirs)
        letters.asked(document, person, theirs, key)


def tell_of_text(version: Version, sections: Sequence[Section], by: User) -> None:
    """Tell the owners of sections that somebody else put text from a file into them, each person in one mail."""
    written = {section.key: section.revision for section in sections}
    theirs: dict[User, list[SectionTask]] = {}
    for task in selectors.tasks_of(version.document).filter(section_key__in=written):
        people = selectors.holders_of(task)
        for person in [] if by in people else people:
            theirs.setdefault(person, []).append(task)
    for person, tasks in theirs.items():
        key = "-".join(f"{task.pk}.{version.number}.{written[task.section_key]}" for task in tasks)
        letters.text_put_in(version.document, person, tasks, by, key)


@transaction.atomic
def hand_in(*, task: SectionTask, by: User) -> SectionTask:
    """An owner says that a section is ready. A second click finds it handed in. Raises NotAllowed or WrongState."""
    access.require(by, Permission.DRAFT_DOCUMENT, task.document.area)
    _draft(task.document)
    task = _task(task)
    if task.handed_in_at is not None:
        return task
    if by not in selectors.holders_of(task):
        sentence = f"Only {task.owner} may hand in “{task.section_title}”."
        raise NotAllowed(sentence, rule=Permission.DRAFT_DOCUMENT.value)
    task.handed_in_at, task.handed_in_by = clock.now(), by
    task.save(update_fields=["handed_in_at", "handed_in_by"])
    _settle(task)
    _note(Event.SECTION_HANDED_IN, task.document, by, section=task.section_title)
    return task


def _settle(task: SectionTask) -> None:
    """What asked for this section is over, and the ask for several once its reader owes none of them any more."""
    notices.settle(about=letters.about(task))
    owed = selectors.tasks_of(task.document).filter(handed_in_at=None).exclude(pk=task.pk)
    busy = {person for other in owed for person in selectors.holders_of(other)}
    for person in set(selectors.holders_of(task)) - busy:
        notices.settle(about=letters.about_all(task.document, person))


@transaction.atomic
def hand_back(*, task: SectionTask, comment: str, by: User) -> SectionTask:
    """Give a section back to its owner with what is missing. Its owner gets a mail. Raises NotAllowed or WrongState."""
    access.require(by, Permission.SHARE_OUT_SECTIONS, task.document.area)
    _draft(task.document)
    task, comment = _task(task), comment.strip()
    policies.check_can_hand_back(task, comment)
    back = HandBack.objects.create(task=task, comment=comment, handed_back_by=by)
    task.handed_in_at = task.handed_in_by = None
    task.save(update_fields=["handed_in_at", "handed_in_by"])
    _note(Event.SECTION_HANDED_BACK, task.document, by, section=task.section_title)
    for person in selectors.holders_of(task):
        letters.handed_back(task, person, str(back.pk))
    return task


def _draft(document: Document) -> Version:
    version = policies.check_is_draft(documents.draft(document))
    return policies.check_is_draft(documents.lock(version))


def _task(task: SectionTask) -> SectionTask:
    found = selectors.tasks_of(task.document).filter(pk=task.pk).first()
    if found is None:
        raise WrongState(f"“{task.section_title}” is no longer with this owner.")
    return found


def _note(event: Event, document: Document, by: User, **data: object) -> None:
    audit.record(
        event,
        by=by,
        area_slug=document.area.slug,
        target=document,
        subject=document.subject,
        data={"title": document.title, **data},
    )
