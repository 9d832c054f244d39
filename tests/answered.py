"""Every must of a draft answered by a passage that somebody else confirmed, through the services."""

from partnership.accounts.models import User
from partnership.documents import meeting, services
from partnership.documents.models import Block, Version


def answer_musts(version: Version, marked_by: User, confirmed_by: User) -> None:
    """Mark the first passage of the section of each open must, and confirm it. `confirmed_by` has written none of it."""
    for row in meeting.rows(version):
        if row.is_open_must and row.section:
            if all(answer.state == "gone" for answer in row.answers):
                mark(version, row.rule.id, first_block(version, row.section.key), marked_by)
            for answer in version.answers.filter(requirement=row.rule.id, block__place__isnull=False):
                services.confirm(answer=answer, seen_mark=answer.block.mark, by=confirmed_by)


def first_block(version: Version, section: str) -> Block:
    """The first passage of a section."""
    return version.blocks.filter(section__key=section, place__isnull=False).exclude(kind="heading").order_by("place")[0]


def mark(version: Version, requirement: str, block: Block, by: User) -> None:
    """Mark one passage as the answer to one requirement, as on the section's page."""
    section = version.sections.get(pk=block.section_id)
    claim = (str(block.key), requirement)
    services.mark(section=section, add=[claim], remove=[], seen_revision=section.revision, by=by)
