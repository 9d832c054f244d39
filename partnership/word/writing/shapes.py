"""Small things of Word's XML that python-docx has no word for: lists, header rows, links, languages."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import RGBColor

from partnership.word.marks import PASSAGE_NUMBER

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEVELS = 3
BULLETS = ("\u2022", "\u2013", "\u25aa")
_BULLET, _ORDERED = 9001, 9002
_INDENT = 360  # twentieths of a point


def element(name: str, **attributes: str) -> Any:
    """`w:name` with attributes such as val="on"."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


class Numbering:
    """The lists of one file. Each list that counts gets a number of its own, so that it begins where it should."""

    def __init__(self, document: Any) -> None:
        self.root = document.part.numbering_part.element
        first = self.root.find(qn("w:num"))
        for key, formats in ((_BULLET, BULLETS), (_ORDERED, ("%1.", "%2.", "%3."))):
            shape = parse_xml(_shape(key, formats))
            first.addprevious(shape) if first is not None else self.root.append(shape)
        self.last = max(int(entry.get(qn("w:numId"))) for entry in self.root.findall(qn("w:num")))

    def new(self, *, ordered: bool, start: int = 1, depth: int = 0) -> str:
        """The key of a new list, whose items at `depth` begin at `start`."""
        self.last += 1
        entry = element("num", numId=str(self.last))
        entry.append(element("abstractNumId", val=str(_ORDERED if ordered else _BULLET)))
        if ordered:
            override = element("lvlOverride", ilvl=str(depth))
            override.append(element("startOverride", val=str(start)))
            entry.append(override)
        self.root.append(entry)
        return str(self.last)


def _shape(key: int, formats: tuple[str, ...]) -> str:
    look = "bullet" if key == _BULLET else "decimal"
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{look}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{_INDENT * (depth + 1)}" w:hanging="{_INDENT}"/></w:pPr></w:lvl>'
        for depth, text in enumerate(formats)
    )
    return f'<w:abstractNum {W} w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


def numbered(paragraph: Any, number: str) -> Any:
    """Begin a paragraph with its number, which our reader knows again by its style; give the paragraph back."""
    if number:
        styles = paragraph.part.document.styles
        if PASSAGE_NUMBER not in styles:
            styles.add_style(PASSAGE_NUMBER, WD_STYLE_TYPE.CHARACTER)
        paragraph.add_run(f"{number} ", style=PASSAGE_NUMBER)
    return paragraph


def into_list(paragraph: Any, key: str, depth: int) -> None:
    """Make a paragraph an item of a list."""
    numbering = element("numPr")
    numbering.append(element("ilvl", val=str(depth)))
    numbering.append(element("numId", val=key))
    paragraph._p.get_or_add_pPr().append(numbering)


def head_row(table: Any, caption: str) -> None:
    """Say that the first row holds the headings, and repeat it on each page; give the table its name."""
    table.rows[0]._tr.get_or_add_trPr().append(element("tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("cantSplit"))
    look = table._tbl.tblPr
    if caption:
        look.append(element("tblCaption", val=caption[:250]))


def link(paragraph: Any, address: str) -> Any:
    """A link in a paragraph, to which runs are added."""
    key = paragraph.part.relate_to(address, RT.HYPERLINK, is_external=True)
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), key)
    paragraph._p.append(made)
    return made


def into_link(run: Any, holder: Any) -> None:
    """Move a run into a link, and make it look like one."""
    run.font.underline = True
    run.font.color.rgb = RGBColor(0x1D, 0x70, 0xB8)
    holder.append(run._r)


def describe(picture: Any, alt: str) -> None:
    """Give a picture its alternative text."""
    properties = picture._inline.docPr
    properties.set("descr", alt)


def language(document: Any, code: str) -> None:
    """Say in which language the whole file is written."""
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), code)
        found.set(qn("w:eastAsia"), code)


def page_number(paragraph: Any) -> None:
    """The number of the page, counted by Word."""
    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()._r
        if kind:
            run.append(element("fldChar", fldCharType=kind))
        else:
            text = element("instrText")
            text.text = code
            run.append(text)
