"""The mails to those who write: what they are asked for, what came back, what is due. Never a word of the text."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from partnership.accounts.models import User
from partnership.documents.kinds import address_of
from partnership.documents.models import Document
from partnership.drafting.models import SectionTask
from partnership.notices import services as notices
from partnership.notices.kinds import Kind

# What is asked of somebody goes at once; what somebody else did can wait for the digest.
KINDS = {"asked": Kind.ASKED, "handed_back": Kind.ASKED, "due": Kind.WRITING_DUE, "text_put_in": Kind.NEWS}


def asked(document: Document, person: User, tasks: Sequence[SectionTask], key: str) -> None:
    """Tell one person which sections they are asked to write, all in one mail."""
    _send("asked", document, person, key, about=about_all(document, person), tasks=tasks, link=_link("my_sections"))


def handed_back(task: SectionTask, person: User, key: str) -> None:
    """Tell an owner that a section came back. The comment is on the page, not in the mail."""
    _send("handed_back", task.document, person, key, about=about(task), tasks=[task], link=_section(task))


def text_put_in(document: Document, person: User, tasks: Sequence[SectionTask], by: User, key: str) -> None:
    """Tell an owner into which of their sections somebody else put text from a file."""
    _send("text_put_in", document, person, key, tasks=tasks, by=by, link=_link("my_sections"))


def due(task: SectionTask, person: User, key: str, *, is_late: bool) -> None:
    """Remind an owner of a section."""
    _send("due", task.document, person, key, about=about(task), tasks=[task], link=_section(task), is_late=is_late)


def about_all(document: Document, person: User) -> str:
    """What an ask for several sections names: over once the person has handed in all of theirs."""
    return f"sections:{document.pk}:{person.pk}"


def about(task: SectionTask) -> str:
    """What a notice names that is over once the section was handed in."""
    return f"section:{task.pk}"


def _section(task: SectionTask) -> str:
    document = task.document
    return _link("documents:section", document.area.slug, address_of(document), task.section_key)


def _link(name: str, *args: object) -> str:
    return settings.PUBLIC_ADDRESS + reverse(name, args=args)


def _send(template: str, document: Document, person: User, key: str, *, about: str = "", **context: object) -> None:
    said = {"document": document, "area": document.area, **context}
    notices.tell(
        f"drafting/{template}",
        said,
        person=person,
        kind=KINDS[template],
        dedupe_key=f"section-{template}:{key}:{person.pk}",
        area_slug=document.area.slug,
        purpose=f"section {template.replace('_', ' ')}",
        about=about,
    )
