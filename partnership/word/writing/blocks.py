"""The blocks of a section as paragraphs, lists, tables and pictures of Word."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Emu

from partnership.documents.numbering import Item
from partnership.word.writing import inline, shapes

PIXEL = 9525  # English metric units
WIDEST = Cm(16)
Pictures = Callable[[str], bytes]
Entries = list[dict[str, Any]]
Row = list[str]
Rows = list[Row]


class Writer:
    """Adds numbered items of a view to a file of python-docx."""

    def __init__(self, document: Any, pictures: Pictures) -> None:
        self.document, self.pictures = document, pictures
        self.numbering = shapes.Numbering(document)

    def items(self, items: tuple[Item, ...]) -> None:
        """Every block of a section."""
        for item in items:
            getattr(self, item.type)(item)

    def heading(self, item: Item) -> None:
        inline.add(self.document.add_heading(level=item.block["level"] - 1), item.block["html"])

    def paragraph(self, item: Item) -> None:
        inline.add(shapes.numbered(self.document.add_paragraph(), item.number), item.block["html"])

    def quotation(self, item: Item) -> None:
        for place, words in enumerate(item.block["paragraphs"]):
            paragraph = self.document.add_paragraph(style="Quote")
            inline.add(shapes.numbered(paragraph, "" if place else item.number), words)

    def list(self, item: Item) -> None:
        if item.number:  # on a line of its own: before the first entry it would look like that entry's
            shapes.numbered(self.document.add_paragraph(), item.number).paragraph_format.keep_with_next = True
        self.entries(item.block["items"], 0, ordered=item.block["ordered"], start=item.block.get("start", 1))

    def entries(self, entries: Entries, depth: int, *, ordered: bool, start: int = 1) -> None:
        """The entries of one list, each with the list under it."""
        key = self.numbering.new(ordered=ordered, start=start, depth=depth)
        for entry in entries:
            paragraph = self.document.add_paragraph(style="List Paragraph")
            shapes.into_list(paragraph, key, depth)
            inline.add(paragraph, entry["html"])
            if entry["items"]:
                self.entries(entry["items"], depth + 1, ordered=entry.get("ordered", False))

    def table(self, item: Item) -> None:
        block = item.block
        self.caption(item.caption, before=True)
        self.rows(block["head"], block["rows"], block["align"], block["caption"])
        self.source(block["source"])

    def chart(self, item: Item) -> None:
        """A chart is told by its figures: Word's own would need a spreadsheet within the file."""
        block = item.block
        unit = f" ({block['unit']})" if block["unit"] else ""
        self.caption(f"{item.caption}{unit}", before=True)
        rows = [[label, words] for label, words in block["lines"]]
        self.rows(["What", "Figure"], rows, ["left", "right"], block["title"], is_plain=True)
        self.source(block["source"])

    def picture(self, item: Item) -> None:
        block = item.block
        width = min(Emu(block["width"] * PIXEL), WIDEST)
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        drawn = paragraph.add_run().add_picture(BytesIO(self.pictures(block["sha256"])), width=width)
        shapes.describe(drawn, block["alt"])
        self.caption(item.caption, before=False)

    def caption(self, words: str, *, before: bool) -> None:
        if not words:
            return
        paragraph = self.document.add_paragraph(words, style="Caption")
        paragraph.paragraph_format.keep_with_next = before

    def source(self, words: str) -> None:
        if words:
            self.document.add_paragraph(f"Source: {words}")

    def rows(self, head: Row, rows: Rows, align: Row, name: str, *, is_plain: bool = False) -> None:
        """A table with its headings."""
        table = self.document.add_table(rows=1 + len(rows), cols=len(head), style="Table Grid")
        shapes.head_row(table, name)
        for place, (line, row) in enumerate(zip([head, *rows], table.rows, strict=True)):
            for words, side, cell in zip(line, align, row.cells, strict=True):
                paragraph = cell.paragraphs[0]
                if is_plain:
                    paragraph.add_run(words)
                else:
                    inline.add(paragraph, words)
                if side == "right":
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                for run in paragraph.runs if place == 0 else ():
                    run.bold = True
