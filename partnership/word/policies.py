"""What may be done with a Word file, and when. Each check raises with a sentence."""

from partnership.areas.models import Area
from partnership.documents.kinds import DocumentKind, Period
from partnership.documents.models import Document, Version
from partnership.errors import WrongState
from partnership.word.models import WordImport

NO_DRAFT = "This document has no draft at the moment, so nothing can be taken into it."


def check_has_draft(version: Version | None) -> None:
    """Text is taken into a draft alone."""
    if version is None:
        raise WrongState(NO_DRAFT)


def check_is_there(word: WordImport) -> None:
    """Nothing can be done with a file that was removed."""
    if word.removed_at is not None:
        raise WrongState("This file was removed. Upload it again if you need it.")


def check_is_earlier(*, area: Area, kind: DocumentKind, period: Period, today: object) -> None:
    """A document of its own stands for a period that has ended, and that was not begun here."""
    if period.first > today:  # type: ignore[operator]  # both are days
        raise WrongState(f"{period.label} has not begun yet. Upload what was published for an earlier period.")
    if Document.objects.filter(area=area, kind=kind.key, period_label=period.label).exists():
        title = kind.title_of(area, period)
        raise WrongState(f"{title} was begun here already. Open it, and choose “Take text from a Word file”.")
