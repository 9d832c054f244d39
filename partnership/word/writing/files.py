"""A version as a Word file, for people who only read there."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.shared import Cm, Pt, RGBColor

from partnership.documents import numbering
from partnership.word.writing import parts, shapes
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
    guidance_rows: list[dict[str, Any]],
    moment: datetime,
) -> bytes:
    """The file. `content`: what a version says; `pictures`: the bytes of a picture by its hash."""
    document = docx.Document()
    _prepare(document, content, cover, moment)
    _cover(document, content, cover)
    view = numbering.view(content, str, "pdf")
    writer = Writer(document, pictures)
    for section in view.sections:
        shapes.numbered(document.add_heading(level=1), str(section.number)).add_run(section.title)
        writer.items(section.items)
        if section.explanation:
            parts.led(document, "Explanation:", section.explanation)
    parts.claims(document, view)
    parts.statements(writer, view)
    parts.challenges(document, view)
    parts.facts(writer, view)
    parts.signatures(writer, cover)
    parts.guidance(writer, guidance_rows)
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
