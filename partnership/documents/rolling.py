"""What the text of one document brings to that of the next period: sections, answers and explanations. Reads alone."""

from dataclasses import dataclass
from functools import cached_property

from partnership.documents.kinds import Period
from partnership.documents.models import Section, Version
from partnership.guidance import crosswalk, loader
from partnership.guidance.schema import Edition

# What somebody else may neither write nor say is still true: the scrutineer's own words on one year.
STAYS = frozenset({"scrutineer_statement"})


@dataclass(frozen=True)
class Plan:
    """What goes along from a version to the document of another period, under the edition of that period."""

    source: Version
    edition: Edition

    @cached_property
    def old(self) -> Edition:
        return loader.edition(self.source.document.edition_key)

    @cached_property
    def known(self) -> set[str]:
        """The keys of the sections that the new edition asks for."""
        return {row.key for row in self.edition.sections_for(self.source.document.kind)}

    @cached_property
    def sections(self) -> list[Section]:
        """The sections that go along, in their order. One that only the old edition asked for goes if it is written."""
        asked = {row.key for row in self.old.sections_for(self.source.document.kind)}
        return [row for row in self.source.sections.order_by("position") if self._goes(row, asked)]

    def _goes(self, section: Section, asked: set[str]) -> bool:
        if section.key in STAYS:
            return False
        is_own = section.key not in asked
        return section.key in self.known or is_own or bool(section.body.strip() or section.explanation.strip())

    @property
    def own(self) -> list[Section]:
        """Those of them that the new edition does not know: the partnership's own."""
        return [row for row in self.sections if row.key not in self.known]

    @cached_property
    def changes(self) -> tuple[crosswalk.Change, ...]:
        """Each requirement on its way between the editions; none where the new edition does not follow the old one."""
        if self.old.series != self.edition.series or self.edition.in_force_from < self.old.in_force_from:
            return ()
        return crosswalk.between(self.old, self.edition, self.source.document.kind)

    @cached_property
    def requirements(self) -> dict[str, str]:
        """What each old requirement is called in the new edition. What is gone is not there."""
        if not self.changes:
            return {row.id: row.id for row in self.edition.requirements_for(self.source.document.kind)}
        return {row.old.id: row.new.id for row in self.changes if row.old and row.new}


def plan(source: Version, period: Period) -> Plan:
    """What would go along to the document of a period. Raises EditionError where no edition covers it."""
    return Plan(source, loader.edition_for(source.document.kind, period.first, period.last))
