"""Whether the records and the daily lists are as they were written, held against each other. Used by `verify_records`."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from partnership.audit import verifying as audit
from partnership.evidence.models import DailyList


@dataclass
class Report:
    """What was looked at, and each damage as a sentence."""

    entries: int = 0
    chains: int = 0
    lists: int = 0
    newest: str = ""
    damages: list[str] = field(default_factory=list)


def look(kept: str = "") -> Report:
    """Compute every chain anew, and hold the records against what each daily list says of them. Changes nothing.

    `kept`: the fingerprint of a list that somebody has kept elsewhere, so that lists that were all made anew show.
    """
    report, found = Report(), dict[tuple[str, int], str]()
    report.damages += map(str, audit.damages(found))
    report.entries, report.chains = len(found), len({area for area, _ in found})
    before = ""
    for row in DailyList.objects.order_by("day").iterator():
        report.damages += [f"The list of {row.day}: {why}" for why in _of_list(row, before)]
        heads = [tuple(head) for head in json.loads(row.heads)]
        report.damages += [f"{damage} So says the list of {row.day}." for damage in audit.missing(heads, found)]
        before = row.sha256
        report.lists, report.newest = report.lists + 1, f"{row.day} {row.sha256}"
    if kept and not DailyList.objects.filter(sha256=kept).exists():
        report.damages.append("There is no daily list with the fingerprint that you kept: they were made anew, or cut.")
    return report


def _of_list(row: DailyList, before: str) -> Iterator[str]:
    told = json.loads(row.content)
    if hashlib.sha256(row.content.encode()).hexdigest() != row.sha256:
        yield "it is not as it was made."
    if (row.previous, told["previous"]) != (before, before):
        yield "it does not follow the list before it."
    if told["records"] != hashlib.sha256(row.heads.encode()).hexdigest():
        yield "what it says of the records is not what was kept beside it."
    listed = set(row.listed.values_list("sha256", flat=True))
    if listed != {entry["sha256"] for entry in told["published"]}:
        yield "the fingerprints that are found in it are not those of its text."
