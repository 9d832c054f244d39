"""How a frozen document meets its guidance, as rows for page and PDF, each with the passages that answer it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from partnership.documents import numbering


def guidance_rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Each requirement with words, level, source, `places` (words and anchor), what is said instead, and its anchor.

    `met` is "passage", "explained", "neither" or "not asked"; "unknown" in a document of the first form.

    `where` says the same as `places` in one line. A document of the first form names sections alone.
    """
    anchors = numbering.places(numbering.numbered(document))
    return [_row(row, anchors) for row in document["guidance"]]


def how_met(rows: Sequence[dict[str, Any]]) -> str:
    """In one or two sentences how many of what is asked are answered at a passage, explained, or neither.

    Empty for a document of the first form, which named sections alone.
    """
    found = Counter(row.get("met", "unknown") for row in rows)
    if not rows or found["unknown"]:
        return ""
    asked = found["passage"] + found["explained"] + found["neither"]
    parts = [f"{found['passage']} answered at a named passage" if found["passage"] else ""]
    parts += [f"{found['explained']} explained instead" if found["explained"] else ""]
    parts += [f"{found['neither']} neither answered at a named passage nor explained" if found["neither"] else ""]
    listed = ", ".join(part for part in parts if part)
    words = f"Of the {asked} requirements that ask something of this document: {listed}."
    if found["passage"]:
        words += " Each named passage was marked by one person and confirmed by another."
    if found["explained"]:
        words += " The explanations were signed with the text."
    return words


def _row(row: dict[str, Any], anchors: dict[tuple[str, int], tuple[str, str]]) -> dict[str, Any]:
    places = [anchors[answer["section"], answer["block"]] for answer in row.get("answers", [])]
    places = list(dict.fromkeys(places))
    if not places and row["section"]:
        places = [(row["section_title"], row["section"])]
    said = _said(row)
    return {
        "id": row["id"],
        "requirement": row["text"],
        "level": row["level"],
        "source": f"{row['source']}. {row['standing']}",
        "places": places,
        "said": said,
        "where": "; ".join([*(words for words, _ in places), *([said] if said else [])]),
        "anchor": row["section"],
        "met": _met(row),
    }


def _met(row: dict[str, Any]) -> str:
    if "answers" not in row:
        return "unknown"
    if row["answers"]:
        return "passage"
    if row["explained"] or row.get("explanation"):
        return "explained"
    return "neither" if row["asked"] else "not asked"


def _said(row: dict[str, Any]) -> str:
    """What stands beside the places or instead of them."""
    if row.get("explanation"):
        return f"{row['reason']}: {row['explanation']}"
    if row["explained"]:
        return "Explained in that section, not answered"
    if row.get("answers"):
        return ""
    if not row["section"]:
        if row["asked"]:
            return "Not answered"
        return "Not yet in force" if "not yet in force" in row["standing"] else "About the document as a whole"
    return "No passage is named" if "answers" in row and row["asked"] else ""
