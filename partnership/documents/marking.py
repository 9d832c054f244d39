"""What the page shows on which the passages of one section are marked as answers to the guidance."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from partnership.documents import compare, editing, identity, numbering
from partnership.documents.models import Answer, Block
from partnership.guidance import loader
from partnership.guidance.schema import Requirement

MOST_LABEL = 70


@dataclass(frozen=True)
class Option:
    """One tick box: whether this passage answers this requirement. `state` is that of the answer, or empty."""

    value: str
    id: str
    label: str
    checked: bool
    state: str


@dataclass(frozen=True)
class Passage:
    """One block as it is shown, with its tick boxes; none for a heading, or for a text from before there were any."""

    item: numbering.Item
    options: tuple[Option, ...]


class Marking:
    """The passages of a section and what each may be marked with. `also`: requirements that are asked elsewhere."""

    def __init__(self, page: editing.Page, also: Iterable[str] = (), ticked: Collection[str] | None = None) -> None:
        self.page, self.ticked = page, ticked
        self.edition = loader.edition(page.document.edition_key)
        self.all = self.edition.requirements_for(page.document.kind)
        self._also = set(also)

    @cached_property
    def answers(self) -> dict[int, list[Answer]]:
        """The answers of this section by block."""
        found: dict[int, list[Answer]] = defaultdict(list)
        rows = Answer.objects.filter(block__section=self.page.section).select_related("block", "claimed_by")
        for row in rows:
            found[row.block_id].append(row)
        return found

    @property
    def gone(self) -> list[Answer]:
        """What was marked in passages that the text no longer has."""
        return [row for rows in self.answers.values() for row in rows if row.state == "gone"]

    @property
    def seen(self) -> list[str]:
        """What was marked when the page was drawn, as the form sends it back."""
        return [_value(row.block, row.requirement) for rows in self.answers.values() for row in rows if row.block.place]

    @cached_property
    def asked(self) -> list[Requirement]:
        """What the passages are asked about: the section's requirements, those marked here already, and `also`."""
        marked = {row.requirement for rows in self.answers.values() for row in rows}
        key = self.page.section.key
        return [rule for rule in self.all if rule.section == key or rule.id in marked | self._also]

    @property
    def others(self) -> list[Requirement]:
        """The requirements that could be added to those asked about here."""
        return [rule for rule in self.all if rule not in self.asked]

    @cached_property
    def passages(self) -> list[Passage]:
        """Every block of the section as it would be published."""
        return [
            Passage(item, self._options(row) if row and item.type != "heading" else ()) for item, row in self.blocks
        ]

    @cached_property
    def blocks(self) -> list[tuple[numbering.Item, Block | None]]:
        """Every block as it would be published, with its row; None for one of a text from before there were any."""
        preview = self.page.preview
        return list(zip(preview.items, blocks_of(self.page), strict=True)) if preview else []

    @property
    def has_options(self) -> bool:
        return any(passage.options for passage in self.passages)

    def _options(self, block: Block) -> tuple[Option, ...]:
        states = {row.requirement: row.state for row in self.answers[block.pk]}
        return tuple(
            Option(
                value := _value(block, rule.id),
                f"mark-{block.place}-{rule.id}",
                f"{rule.id}: {_short(rule.text)}",
                rule.id in states if self.ticked is None else value in self.ticked,
                states.get(rule.id, ""),
            )
            for rule in self.asked
        )


def blocks_of(page: editing.Page) -> list[Block | None]:
    """The saved block of each passage of a section as it would be published; None for one that was never saved."""
    state = page.state
    known = [identity.Known(row, row.mark, row.text) for row in page.section.blocks.exclude(place=None)]
    words = [compare.words_of(block) for block in state.blocks]
    return identity.match(known, [identity.Written(m, w) for m, w in zip(state.marks, words, strict=True)])


def _value(block: Block, requirement: str) -> str:
    return f"{block.key}:{requirement}"


def _short(text: str) -> str:
    return text if len(text) <= MOST_LABEL else f"{text[:MOST_LABEL].rsplit(' ', 1)[0]} …"
