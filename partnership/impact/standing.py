"""How a draft stands in the impact test: what it claims, what shows that, and what is to be mended. No score."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partnership.documents.models import Block, Version
from partnership.impact.models import Acceptance, Claim, Evidence, Kind, LittleProgress, Priority, Sort

# A passage on training, wherever it stands. It is only asked about, so a word too many does no harm.
TRAINING = re.compile(r"\b(?:train(?:ed|ing|s)?|courses?|workshops?|e-learning|seminars?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """One claim with the passage that it is about, as that stands in a version."""

    claim: Claim
    block: Block | None

    @property
    def state(self) -> str:
        """“gone” from the text, “changed” since it was said, or “standing”."""
        if self.block is None or self.block.place is None:
            return "gone"
        return "standing" if self.block.mark == self.claim.mark else "changed"

    @property
    def is_effect(self) -> bool:
        return self.claim.kind == Kind.EFFECT

    @property
    def is_in_text(self) -> bool:
        return self.state != "gone"

    @cached_property
    def evidence(self) -> list[Evidence]:
        return list(self.claim.evidence.all())

    @property
    def is_shown(self) -> bool:
        """Whether it is an effect of the text that evidence shows."""
        return self.is_effect and self.is_in_text and bool(self.evidence)

    @property
    def is_honest(self) -> bool:
        """Whether it is an effect of the text with evidence, or with the plain word that there is none yet."""
        return self.is_shown or (self.is_effect and self.is_in_text and bool(self.claim.none_yet))

    @property
    def opening(self) -> str:
        """The first words of the passage, to name it by."""
        return Block(text=self.block.text if self.block else self.claim.text).opening

    @property
    def without_before(self) -> list[Evidence]:
        """The evidence that could say how it was before, and does not. An example has no figure."""
        return [
            row for row in self.evidence if not (row.before or row.is_before_suppressed) and row.sort != Sort.EXAMPLE
        ]

    @property
    def is_about_training(self) -> bool:
        block = self.block
        return block is not None and (block.section.key == "training" or bool(TRAINING.search(block.text)))


@dataclass(frozen=True)
class PriorityRow:
    """One priority with the effects claimed for it and, where there is one, its entry of little or no progress."""

    priority: Priority
    effects: tuple[Said, ...]

    @property
    def little_progress(self) -> LittleProgress | None:
        return getattr(self.priority, "little_progress", None)

    @property
    def is_answered(self) -> bool:
        return self.little_progress is not None or any(said.is_shown for said in self.effects)


@dataclass(frozen=True)
class Impact:
    """Everything that is claimed in a version, in the order of the text; what is gone comes last."""

    version: Version
    said: tuple[Said, ...]
    priorities: tuple[PriorityRow, ...]
    acceptance: Acceptance | None

    @property
    def in_text(self) -> list[Said]:
        return [said for said in self.said if said.is_in_text]

    @property
    def effects(self) -> list[Said]:
        return [said for said in self.in_text if said.is_effect]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many passages claim what, in words. Counted, never compared."""
        found = Counter(said.claim.kind for said in self.in_text)
        words = {Kind.ACTIVITY: ("activity", "activities"), Kind.OUTPUT: ("output", "outputs")}
        return [(words.get(kind, ("effect", "effects"))[found[kind] != 1], found[kind]) for kind in Kind]

    @property
    def is_only_activity(self) -> bool:
        """Whether nothing in it is an effect with evidence or with the word that there is none yet."""
        return not any(said.is_honest for said in self.said)

    @property
    def lacks_an_effect(self) -> bool:
        """Whether that stops the sending, because the chair has not accepted it."""
        return self.is_only_activity and self.acceptance is None

    @property
    def changed(self) -> list[Said]:
        return [said for said in self.said if said.state == "changed"]

    @property
    def gone(self) -> list[Said]:
        return [said for said in self.said if said.state == "gone"]

    @property
    def without_evidence(self) -> list[Said]:
        return [said for said in self.effects if not said.is_honest]

    @property
    def waiting(self) -> list[Said]:
        return [said for said in self.effects if said.is_honest and not said.is_shown]

    @property
    def without_before(self) -> list[tuple[Said, Evidence]]:
        return [(said, row) for said in self.effects for row in said.without_before]

    @property
    def for_nobody(self) -> list[Said]:
        return [said for said in self.effects if not said.claim.for_whom]

    @property
    def training_by_attendance(self) -> list[Said]:
        """Outputs on training in a section in which nothing is marked as an effect."""
        with_effect = {said.block.section_id for said in self.effects if said.block}
        return [
            said
            for said in self.in_text
            if said.claim.kind == Kind.OUTPUT
            and said.is_about_training
            and said.block
            and said.block.section_id not in with_effect
        ]

    @property
    def unanswered(self) -> list[PriorityRow]:
        return [row for row in self.priorities if not row.is_answered]

    @property
    def changed_effects(self) -> list[Said]:
        return [said for said in self.changed if said.is_effect]

    @property
    def changed_others(self) -> list[Said]:
        return [said for said in self.changed if not said.is_effect]

    @property
    def stops_the_sending(self) -> bool:
        """Whether the lists hold something that must be mended; the rest of them is advice."""
        return bool(self.changed_effects or self.unanswered or self.lacks_an_effect)

    @property
    def could_be_stronger(self) -> bool:
        lists: tuple[list[Any], ...] = (
            self.changed_others, self.gone, self.without_evidence, self.without_before, self.for_nobody,
            self.training_by_attendance,
        )  # fmt: skip
        return any(lists)


def of(version: Version) -> Impact:
    """How a version stands, in a constant number of queries."""
    found = Claim.objects.filter(document=version.document_id).select_related("said_by", "document")
    claims = list(found.prefetch_related("evidence", "priorities"))
    marked = version.blocks.filter(key__in=[claim.key for claim in claims]).select_related("section")
    blocks = {row.key: row for row in marked} if claims else {}
    rows = [Said(claim, blocks.get(claim.key)) for claim in claims]
    rows.sort(key=_place)
    named = Priority.objects.filter(document=version.document_id).select_related("little_progress__told_by", "document")
    by_claim = {said.claim.pk: said for said in rows}
    priorities = [
        PriorityRow(row, tuple(by_claim[claim.pk] for claim in row.claims.all() if claim.kind == Kind.EFFECT))
        for row in named.prefetch_related("claims").order_by("position")
    ]
    acceptance = Acceptance.objects.filter(version=version).first()
    return Impact(version, tuple(rows), tuple(priorities), acceptance)


def _place(said: Said) -> tuple[bool, int, int]:
    block = said.block
    if block is None or block.place is None:
        return True, 0, said.claim.pk
    return False, block.section.position, block.place
