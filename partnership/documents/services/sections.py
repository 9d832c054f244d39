"""Sections that a partnership adds to what the guidance asks for."""

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.documents import policies, selectors
from partnership.documents.cleaning import fold
from partnership.documents.models import Section, Version
from partnership.errors import Incomplete

LONGEST_KEY = 40
LONGEST_TITLE = 200


@transaction.atomic
def add_section(*, version: Version, title: str, by: User) -> Section:
    """A section at the end of a draft, of which no guidance knows. One with the same title is given back instead.

    Raises NotAllowed, WrongState, or Incomplete without a title.
    """
    version = selectors.lock(version)
    access.require(by, Permission.DRAFT_DOCUMENT, version.document.area)
    policies.check_can_write(version)
    title = fold(title)[:LONGEST_TITLE]
    if not title:
        raise Incomplete("Give the new section a title.")
    sections = list(version.sections.all())
    if same := next((row for row in sections if fold(row.title).casefold() == title.casefold()), None):
        return same
    section = Section.objects.create(
        version=version,
        key=_free_key(title, {row.key for row in sections}),
        title=title,
        position=1 + (version.sections.aggregate(last=Max("position"))["last"] or 0),
    )
    audit.record(
        Event.SECTION_ADDED,
        by=by,
        area_slug=version.document.area.slug,
        target=version.document,
        subject=version.document.subject,
        data={"title": version.document.title, "section": title},
    )
    return section


def _free_key(title: str, taken: set[str]) -> str:
    """A key that no section has, nor any that the guidance gives: those never begin with `own-`."""
    stem = f"own-{slugify(title)[:LONGEST_KEY].strip('-') or 'section'}"
    return next(key for number in range(1, 10_000) if (key := stem if number == 1 else f"{stem}-{number}") not in taken)
