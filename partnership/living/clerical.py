"""What a clerical edition may be: the published text, word for word as it was written, with its facts as they are now.

Given to kinds of documents: `problems` stops the sending of anything else, `statement` is what is signed under it.
"""

from typing import Any

from partnership import clock
from partnership.documents import canonical, content, tokens
from partnership.documents.kinds import Change, Problem
from partnership.documents.models import Version
from partnership.living import selectors

WORDING = "clerical 1"
WAY_OUT = "Put it back as it was published, or withdraw this version and begin a corrected one."
NEW_EDITION = "A clerical edition cannot say this. Withdraw this version and begin a new edition."


def problems(version: Version) -> list[Problem]:
    """What in a clerical edition is more than a changed fact, each with its place; nothing for any other version."""
    base = replaced_by(version)
    if base is None:
        return []
    old = canonical.load(base.content)
    new = canonical.load(canonical.canonical(content.compose(version, [])))
    return [*_structure(base), *_sections(version, old, new)]


def replaced_by(version: Version) -> Version | None:
    """The published text that a clerical edition differs from in facts alone; None for any other version."""
    edition = selectors.edition_of(version)
    return edition.version.base if edition else None


def _structure(base: Version) -> list[Problem]:
    today = clock.today()
    return [
        Problem(f"{row.title}: this is a change of the structure. {NEW_EDITION}")
        for row in selectors.differences(base, today)
        if row.kind == Change.STRUCTURAL
    ]


def _sections(version: Version, old: dict[str, Any], new: dict[str, Any]) -> list[Problem]:
    before = {section["key"]: section for section in old["sections"]}
    after = {section["key"]: section for section in new["sections"]}
    rows = {section.key: section for section in version.sections.select_related("version__document__area")}
    found = []
    for key in dict.fromkeys([*before, *after]):
        if _written(before.get(key)) != _written(after.get(key)):
            title = (after.get(key) or before[key])["title"]
            sentence = f"{title}: a clerical edition changes facts alone, and this text was changed. {WAY_OUT}"
            found.append(Problem(sentence, content.section_href(rows[key]) if key in rows else ""))
    return found


def _written(section: dict[str, Any] | None) -> Any:
    """A section as it was written: each fact as its token, each table that is drawn from records as its name."""
    if section is None:
        return None
    blocks = [
        {"type": "table", "figures": block["figures"]} if "figures" in block else tokens.as_written(block)
        for block in section["blocks"]
    ]
    return {**section, "blocks": blocks}


def changes(version: Version) -> list[str]:
    """What a frozen clerical edition says differently, fact by fact."""
    base = replaced_by(version)
    return [f"{row['title']}: {_now(row, before)}" for row, before in selectors.changed(version, base)] if base else []


def _now(row: dict[str, Any], before: dict[str, Any] | None) -> str:
    if before is None or before["value"] == row["value"]:
        return f"{row['value'][:1].lower()}{row['value'][1:]}"
    return f"{row['value']} (before: {before['value']})"


def statement(version: Version) -> tuple[str, str] | None:
    """What is signed under a clerical edition: what it is, and each fact that changed. None for any other version."""
    base = replaced_by(version)
    if base is None or base.published_at is None or not version.frozen_at:
        return None
    since = f"{clock.london_day(base.published_at):%-d %B %Y}"
    words = (
        f"This is a clerical edition. It differs from the edition that was published on {since} in these facts of the "
        f"partnership's records alone: {'; '.join(changes(version))}. I accept it, as lead safeguarding partner for my "
        "agency, in the place of that edition."
    )
    return words, WORDING
