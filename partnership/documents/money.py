"""What a frozen text says of money that was drawn from the record of funding: read by a signer before anything else."""

from collections.abc import Iterator
from typing import Any

INVENTED = " (invented)"
TOTAL = "Total"


def told(document: dict[str, Any], before: dict[str, Any] | None, agency: str) -> list[str]:
    """The totals, and what this agency pays, each with what the text said that the seat knew last, where it differs.

    `before`: that text, or None. Empty for a text that draws no sums from the record.
    """
    known = {name: amount for name, _, amount in _amounts(before or {"sections": []}, agency)}
    found = []
    for name, words, amount in _amounts(document, agency):
        was = known.get(name, "")
        found.append(f"{words}: {amount}{f' (before: {was})' if was and was != amount else ''}")
    return found


def _amounts(document: dict[str, Any], agency: str) -> Iterator[tuple[tuple[str, str, int], str, str]]:
    """What tells a line from the others, its words, and its sum."""
    blocks = [block for section in document["sections"] for block in section["blocks"]]
    for block in (row for row in blocks if row["type"] == "table" and row.get("figures", "").startswith("funding")):
        for place, row in enumerate(block["rows"]):
            line = row[0].removesuffix(INVENTED)
            amount = next((cell for cell in row[1:] if cell.startswith("£")), "")
            if amount and line in {agency, TOTAL}:
                nth = sum(1 for other in block["rows"][:place] if other[0] == row[0])
                whose = TOTAL.lower() if line == TOTAL else line
                yield (block["figures"], line, nth), f"{block['caption']}, {whose}", amount
