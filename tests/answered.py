"""Every must of a draft answered by a passage that somebody else confirmed, and an effect shown, through the services."""

from partnership.accounts.models import User
from partnership.documents import meeting, services
from partnership.documents.kinds import kind
from partnership.documents.models import Block, Version
from partnership.impact import services as impact
from partnership.impact import standing
from partnership.impact.selectors import printed


def answer_musts(version: Version, marked_by: User, confirmed_by: User) -> None:
    """Mark the first passage of the section of each open must, and confirm it. `confirmed_by` has written none of it.

    Of a yearly report, mark an effect as well, so that nothing stops its sending.
    """
    for row in meeting.rows(version):
        if row.is_open_must and row.section:
            if all(answer.state == "gone" for answer in row.answers):
                mark(version, row.rule.id, first_block(version, row.section.key), marked_by)
            for answer in version.answers.filter(requirement=row.rule.id, block__place__isnull=False):
                services.confirm(answer=answer, seen_mark=answer.block.mark, by=confirmed_by)
    claim_an_effect(version, marked_by)


def first_block(version: Version, section: str) -> Block:
    """The first passage of a section."""
    return version.blocks.filter(section__key=section, place__isnull=False).exclude(kind="heading").order_by("place")[0]


def mark(version: Version, requirement: str, block: Block, by: User) -> None:
    """Mark one passage as the answer to one requirement, as on the section's page."""
    section = version.sections.get(pk=block.section_id)
    claim = (str(block.key), requirement)
    services.mark(section=section, add=[claim], remove=[], seen_revision=section.revision, by=by)


def claim_an_effect(version: Version, by: User, section: str = "audits_and_data") -> None:
    """Mark the first passage of a section as an effect with evidence, unless the draft shows an effect already."""
    if kind(version.document.kind).claims is not printed or not standing.of(version).is_only_activity:
        return
    row = version.sections.get(key=section)
    block = version.blocks.filter(section=row, place__isnull=False).exclude(kind="heading").order_by("place").first()
    if block is None:
        return
    impact.mark(section=row, kinds={str(block.key): "effect"}, seen_revision=row.revision, by=by)
    claim = version.document.impact_claims.get(key=block.key)
    impact.describe(claim=claim, for_whom="Families who asked for help", priorities=[], seen_revision=1, by=by)
    impact.add_evidence(
        claim=claim,
        sort="survey",
        before="58 of 120",
        after="82 of 120",
        period="April 2025 to March 2026",
        source="Survey of families",
        limits="Those who answered may be the more content.",
        by=by,
    )
