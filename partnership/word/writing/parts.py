"""What follows the sections in a Word file: effects with their evidence, the scrutineer's words, challenges, facts, signatures."""

from typing import Any

from partnership.documents.guidance_rows import how_met
from partnership.documents.numbering import View
from partnership.web.templatetags.words import sentence
from partnership.word.writing.blocks import Writer
from partnership.word.writing.cover import Cover


def led(document: Any, lead: str, words: str) -> None:
    """A paragraph whose first words are bold."""
    paragraph = document.add_paragraph()
    paragraph.add_run(lead).bold = True
    if words:
        paragraph.add_run(f" {words}")


def claims(document: Any, view: View) -> None:
    """Each effect with its evidence or without, each priority, and why it went out without an effect."""
    if view.claims:
        document.add_heading("Effects and their evidence", level=1)
    for row in view.accepted:
        words = f"{row['by']}, accepted that on {row['on']}, for this reason: {sentence(row['reason'])}"
        led(document, "This report shows no effect.", words)
    for row in view.effects:
        _effect(document, row)
    if view.priorities:
        document.add_heading("Priorities of the year", level=2)
    for row in view.priorities:
        _priority(document, row)


def _effect(document: Any, row: dict[str, Any]) -> None:
    places = _named(row["places"])
    document.add_heading(f"Effect claimed in {places}" if places else "Effect", level=2)
    if row["for_whom"]:
        led(document, "For whom:", row["for_whom"])
    for evidence in row["evidence"]:
        led(document, f"{evidence['sort']}, {evidence['period']}.", _known(evidence))
    if not row["evidence"] and row["none_yet"]:
        again = f"The partners look again on {row['look_again_on']}."
        led(document, "No evidence yet.", f"{sentence(row['none_yet'])} {again}")
    elif not row["evidence"]:
        led(document, "No evidence is given.", "")


def _known(evidence: dict[str, Any]) -> str:
    """What a piece of evidence says. People end their words with a full stop or without one."""
    before = f"Before: {sentence(evidence['before'])}" if evidence["before"] else "What was so before is not known."
    strength = f"What makes it strong: {sentence(evidence['strength'])}" if evidence["strength"] else ""
    parts = [
        before,
        f"Now: {sentence(evidence['after'])}",
        f"Source: {sentence(evidence['source'])}",
        strength,
        f"What it does not show: {sentence(evidence['limits'])}",
        f"Contributed by {evidence['by'].rstrip('.')}.",
    ]
    return " ".join(part for part in parts if part)


def _priority(document: Any, row: dict[str, Any]) -> None:
    document.add_heading(row["words"], level=3)
    if row["places"]:
        document.add_paragraph(f"Effects claimed in {_named(row['places'])}.")
    if row["why"]:
        led(document, "Little or no progress.", sentence(row["why"]))
        led(document, "What comes next:", sentence(row["what_next"]))


def _named(places: list[tuple[str, str]]) -> str:
    return "; ".join(words for words, _ in places)


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
        _taken_out(document, row)
        for answer in row["responses"]:
            led(document, f"Answer by {answer['by']} on {answer['on']}:", answer["text"])
            _taken_out(document, answer)
        if not row["responses"]:
            document.add_paragraph("There is no answer to this challenge.")


def _taken_out(document: Any, passage: dict[str, Any]) -> None:
    """That words were taken out of the passage above, where some were."""
    if passage["taken_out"]:
        document.add_paragraph().add_run(passage["taken_out"]).italic = True


def facts(writer: Writer, view: View) -> None:
    """What was drawn from the records, with value, source and day."""
    if view.facts:
        title = "Facts drawn from the records"
        writer.document.add_heading(title, level=1)
        writer.caption(title, before=True)
        rows = [
            [row["title"], row["value"], f"{row['source']}, {row['as_of']}", _named(row["shown_at"])]
            for row in view.facts
        ]
        head = ["Fact", "What the records said", "Source and day", "Where it stands"]
        writer.rows(head, rows, ["left"] * 4, title, is_plain=True)


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
