"""Filling a draft that was just begun with the text of an earlier document. The earlier one is only read."""

from django.db.models import Max

from partnership.accounts.models import User
from partnership.documents.models import Answer, Block, Explanation, Picture, Section, Version
from partnership.documents.rolling import Plan
from partnership.documents.services import blocks


def fill(draft: Version, plan: Plan, by: User) -> None:
    """Bring sections, pictures, blocks, explanations, and answers that nobody has confirmed yet, into a new draft.

    Called in the transaction that began the draft. Blocks keep their identifiers, and who wrote them.
    """
    _pictures(draft, plan.source)
    sections = _sections(draft, plan)
    new = _blocks(draft, plan, sections)
    for section in sections.values():
        if section.body.strip():
            blocks.renew(
                section, section.updated_by or by
            )  # a text from before there were blocks has them from here on
    told = ["claimed_at", "claimed_by_id"]
    known = {(row.block_id, row.requirement): row for row in plan.source.answers.all() if row.block_id in new}
    Answer.objects.bulk_create(
        Answer(
            version=draft,
            block=new[block],
            requirement=plan.requirements[requirement],
            **{name: getattr(row, name) for name in told},
        )
        for (block, requirement), row in known.items()
        if requirement in plan.requirements
    )
    kept = ["reason", "text", "written_at", "written_by_id"]
    Explanation.objects.bulk_create(
        Explanation(
            version=draft,
            requirement=plan.requirements[row.requirement],
            **{name: getattr(row, name) for name in kept},
        )
        for row in plan.source.explanations.all()
        if row.requirement in plan.requirements
    )


def _pictures(draft: Version, source: Version) -> None:
    """Under the same numbers, by which the text names them."""
    kept = ["number", "file_id", "alt", "caption", "width", "height", "added_at", "added_by_id"]
    Picture.objects.bulk_create(
        Picture(document=draft.document, **{name: getattr(row, name) for name in kept})
        for row in source.document.pictures.all()
    )


def _sections(draft: Version, plan: Plan) -> dict[str, Section]:
    """The draft's sections by key, with the old texts; what the edition does not know comes after what it asks for."""
    found = {row.key: row for row in draft.sections.all()}
    last = draft.sections.aggregate(last=Max("position"))["last"] or 0
    for old in plan.sections:
        section = found.get(old.key)
        if section is None:
            last += 1
            section = found[old.key] = Section(version=draft, key=old.key, title=old.title, position=last)
        section.body, section.explanation = old.body, old.explanation
        section.updated_at, section.updated_by = old.updated_at, old.updated_by
        section.save()
    return found


def _blocks(draft: Version, plan: Plan, sections: dict[str, Section]) -> dict[int, Block]:
    """The new block of each old one that the text still has."""
    carried = [row.pk for row in plan.sections]
    before = list(plan.source.blocks.filter(place__isnull=False, section__in=carried).select_related("section"))
    kept = ["key", "place", "kind", "mark", "text", "written_at", "written_by_id"]
    after = Block.objects.bulk_create(
        Block(version=draft, section=sections[row.section.key], **{name: getattr(row, name) for name in kept})
        for row in before
    )
    return {row.pk: copied for row, copied in zip(before, after, strict=True)}
