"""What follows the sections in a Word file: effects with their evidence, the scrutineer's words, challenges, facts, signatures."""

from typing import Any

from partnership.documents.guidance_rows import how_met
from partnership.documents.numbering import View
from partnership.word.writing.blocks import Writer
from partnership.word.writing.cover import Cover


def led(document: Any, lead: str, words: str) -> None:
    """A paragraph whose first words are bold."""
    paragraph = document.add_paragraph()
    paragraph.add_run(lead).bold = True
    paragraph.add_run(f" {words}")


def claims(document: Any, view: View) -> None:
    """Each effect with its evidence or without, each priority, and why it went out without an effect."""
    if view.claims:
        document.add_heading("Effects and their evidence", level=1)
    for row in view.accepted:
        led(document, "This report shows no effect.", f"{row['by']} accepted that on {row['on']}: {row['reason']}")
    for row in view.effects:
        _effect(document, row)
    for row in view.priorities:
        document.add_heading(f"Priority: {row['words']}", level=2)
        if row["why"]:
            led(document, "Little or no progress.", row["why"])
            led(document, "What comes next:", row["what_next"])


def _effect(document: Any, row: dict[str, Any]) -> None:
    places = ", ".join(words for words, _ in row["places"])
    document.add_heading(f"Effect claimed in {places}" if places else "Effect", level=2)
    if row["for_whom"]:
        led(document, "For whom:", row["for_whom"])
    for evidence in row["evidence"]:
        before = evidence["before"] or "not known"
        words = f"Before: {before}. Now: {evidence['after']}. Source: {evidence['source']}. {evidence['strength']}"
        limits = f"What it does not show: {evidence['limits']}. Contributed by {evidence['by']}."
        led(document, f"{evidence['sort']}, {evidence['period']}.", f"{words.strip()} {limits}")
    if not row["evidence"]:
        later = f" The partners look again on {row['look_again_on']}." if row["none_yet"] else ""
        led(document, "No evidence yet." if row["none_yet"] else "No evidence is given.", f"{row['none_yet']}{later}")


def statements(writer: Writer, view: View) -> None:
    """The words of independent scrutineers as they gave them."""
    if view.statements:
        writer.document.add_heading("Independent scrutiny", level=1)
    for row in view.statements:
        writer.document.add_heading(row["title"], level=2)
        writer.document.add_paragraph(f"{row['author']}, {row['office']}, {row['given_on']}. Printed as it was given.")
        writer.items(tuple(row["items"]))


def challenges(document: Any, view: View) -> None:
    """Each challenge with the partners' answers."""
    if view.challenges:
        document.add_heading("Challenges and answers", level=1)
    for row in view.challenges:
        document.add_heading(f"Challenge {row['number']}, raised by {row['raised_by']} on {row['raised_on']}", level=2)
        document.add_paragraph(row["text"])
        for answer in row["responses"]:
            led(document, f"Answer by {answer['by']} on {answer['on']}:", answer["text"])
        if not row["responses"]:
            document.add_paragraph("There is no answer to this challenge.")


def facts(writer: Writer, view: View) -> None:
    """What was drawn from the records, with value, source and day."""
    if view.facts:
        title = "Facts drawn from the records"
        writer.document.add_heading(title, level=1)
        writer.caption(title, before=True)
        rows = [[row["title"], row["value"], f"{row['source']}, {row['as_of']}"] for row in view.facts]
        writer.rows(["Fact", "What the records said", "Source and day"], rows, ["left"] * 3, title, is_plain=True)


def signatures(writer: Writer, cover: Cover) -> None:
    """Who signed, for whom and when."""
    if cover.signatures:
        writer.document.add_heading("Signatures", level=1)
        rows = [[row["agency"], row["who"], row["when"]] for row in cover.signatures]
        writer.caption("Signatures", before=True)
        writer.rows(["Agency", "Signed by", "When"], rows, ["left"] * 3, "Signatures", is_plain=True)


def guidance(writer: Writer, rows: list[dict[str, Any]]) -> None:
    """How the document meets the guidance, row by row."""
    if rows:
        title = "How this document meets the guidance"
        writer.document.add_heading(title, level=1)
        if met := how_met(rows):
            writer.document.add_paragraph(met)
        writer.caption(title, before=True)
        cells = [[row["requirement"], row["level"], row["where"], row["source"]] for row in rows]
        writer.rows(["What is asked", "How strongly", "Where", "Source"], cells, ["left"] * 4, title, is_plain=True)
