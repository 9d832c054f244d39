"""A version as a Word file, for people who only read there."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt, RGBColor

from partnership.documents import numbering
from partnership.word.writing import shapes
from partnership.word.writing.blocks import Pictures, Writer
from partnership.word.writing.cover import Cover

INK = RGBColor(0x0B, 0x0C, 0x0C)
FONT = "Arial"
SIZES = {"Normal": 11, "Title": 28, "Heading 1": 20, "Heading 2": 15, "Heading 3": 12, "Caption": 11, "Quote": 11}


def to_docx(
    content: dict[str, Any],
    *,
    cover: Cover,
    pictures: Pictures,
    guidance_rows: list[dict[str, str]],
    moment: datetime,
) -> bytes:
    """The file. `content`: what a version says; `pictures`: the bytes of a picture by its hash."""
    document = docx.Document()
    _prepare(document, content, cover, moment)
    _cover(document, content, cover)
    view = numbering.view(content, str, "pdf")
    writer = Writer(document, pictures)
    for section in view.sections:
        document.add_heading(section.title, level=1)
        writer.items(section.items)
        if section.explanation:
            _led(document, "Explanation:", section.explanation)
    _challenges(document, view.challenges)
    _signatures(writer, cover)
    _guidance(writer, guidance_rows)
    if content["notes"]:
        document.add_heading("Notes", level=1)
        for note in content["notes"]:
            document.add_paragraph(note)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: Any, content: dict[str, Any], cover: Cover, moment: datetime) -> None:
    """Paper, typeface, language, and what stands on every page."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
        fonts = style.element.rPr.rFonts
        for key in [key for key in fonts.attrib if key.endswith("Theme")]:
            del fonts.attrib[key]
    shapes.language(document, "en-GB")
    properties = document.core_properties
    properties.title, properties.subject = content["title"], cover.status
    properties.author, properties.language = content["area"]["partnership"], "en-GB"
    properties.comments, properties.keywords = "", ""
    properties.created = properties.modified = moment.astimezone(UTC)
    section.header.paragraphs[0].text = f"{content['title']}. {cover.version}. {cover.status}"
    shapes.page_number(section.footer.paragraphs[0])


def _cover(document: Any, content: dict[str, Any], cover: Cover) -> None:
    document.add_heading(content["title"], level=0)
    period = content["period"]
    document.add_paragraph(content["area"]["partnership"])
    document.add_paragraph(f"{numbering.day(period['from'])} to {numbering.day(period['to'])}")
    document.add_paragraph().add_run(f"{cover.version}. {cover.status}").bold = True
    document.add_paragraph(cover.notice)
    document.add_paragraph(f"Written under: {content['edition']['title']}. File made on {cover.made_on}.")
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _led(document: Any, lead: str, words: str) -> None:
    """A paragraph whose first words are bold."""
    paragraph = document.add_paragraph()
    paragraph.add_run(lead).bold = True
    paragraph.add_run(f" {words}")


def _challenges(document: Any, challenges: tuple[dict[str, Any], ...]) -> None:
    if challenges:
        document.add_heading("Challenges and answers", level=1)
    for row in challenges:
        document.add_heading(f"Challenge {row['number']}, raised by {row['raised_by']} on {row['raised_on']}", level=2)
        document.add_paragraph(row["text"])
        for answer in row["responses"]:
            _led(document, f"Answer by {answer['by']} on {answer['on']}:", answer["text"])
        if not row["responses"]:
            document.add_paragraph("There is no answer to this challenge.")


def _signatures(writer: Writer, cover: Cover) -> None:
    if not cover.signatures:
        return
    writer.document.add_heading("Signatures", level=1)
    rows = [[row["agency"], row["who"], row["when"]] for row in cover.signatures]
    writer.caption("Signatures", "", before=True)
    writer.rows(["Agency", "Signed by", "When"], rows, ["left"] * 3, "Signatures", is_plain=True)


def _guidance(writer: Writer, rows: list[dict[str, str]]) -> None:
    if not rows:
        return
    title = "How this document meets the guidance"
    writer.document.add_heading(title, level=1)
    writer.caption(title, "", before=True)
    cells = [[row["requirement"], row["level"], row["where"], row["source"]] for row in rows]
    writer.rows(["What is asked", "How strongly", "Where", "Source"], cells, ["left"] * 4, title, is_plain=True)
