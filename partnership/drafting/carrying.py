"""The owners of sections when a document is rolled forward: the same ones, by days moved to the new period's plan."""

from datetime import date, timedelta

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Appointment
from partnership.areas.roles import OFFICES, Office, Permission
from partnership.documents.kinds import Carrier, Period
from partnership.documents.models import Document, Version
from partnership.drafting import selectors
from partnership.drafting.models import SectionTask
from partnership.drafting.services import owning


def brings(source: Version, period: Period) -> list[str]:
    """How many owners go along, and who does not."""
    tasks = list(selectors.tasks_of(source.document))
    held = selectors.owners(source.document)
    staying = [task for task in tasks if not _why_not(task, held)]
    found = [_counted(len(staying))] if staying else []
    return found + [reason for task in tasks if (reason := _why_not(task, held))]


def _counted(number: int) -> str:
    one = number == 1
    return f"{number} {'section keeps its owner, who is' if one else 'sections keep their owners, who are'} asked by email."


def carry(source: Version, draft: Version, by: User) -> list[str]:
    """Ask the same owners for the sections that the draft has. Returns a sentence for each who is left out."""
    access.require(by, Permission.SHARE_OUT_SECTIONS, draft.document.area)
    sections = {row.key: row for row in draft.sections.all()}
    held, asked, left_out = selectors.owners(draft.document), [], []
    for task in selectors.tasks_of(source.document):
        reason = _why_not(task, held)
        if reason is None and task.section_key not in sections:
            reason = f"“{task.section_title}” is no section of the new document, so {task.owner} is not asked for it."
        if reason:
            left_out.append(reason)
            continue
        owner = owning.Owner(task.person, Office(task.office) if task.office else None, task.seat)
        due_on = _moved(task, source.document, draft.document)
        new = owning.ask(draft, sections[task.section_key], owner, due_on, by)
        asked += [new] if new else []
    owning.tell(draft.document, asked)
    return left_out


def _why_not(task: SectionTask, held: list[Appointment]) -> str | None:
    """Why an owner is not asked again; None for whoever may write. An office that is vacant today is kept as it is."""
    if task.person:
        may = any(row.person_id == task.person_id for row in held)
    else:
        seat_is_over = task.seat is not None and clock.today() not in task.seat.during
        may = Permission.DRAFT_DOCUMENT in OFFICES[Office(task.office)].permissions and not seat_is_over
    return None if may else f"{task.owner} may not write here today, and is not asked for “{task.section_title}”."


def _moved(task: SectionTask, old: Document, new: Document) -> date:
    """The day that lies as long before the new statutory date as the old one did before its own; never before tomorrow."""
    before, after = _statutory(old), _statutory(new)
    if before is None or after is None:
        return selectors.written_by(new)
    tomorrow = clock.today() + timedelta(days=1)
    return min(max(after - (before - task.due_on), tomorrow), max(after, tomorrow))


def _statutory(document: Document) -> date | None:
    """The day of the document's duty, open or closed."""
    duty = document.duties.order_by("due_on").first()  # type: ignore[attr-defined]  # an app beside
    return duty.due_on if duty else None


OWNERS = Carrier("Who writes what", brings, carry)
