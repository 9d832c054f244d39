"""After a text was withdrawn because somebody could be identified: what of it is as it was, said before it goes out again.

Nobody but a person can know which words identify somebody, so this stops nothing. It tells what was changed since, and
says loudly where nothing was: to whoever sends the next version for sign-off, and to both who publish it.
Source: capabilities 46 and 49.
"""

from partnership.documents import canonical, content, corrections
from partnership.documents.kinds import Problem
from partnership.documents.models import Ground, Version
from partnership.documents.workflow import Status

SINCE = "Version {number} was withdrawn because somebody could be identified from it."
UNCHANGED = "Nothing in the text is changed since. Whoever could be identified by its words still can."
CHANGED = "Changed since: {places}. Read the rest once more: everything else is as it was."


def warnings(version: Version) -> list[Problem]:
    """What is changed in a version since the last one of its document was withdrawn for redaction, if one was."""
    before = version.document.versions.filter(status=Status.TAKEN_DOWN, withdrawn_for=Ground.REDACTION)
    gone = before.filter(number__lt=version.number).order_by("-number").first()
    if gone is None:
        return []
    old, new = canonical.load(gone.content), canonical.load(canonical.canonical(content.of(version)))
    # A second person may not open what is sealed, so the title of a section that was left out is not told either.
    kept = {section["key"] for section in new["sections"]}
    old["sections"] = [row if row["key"] in kept else {**row, "title": "A section"} for row in old["sections"]]
    places = corrections.changed(old, new)
    places += ["How it meets the guidance"] if corrections.answers(old) != corrections.answers(new) else []
    places += [title for part, title in corrections.PARTS.items() if old.get(part, []) != new.get(part, [])]
    said = CHANGED.format(places="; ".join(places)) if places else UNCHANGED
    return [Problem(f"{SINCE.format(number=gone.number)} {said}")]
