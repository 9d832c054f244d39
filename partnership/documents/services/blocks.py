"""Keeping a section's blocks in step with its text. Called inside a transaction that holds the version's lock."""

from django.db.models import F

from partnership import clock
from partnership.accounts.models import User
from partnership.documents import compare, content, identity, markdown
from partnership.documents.models import Answer, Block, Explanation, Section, Version
from partnership.errors import Incomplete

FEWEST_WORDS = 5
# What was is held against what is, pair by pair, while others wait: see documents.identity.
MOST_BLOCKS = 1_000


def renew(section: Section, by: User) -> None:
    """Give each block of the section's text its identifier: the one it had, or a new one. `by` wrote what changed.

    Raises Incomplete for more blocks than one section can have.
    """
    parsed = markdown.to_blocks(section.body, content.Figures(section.version.document))
    _check_not_too_many(len(parsed.blocks))
    rows = list(section.blocks.order_by(F("place").asc(nulls_last=True), "pk"))
    known = [identity.Known(row, row.mark, row.text, row.place is None) for row in rows]
    words = [compare.words_of(block) for block in parsed.blocks]
    written = [identity.Written(mark, text) for mark, text in zip(parsed.marks, words, strict=True)]
    found = _with_those_cut_elsewhere(section, identity.match(known, written), written)
    kept = {row.pk for row in found if row}
    Block.objects.filter(pk__in=[row.pk for row in rows if row.place and row.pk not in kept]).update(place=None)
    changed, new = [], []
    for place, (row, block, text) in enumerate(zip(found, parsed.blocks, words, strict=True), 1):
        mark = parsed.marks[place - 1]
        if row is None:
            new.append(
                Block(
                    version_id=section.version_id,
                    section=section,
                    place=place,
                    kind=block["type"],
                    mark=mark,
                    text=text,
                    written_by=by,
                )
            )
        elif (row.place, row.mark, row.section_id) != (place, mark, section.pk):
            if row.mark != mark:
                row.mark, row.text, row.kind = mark, text, block["type"]
                row.written_at, row.written_by = clock.now(), by
            row.place, row.section = place, section
            changed.append(row)
    Block.objects.bulk_update(changed, ["section", "place", "mark", "text", "kind", "written_at", "written_by"])
    Block.objects.bulk_create(new)


def _check_not_too_many(blocks: int) -> None:
    if blocks > MOST_BLOCKS:
        raise Incomplete(
            f"This section has {blocks:,} paragraphs, lists and tables. The most is {MOST_BLOCKS:,}. "
            "Join some of them, or move some to another section."
        )


def _with_those_cut_elsewhere(
    section: Section, found: list[Block | None], written: list[identity.Written]
) -> list[Block | None]:
    """A passage that was cut from another section and is pasted here, word for word, is the same passage.

    A few words alone, such as “None.”, may stand anywhere without having come from there.
    """
    wanted = {row.mark for row, known in zip(written, found, strict=True) if known is None and _is_telling(row.text)}
    if not wanted:
        return found
    gone = Block.objects.filter(version_id=section.version_id, place=None, mark__in=wanted).exclude(section=section)
    cut = {row.mark: row for row in gone.order_by("-pk")}
    return [known or cut.pop(row.mark, None) for row, known in zip(written, found, strict=True)]


def _is_telling(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS


def copy(old: Version, draft: Version) -> None:
    """Carry blocks, answers and explanations into a draft that continues from another version."""
    sections = {section.key: section for section in draft.sections.all()}
    before = list(old.blocks.select_related("section"))
    after = Block.objects.bulk_create(
        Block(
            version=draft,
            section=sections[row.section.key],
            key=row.key,
            place=row.place,
            kind=row.kind,
            mark=row.mark,
            text=row.text,
            written_at=row.written_at,
            written_by_id=row.written_by_id,
        )
        for row in before
    )
    new = {row.pk: copied for row, copied in zip(before, after, strict=True)}
    told = ["requirement", "claimed_at", "claimed_by_id", "confirmed_mark", "confirmed_at", "confirmed_by_id"]
    Answer.objects.bulk_create(
        Answer(version=draft, block=new[row.block_id], **{name: getattr(row, name) for name in told})
        for row in old.answers.all()
    )
    kept = ["requirement", "reason", "text", "revision", "written_at", "written_by_id"]
    Explanation.objects.bulk_create(
        Explanation(version=draft, **{name: getattr(row, name) for name in kept}) for row in old.explanations.all()
    )
