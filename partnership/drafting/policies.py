"""What the state of a section's task or of a comment allows. Each check raises with a sentence."""

from datetime import date

from partnership.documents.models import Version
from partnership.documents.workflow import Status
from partnership.drafting.models import Comment, SectionTask
from partnership.errors import WrongState


def check_is_draft(version: Version | None) -> Version:
    """Sections are shared out, and passages commented on, while there is a draft."""
    if version is None or version.status != Status.DRAFT:
        raise WrongState("There is no draft of this document now, so nothing can be said or shared out in it.")
    return version


def check_due_on(due_on: date, today: date, latest: date | None) -> None:
    """A section is asked for from today to the day on which the document itself is due."""
    if due_on < today:
        raise WrongState("The day must be today or later.")
    if latest and due_on > max(latest, today):
        raise WrongState(f"The document itself is due on {latest:%-d %B %Y}. Choose that day or an earlier one.")


def check_can_hand_back(task: SectionTask, comment: str) -> None:
    """What goes back was handed in, and says what is missing."""
    if task.handed_in_at is None:
        raise WrongState(f"“{task.section_title}” has not been handed in, so it cannot go back.")
    if not comment.strip():
        raise WrongState("Say what is missing. The owner will read it.")


def check_is_open(comment: Comment) -> None:
    """Only an open comment is answered or resolved."""
    if comment.resolved_at is not None:
        raise WrongState("This comment is resolved. It stays on record as it is.")
