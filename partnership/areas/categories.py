"""The categories by which relevant agencies are named. Reference data with its source, never code (RA-5: it changes)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "reference" / "relevant_agency_categories.csv"


@dataclass(frozen=True)
class Category:
    """One heading. `evidence` S or W was read; K is background knowledge and shown as to be confirmed."""

    key: str
    title: str
    source: str
    evidence: str
    in_schedule: bool

    @property
    def is_confirmed(self) -> bool:
        return self.evidence in {"S", "W"}

    @property
    def label(self) -> str:
        return self.title if self.is_confirmed else f"{self.title} (to be confirmed)"


@cache
def known() -> dict[str, Category]:
    """Every category by its key, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["key"]: Category(row["key"], row["title"], row["source"], row["evidence"], row["in_schedule"] == "yes")
        for row in rows
    }
