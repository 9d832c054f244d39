"""What the pages of the impact test show: the passages of one section to be marked, and what a person may do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.roles import Permission
from partnership.documents import editing, marking, numbering
from partnership.documents import selectors as documents
from partnership.documents.models import Block, Document
from partnership.errors import Decision, decide
from partnership.impact import policies
from partnership.impact.models import Claim, Evidence, Kind

# One digit that stands alone. Nothing follows from it but a question: no threshold is named anywhere.
ONE_DIGIT = re.compile(r"(?<![\w.,])[1-9](?![\w%]|[.,]\d)")


def words_of(evidence: Evidence) -> list[tuple[str, str]]:
    """What a piece of evidence says, each part with its label."""
    return [
        ("Evidence", f"{evidence.get_sort_display()}, {evidence.period}"),
        ("Before", evidence.before),
        ("Now", evidence.after),
        ("Source", evidence.source),
        ("What makes it strong", evidence.strength),
        ("What it does not show", evidence.limits),
    ]


@dataclass(frozen=True)
class Option:
    """One radio button of a passage."""

    value: str
    id: str
    label: str
    checked: bool


@dataclass(frozen=True)
class Passage:
    """One block as it is shown, with its radio buttons; none for a heading, or for a text that was never saved here."""

    item: numbering.Item
    name: str
    options: tuple[Option, ...]
    claim: Claim | None
    is_changed: bool


class Marking:
    """The passages of a section and what each claims. `chosen`: what somebody has just sent, by identifier."""

    def __init__(self, page: editing.Page, chosen: Mapping[str, str] | None = None) -> None:
        self.page, self.chosen = page, chosen

    @cached_property
    def claims(self) -> dict[str, Claim]:
        return {str(row.key): row for row in Claim.objects.filter(document=self.page.document)}

    @cached_property
    def passages(self) -> list[Passage]:
        """Every block of the section as it would be published."""
        preview = self.page.preview
        if preview is None:
            return []
        rows = marking.blocks_of(self.page)
        return [self._passage(item, row) for item, row in zip(preview.items, rows, strict=True)]

    @property
    def seen(self) -> list[str]:
        """What was marked when the page was drawn, as the form sends it back."""
        return [f"{p.claim.key}:{p.claim.kind}" for p in self.passages if p.claim and p.options]

    @property
    def has_options(self) -> bool:
        return any(passage.options for passage in self.passages)

    def _passage(self, item: numbering.Item, block: Block | None) -> Passage:
        if block is None or item.type == "heading":
            return Passage(item, "", (), None, False)
        key = str(block.key)
        claim = self.claims.get(key)
        kind = claim.kind if claim else ""
        if self.chosen is not None:
            kind = self.chosen.get(key, kind)
        labels = [*Kind.choices, ("", "None of these")]
        options = tuple(
            Option(value, f"kind-{block.place}-{value or 'none'}", str(label), value == kind) for value, label in labels
        )
        return Passage(item, f"kind-{key}", options, claim, bool(claim and claim.mark != block.mark))


def may(user: User, document: Document, permission: Permission = Permission.DRAFT_DOCUMENT) -> Decision:
    """Whether a person may do this in the draft of a document now, with the sentence that refuses."""

    def check() -> None:
        access.require(user, permission, document.area)
        policies.check_draft(documents.draft(document))

    return decide(check)


def asks_about_small_numbers(evidence: Evidence) -> bool:
    """Whether a figure has a digit that stands alone, so that the page asks if it could point to a child."""
    return any(ONE_DIGIT.search(figure) for figure in (evidence.before, evidence.after))
