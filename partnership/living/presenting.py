"""What pages say of a published text and the records: for everybody, and for those who have to put it right."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from partnership import clock
from partnership.documents.models import Version
from partnership.documents.workflow import WORKED_ON
from partnership.living import clerical, selectors
from partnership.living.models import StaleFlag


@dataclass(frozen=True)
class Standing:
    """How a published text stands to the records.

    `correct_on`: the day of its facts, where any of them has changed since; `compared_on`: the day on which all of them
    were last found to agree. Never both: a text with a flag does not say that it was found to agree. `is_behind`: the
    records changed after the comparison. `clerical`: what a clerical edition says differently from the one before.
    """

    flags: tuple[StaleFlag, ...]
    correct_on: date | None
    compared_on: date | None
    is_behind: bool
    clerical: tuple[str, ...]

    @property
    def pending(self) -> list[str]:
        """What is pending, for everybody: what changed and when. Who it is now stands in no text that was agreed."""
        return [f"{flag.title}: changed on {flag.since:%-d %B %Y}." for flag in self.flags]


def standing(version: Version) -> Standing | None:
    """How a published text stands to the records; None for one that claims nothing of today."""
    found = selectors.live().filter(pk=version.pk).first()
    if found is None or not selectors.facts_of(version):
        return None
    flags = tuple(selectors.open_flags(version))
    compared = getattr(found, "comparison", None)
    frozen_on = clock.london_day(version.frozen_at) if version.frozen_at else None
    return Standing(
        flags=flags,
        correct_on=frozen_on if flags else None,
        compared_on=clock.london_day(compared.compared_at) if compared and not flags else None,
        is_behind=not flags and selectors.is_behind(version),
        clerical=tuple(clerical.changes(version)),
    )


def in_words(version: Version) -> str:
    """What a copy of a published text that is taken away says of the records; nothing where none of them has changed."""
    stands = standing(version)
    if stands is None or not stands.correct_on:
        return ""
    changed = " ".join(stands.pending)
    return f"Not up to date. Correct on {stands.correct_on:%-d %B %Y}. Since then the partnership’s records have changed: {changed}"


@dataclass(frozen=True)
class FactRow:
    """One fact of the published text: as frozen, and as the records have it now where that differs."""

    fact: dict[str, Any]
    flag: StaleFlag | None


def rows(version: Version) -> list[FactRow]:
    """Every fact of a published text, what is flagged first."""
    flags = {flag.fact: flag for flag in selectors.open_flags(version)}
    found = [FactRow(fact, flags.get(fact["name"])) for fact in selectors.facts_of(version)]
    return sorted(found, key=lambda row: row.flag is None)


def version_on_its_way(version: Version) -> Version | None:
    """The draft or the text in sign-off that will replace a published one."""
    return version.document.versions.filter(number__gt=version.number, status__in=WORKED_ON).first()
