"""Word files made for the tests by python-docx, good and bad; all words in them are invented."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.parser import parse_xml
from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HYPERLINK = RT.HYPERLINK


def saved(document: Any) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def made(*fill: Callable[[Any], Any]) -> bytes:
    """A file with a heading, to which the functions add what they like."""
    document = docx.Document()
    document.add_heading("Impact", 1)
    for add in fill:
        add(document)
    return saved(document)


def paragraph(inner: str) -> Callable[[Any], Any]:
    """Adds a paragraph whose XML is given."""
    return lambda document: document.element.body.insert(-1, parse_xml(f"<w:p {W}>{inner}</w:p>"))


def block(xml: str) -> Callable[[Any], Any]:
    """Adds an element to the body, whatever it is."""
    return lambda document: document.element.body.insert(-1, parse_xml(f"<x {W} {M} {R}>{xml}</x>")[0])


def picture(colour: str = "teal", kind: str = "PNG") -> bytes:
    stream = BytesIO()
    Image.new("RGB", (60, 40), colour).save(stream, kind)
    return stream.getvalue()


def changed(data: bytes, **entries: bytes | None) -> bytes:
    """The file with entries put in, changed or (None) taken out. `__` in a name stands for `/`, `_dot_` for `.`."""
    names = {
        name.replace("___", "/_").replace("__", "/").replace("_dot_", "."): content for name, content in entries.items()
    }
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in names:
                new.writestr(entry, old.read(entry.filename))
        for name, content in names.items():
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def with_entry(data: bytes, name: str, content: bytes) -> bytes:
    """The file with one entry more, under any name."""
    stream = BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def with_type(data: bytes, name: str, kind: str) -> bytes:
    """The file that says of a part which kind of Word's parts it is."""
    kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    override = f'<Override PartName="{name}" ContentType="{kind}"/></Types>'.encode()
    types = read_entry(data, "[Content_Types].xml").replace(b"</Types>", override)
    return changed(data, **{"[Content_Types]_dot_xml": types})


def read_entry(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def table(document: Any, rows: list[list[str]], caption: str = "", source: str = "") -> Any:
    if caption:
        document.add_paragraph(caption, style="Caption")
    grid = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, line in zip(rows, grid.rows, strict=True):
        for words, cell in zip(row, line.cells, strict=True):
            cell.text = words
    if source:
        document.add_paragraph(f"Source: {source}")
    return grid


PRIORITIES = ("Neglect", "Exploitation outside the home", "Babies under one", "Transition to adult services")
AGENCIES = ("Council children’s services", "Police", "Integrated care board", "Probation", "Schools and colleges")
SENTENCE = (
    "The partners met each quarter, looked at what had changed for children, and agreed what to do next with a name and a "
    "date for each action. "
)


def report() -> bytes:
    """A yearly report with the structure of those that are published: some 30 pages, and 12 tables."""
    document = docx.Document()
    document.add_heading("Marlbridge Safeguarding Children Partnership: yearly report 2024-25", 0)
    prose = _prose(document)
    for title, length in (("Foreword", 5), ("The year at a glance", 4), ("Local context", 8)):
        document.add_heading(title, 1)
        prose(length)
    table(
        document, [["Measure", "Number"], ["Children in the area", "48,210"]], "Table 1: The area", "mid-year estimate"
    )
    document.add_heading("Governance", 1)
    prose(6)
    _items(document, ["Executive, each quarter", "Learning group, six times", "Review panel, as needed"])
    _attendance(document)
    document.add_heading("Priorities", 1)
    for number, priority in enumerate(PRIORITIES, 3):
        document.add_heading(priority, 2)
        for part in ("What we did", "What changed for children", "What comes next"):
            document.add_heading(part, 3)
            prose(4)
        rows = [["Measure", "2023-24", "2024-25"], ["Referrals", "412", "398"], ["Re-referrals", "61", "48"]]
        table(document, rows, f"Table {number}: {priority}", "partners’ returns")
    _learning(document, prose)
    _end(document, prose)
    return saved(document)


def _prose(document: Any) -> Callable[[int], None]:
    def prose(count: int) -> None:
        for _ in range(count):
            document.add_paragraph(SENTENCE * 6)

    return prose


def _items(document: Any, words: list[str], style: str = "List Bullet") -> None:
    for item in words:
        document.add_paragraph(item, style=style)


def _attendance(document: Any) -> None:
    rows = [["Agency", "Meetings", "Attended"], *([agency, "4", "3"] for agency in AGENCIES)]
    table(document, rows, "Table 2: Attendance at the executive")


def _learning(document: Any, prose: Callable[[int], None]) -> None:
    document.add_heading("Learning from reviews", 1)
    prose(8)
    table(document, [["Review", "Status"], ["Review A", "Published"], ["Review B", "Open"]], "Table 7: Reviews")
    document.add_heading("Audits and section 11", 1)
    prose(6)
    table(document, [["Agency", "Result"], *([agency, "Met"] for agency in AGENCIES)], "Table 8: Section 11 results")
    document.add_heading("Training", 1)
    prose(5)
    rows = [["Course", "Places", "Attended"], ["Neglect", "120", "98"], ["Exploitation", "80", "77"]]
    table(document, rows, "Table 9: Courses")
    document.add_heading("Voice of children", 1)
    prose(5)
    document.add_paragraph("Nobody had asked us before.", style="Quote")
    document.add_picture(BytesIO(picture()))
    document.inline_shapes[0]._inline.docPr.set("descr", "A drawing by the young people’s panel")
    document.add_paragraph("Figure 1: Drawn by the panel", style="Caption")


def _end(document: Any, prose: Callable[[int], None]) -> None:
    document.add_heading("Statement of the independent scrutineer", 1)
    prose(6)
    document.add_heading("What each agency did", 1)
    for agency in AGENCIES:
        document.add_heading(agency, 2)
        prose(4)
    document.add_heading("Finance", 1)
    rows = [["Contributor", "Pounds"], ["Council", "82,000"], ["Health", "22,000"], ["Police", "5,000"]]
    table(document, rows, "Table 10: Income")
    table(document, [["Line", "Pounds"], ["Staff", "90,751"], ["Scrutineer", "18,249"]], "Table 11: Spending")
    document.add_heading("Priorities for next year", 1)
    _items(document, ["Neglect", "Babies under one", "Data"], "List Number")
    document.add_heading("Appendix: words explained", 1)
    table(document, [["Word", "Meaning"], ["DSP", "Delegated safeguarding partner"]], "Table 12: Words")
