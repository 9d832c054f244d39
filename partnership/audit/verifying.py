"""Whether the record of what was done is as it was written: each chain computed anew, outside the database.

A chain does not see a cut tail. `heads`, kept elsewhere, do: where each chain was on a day (capability 110).
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Func, TextField

from partnership.audit.models import AuditEntry

BATCH = 2000
Head = tuple[str, int, str]


@dataclass(frozen=True)
class Damage:
    """One place where a record is not as it was written, as a sentence."""

    area_slug: str
    sequence: int
    why: str

    def __str__(self) -> str:
        return f"{self.area_slug or 'The record of no area'}, entry {self.sequence}: {self.why}"


class _AsText(Func):
    """JSON as the database writes it, which is what it hashed."""

    template = "(%(expressions)s)::text"
    output_field = TextField()


class _Microseconds(Func):
    """A moment as whole microseconds since 1970, whatever the time zone of the session."""

    template = "((extract(epoch FROM %(expressions)s) * 1000000)::bigint)::text"
    output_field = TextField()


def damages(found: dict[tuple[str, int], str]) -> Iterator[Damage]:
    """Each damage of each chain, in order. `found`: filled with the hash of each entry, by area and number."""
    rows = AuditEntry.objects.order_by("area_slug", "sequence").annotate(
        told=_AsText("data"), epoch=_Microseconds("at")
    )
    area, last, hash_before = "", 0, ""
    for row in rows.values(*_COLUMNS).iterator(chunk_size=BATCH):
        if row["area_slug"] != area:
            area, last, hash_before = row["area_slug"], 0, ""
        if row["sequence"] != last + 1:
            yield Damage(area, row["sequence"], f"entries {last + 1} to {row['sequence'] - 1} are missing.")
        elif row["previous"] != hash_before:
            yield Damage(area, row["sequence"], "it does not follow the entry before it.")
        if row["hash"] != _hash(row):
            yield Damage(area, row["sequence"], "it is not as it was written.")
        last, hash_before = row["sequence"], row["hash"]
        found[area, last] = hash_before


def missing(heads: Iterable[Head], found: dict[tuple[str, int], str]) -> Iterator[Damage]:
    """Where a chain was once, and is no longer: its end was cut, or written anew from somewhere before it."""
    for area, sequence, was in heads:
        now = found.get((area, sequence))
        if now is None:
            yield Damage(area, sequence, "it was there once, and the end of the record is cut off before it.")
        elif now != was:
            yield Damage(area, sequence, "another entry stood here once: the record was written anew.")


_HASHED = ("previous", "area_slug", "sequence", "event", "epoch", "actor_id", "actor_name")
_AFTER = ("target_model", "target_id", "subject", "told")
_COLUMNS = (*_HASHED, *_AFTER, "hash")


def _hash(row: dict[str, object]) -> str:
    """As the trigger of migration 0002 computes it."""
    words = ["" if row[name] is None else str(row[name]) for name in (*_HASHED, *_AFTER)]
    return hashlib.sha256("|".join(words).encode()).hexdigest()
