"""How a frozen document meets its guidance, as rows for page and PDF, each with the passages that answer it."""

from typing import Any

from partnership.documents import numbering


def guidance_rows(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Each requirement with words, level, source, `places` (words and anchor), what is said instead, and its anchor.

    `where` says the same as `places` in one line. A document of the first form names sections alone.
    """
    anchors = numbering.anchors_of(numbering.numbered(document))
    return [_row(row, anchors) for row in document["guidance"]]


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
    }


def _said(row: dict[str, Any]) -> str:
    """What stands beside the places or instead of them."""
    if row.get("explanation"):
        return f"{row['reason']}: {row['explanation']}"
    if row["explained"]:
        return "Explained in that section, not answered"
    if row.get("answers"):
        return ""
    if not row["section"]:
        return "Not answered" if row["asked"] else "About the document as a whole, or not in force"
    return "No passage is named" if "answers" in row and row["asked"] else ""
