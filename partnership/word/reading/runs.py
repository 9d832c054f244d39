"""A paragraph of Word as pieces of text, and whatever hangs on it: pictures, boxes, notes, fields, changes."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from partnership.documents.cleaning import address_problem, clean_text
from partnership.word.marks import PASSAGE_NUMBER
from partnership.word.reading import drawings, limits, xml
from partnership.word.reading.file import WordFile
from partnership.word.reading.inline import Piece
from partnership.word.reading.xml import Element, kind_of

INSIDE = {"w:smartTag", "w:customXml", "w:sdt", "w:sdtContent", "w:moveTo", "w:ins", "w:dir", "w:bdo", "mc:Choice"}
CHANGED = {"w:ins": "inserted", "w:moveTo": "moved here", "w:del": "deleted", "w:moveFrom": "moved away"}
BREAKS = {"w:tab": " ", "w:cr": "\n", "w:noBreakHyphen": "-", "w:softHyphen": "", "w:ptab": " "}
MATHS = {"m:oMath", "m:oMathPara"}
OBJECTS = {"w:drawing", "w:pict", "w:object", "mc:AlternateContent"}
# What says nothing to a reader.
SILENT = {
    "w:pPr", "w:rPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:lastRenderedPageBreak", "w:permStart",
    "w:permEnd", "w:commentRangeStart", "w:commentRangeEnd", "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:sdtPr",
    "w:moveToRangeStart", "w:moveToRangeEnd", "w:footnoteRef", "w:endnoteRef", "w:annotationRef", "w:separator",
    "w:continuationSeparator", "w:pgNum", "w:smartTagPr", "w:customXmlPr", "w:sdtEndPr", "w:fldData", "",
}  # fmt: skip
_NUMBER_ALONE = re.compile(r"[\d.\s]*")
_NUMBER_FIRST = re.compile(r"^\d+\.\d+\s+")  # words that somebody typed right behind it in its own style
_IN_BRACKETS = re.compile(r"\{\{[^{}\n]{1,160}\}\}|\[\[[^\[\]\n]{1,160}\]\]")
_HYPERLINK = re.compile(r'\s*HYPERLINK\s+"([^"]*)"', re.IGNORECASE)

INSERTED = "Text that was inserted as a tracked change was taken, as if it were accepted"
DELETED = "Text that was deleted as a tracked change was not taken, as if that were accepted"
COMMENT = "A comment was not taken"
OTHER_FILE = "A part of another kind, put in from elsewhere, was not taken"
HIDDEN = "Hidden text was not taken"
STRUCK = "Words that are struck through were taken as ordinary words"
RAISED = "Raised or lowered characters were taken as ordinary ones"
HIGHLIGHTED = "Highlighting was not taken"
WORDS = "What stands in double brackets was taken as words, and draws nothing from the records (“{written}”)"
NUMBERS = "Numbers that the service itself had written before headings and paragraphs were not taken. It counts anew"
INVISIBLE = "An invisible character, such as a mark that turns the direction of text, was removed"
SYMBOL = "A character of a symbol font was not taken"
UNCLOSED = "A field of Word, such as a table of contents, has no end. What follows it was taken as ordinary text"

NOTED = {"w:commentReference": COMMENT, "w:sym": SYMBOL}


@dataclass
class Field:
    """A field that is open: the element where it begins, its code, and whether its result is reached."""

    begin: Element
    code: str = ""
    has_result: bool = False


@dataclass
class Found:
    """What a paragraph holds: its pieces; numbers of pictures; elements of boxes; numbers and keys of notes."""

    pieces: list[Piece] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


class Runs:
    """Reads paragraphs one after another. A field of Word may begin in one and end in another, so they are one walk."""

    def __init__(self, file: WordFile) -> None:
        self.file = file
        self.fields: list[Field] = []
        self.unclosed: list[tuple[Element, str]] = []  # where each field begins that has no end, and the place in words
        self.notes = self.paragraphs = 0
        self.found = Found()
        self.style = ""  # of the paragraph that is read

    def read(self, paragraph: Element) -> Found:
        """The pieces of a paragraph."""
        self.paragraphs += 1
        if self.paragraphs > limits.MOST_PARAGRAPHS:
            raise limits.Unreadable(limits.TOO_LONG)
        outer, self.found = (self.found, self.style), Found()
        self.style = xml.value(paragraph, "w:pPr/w:pStyle") or self.file.styles.usual
        self.inside(paragraph, "")
        found = self.found
        self.found, self.style = outer
        words = "".join(piece.text for piece in found.pieces)
        for written in () if self.in_contents else _IN_BRACKETS.findall(words):
            self.file.say(WORDS.format(written=written[:80]))
        return found

    @property
    def in_contents(self) -> bool:
        """Whether a table of contents is being read."""
        return any(field.code.strip().upper().startswith("TOC") for field in self.fields)

    @contextmanager
    def story(self) -> Iterator[None]:
        """A text of its own, such as a note or a box: no field reaches out of it."""
        outer, self.fields = self.fields, []
        yield
        self.unclosed += [(field.begin, self.file.where) for field in self.fields]
        self.fields = outer

    def inside(self, element: Element, href: str) -> None:
        """Everything in a paragraph or in what holds part of one."""
        for part in element:
            kind = kind_of(part)
            if kind in CHANGED:
                self.file.say(INSERTED if kind in INSIDE else DELETED)
            if kind == "w:r":
                self.run(part, href)
            elif kind in INSIDE:
                self.inside(part, href)
            else:
                self.other(part, kind, href)

    def other(self, part: Element, kind: str, href: str) -> None:
        """Links, equations, and what is not known."""
        if kind == "w:hyperlink":
            self.inside(part, self.link(self.file.address(part.get(xml.full("r:id"), ""))))
        elif kind == "w:fldSimple":
            self.inside(part, href or self.link(_led_to(part.get(xml.full("w:instr"), ""))))
        elif kind in MATHS:
            self.equation(part)
        elif kind not in SILENT | set(CHANGED):
            self.unknown(part, kind)

    def equation(self, element: Element) -> None:
        self.file.say(f"An equation was not taken (“{xml.words_in(element, 'm:t')[:80]}”)")

    def unknown(self, element: Element, kind: str) -> None:
        words = xml.words_in(element) or xml.words_in(element, "m:t")
        shown = f"“{words[:80]}”" if words else "a picture"
        if words or xml.has(element, "a:blip") or xml.has(element, "v:imagedata"):
            self.file.say(f"Something that is not known here ({kind}) was not taken ({shown})")

    def blocks(self, holder: Element) -> Iterator[Element]:
        """The paragraphs and tables of the text, a cell, a box or a note. What else stands there is said."""
        for part in holder:
            kind = kind_of(part)
            if kind in ("w:p", "w:tbl"):
                yield part
            elif self.enters(part, kind):
                yield from self.blocks(part)

    def enters(self, part: Element, kind: str) -> bool:
        """Whether what stands among paragraphs, rows or cells may hold some that are read; what it loses is said."""
        if kind in CHANGED:
            self.file.say(INSERTED if kind in INSIDE else DELETED)
        elif kind in MATHS:
            self.equation(part)
        elif kind == "w:altChunk":
            self.file.say(OTHER_FILE)
        elif kind not in INSIDE | SILENT:
            self.unknown(part, kind)
        return kind in INSIDE

    def link(self, address: str) -> str:
        """An address that may stand; otherwise nothing, and it is said."""
        if not address:
            return ""
        sentence = address_problem(address)
        if not sentence:
            return address
        is_local = re.match(r"file:|\\\\|[a-z]:[\\/]|\.{0,2}/", address, re.IGNORECASE) or ":" not in address
        why = "It leads to a file of one computer" if is_local else sentence.rstrip(".")
        self.file.say(f"A link was taken as words alone. {why} (“{clean_text(address)[:80]}”)")
        return ""

    def run(self, run: Element, href: str) -> None:
        looks = xml.child(run, "w:rPr")
        if self.is_hidden(looks):
            if xml.words_in(run):
                self.file.say(HIDDEN)
            return
        bold, italic = self.emphasis(looks)
        self.note_looks(looks, run)
        is_number = self.is_number(looks)
        for part in run:
            kind = kind_of(part)
            text = self.text(part, kind)
            if text is not None:
                text = self.without_number(text) if is_number else text
                self.add(text, bold, italic, href)
            else:
                self.hangs(part, kind)

    def is_hidden(self, looks: Element | None) -> bool:
        """Whether Word would not show it: by itself, by the style of its characters, or by that of its paragraph."""
        own = xml.is_on(looks, "w:vanish") if looks is not None else None
        if own is not None:
            return own
        style = xml.value(looks, "w:rStyle") if looks is not None else ""
        return any(key and self.file.styles.is_on(key, "w:vanish") for key in (style, self.style))

    def is_number(self, looks: Element | None) -> bool:
        """Whether it is a number that our own download wrote: it is counted anew, and would stand there twice."""
        style = xml.value(looks, "w:rStyle") if looks is not None else ""
        return bool(style) and PASSAGE_NUMBER.lower() in self.file.styles.names(style)

    def without_number(self, text: str) -> str:
        self.file.ledger.note(NUMBERS)
        return "" if _NUMBER_ALONE.fullmatch(text) else _NUMBER_FIRST.sub("", text)

    def add(self, text: str, bold: bool, italic: bool, href: str) -> None:
        if self.fields and not self.fields[-1].has_result:
            if text.strip():
                self.file.say(
                    f"Words in the code of a field of Word were not taken (“{self.clean(text).strip()[:80]}”)"
                )
            return
        led = next((_led_to(field.code) for field in reversed(self.fields) if _led_to(field.code)), "")
        href = href or (self.link(led) if led else "")
        self.found.pieces.append(Piece(self.clean(text), bold, italic, href))

    def clean(self, text: str) -> str:
        """Text without what cannot be seen; how much of that there was is counted."""
        cleaned = clean_text(self.file.read_text(text))
        if (removed := len(unicodedata.normalize("NFC", text)) - len(cleaned)) > 0:
            self.file.say(INVISIBLE, removed)
        return cleaned

    def emphasis(self, looks: Element | None) -> tuple[bool, bool]:
        style = xml.value(looks, "w:rStyle") if looks is not None else ""
        said = [xml.is_on(looks, name) for name in ("w:b", "w:i")]
        by_style = [bool(style) and self.file.styles.is_on(style, name) for name in ("w:b", "w:i")]
        bold, italic = (by if own is None else own for own, by in zip(said, by_style, strict=True))
        return bold, italic

    def note_looks(self, looks: Element | None, run: Element) -> None:
        if looks is None or not xml.words_in(run):
            return
        if xml.is_on(looks, "w:strike") or xml.is_on(looks, "w:dstrike"):
            self.file.say(STRUCK)
        if xml.value(looks, "w:vertAlign") in ("superscript", "subscript"):
            self.file.say(RAISED)
        if xml.value(looks, "w:highlight") not in ("", "none"):
            self.file.say(HIGHLIGHTED)

    def text(self, part: Element, kind: str) -> str | None:
        """The words of a part of a run; None for what is not words."""
        if kind == "w:t":
            return part.text or ""
        if kind == "w:br":
            return "" if part.get(xml.full("w:type")) in ("page", "column") else "\n"
        return BREAKS.get(kind)

    def hangs(self, part: Element, kind: str) -> None:
        """Whatever else stands in a run."""
        if kind in OBJECTS:
            drawings.read(part, self.file, self.found.pictures, self.found.boxes)
        elif kind in ("w:fldChar", "w:instrText"):
            self.turn(part, part.get(xml.full("w:fldCharType"), ""))
        elif kind in ("w:footnoteReference", "w:endnoteReference"):
            self.refer(part, "f" if kind == "w:footnoteReference" else "e")
        elif kind in NOTED:
            self.file.say(NOTED[kind])
        elif kind not in SILENT | {"w:delText", "w:delInstrText"}:
            self.unknown(part, kind)

    def turn(self, part: Element, way: str) -> None:
        """The beginning, the middle or the end of a field, or some of its code."""
        if way == "begin":
            self.fields.append(Field(part))
        elif way == "end" and self.fields:
            self.fields.pop()
        elif self.fields:
            self.fields[-1].code += part.text or ""
            self.fields[-1].has_result |= way == "separate"

    def refer(self, part: Element, mark: str) -> None:
        self.notes += 1
        self.found.notes.append((self.notes, mark + part.get(xml.full("w:id"), "")))
        self.found.pieces.append(Piece(f" (note {self.notes})"))


def _led_to(code: str) -> str:
    found = _HYPERLINK.match(code)
    return found[1] if found else ""
