"""Through a Word file in the order of reading: every paragraph, list, table and picture as a block."""

from partnership.documents.cleaning import fold
from partnership.word.reading import grids, inline, limits
from partnership.word.reading.escaping import escaped_heading
from partnership.word.reading.file import WordFile
from partnership.word.reading.limits import Unreadable
from partnership.word.reading.markdown import DEEPEST_LIST, Block
from partnership.word.reading.runs import Found, Runs
from partnership.word.reading.styles import Look, look_of
from partnership.word.reading.xml import Element, kind_of

LONG_TITLE = f"A title longer than {limits.LONGEST_TITLE} characters was taken as a paragraph"
TITLE = "The title of the file (“{words}”) was not taken as text. The document here has a title of its own"
CONTENTS = "The table of contents was not taken. The service makes one of its own"
EMPTY_HEADING = "A heading without words was not taken"
LONG_HEADING = f"A heading longer than {limits.LONGEST_TITLE} characters was taken as a paragraph"
LONG_PARAGRAPH = (
    f"A paragraph of {{length:,}} characters was not taken (“{{start}}…”). The most is {limits.LONGEST_PARAGRAPH:,}. "
    "Divide it in Word"
)
DEEP_LIST = f"Lists can be {DEEPEST_LIST} deep. An item that stood deeper was taken at the third level"
NOTES = "A footnote or endnote was taken as a paragraph at the end of its part"
NO_NOTE = "The text refers to note {number}, which is not in the file"
EMPTY_NOTE = "Note {number} has no words that could be taken"
NOTE_IN_NOTE = "Note {number} refers to note {other}, which was not taken"


class Walk:
    """Goes through a file once, and gathers its blocks. Notes are put at the end of the part that refers to them."""

    def __init__(self, file: WordFile) -> None:
        self.file, self.runs = file, Runs(file)
        self.blocks: list[Block] = []
        self.owed: list[tuple[int, str]] = []  # notes that the part refers to: their number and their key

    def whole(self) -> list[Block]:
        """Every block of the file."""
        with self.runs.story():
            self.inside(self.file.body)
        self.pay()
        return self.blocks

    def inside(self, element: Element) -> None:
        """Everything in the text, a box or a cell."""
        self.file.deep += 1
        if self.file.deep > limits.DEEPEST:
            raise Unreadable(limits.DEEP)
        for part in self.runs.blocks(element):
            if kind_of(part) == "w:p":
                self.paragraph(part)
            else:
                self.table(part)
        self.file.deep -= 1

    def paragraph(self, paragraph: Element) -> None:
        look = look_of(paragraph, self.file.styles, self.file.lists)
        was_in_contents = self.runs.in_contents
        found = self.runs.read(paragraph)
        if look.kind == "contents" or was_in_contents or self.runs.in_contents:
            if inline.plain(found.pieces) or found.pictures or found.boxes:
                self.file.say(CONTENTS)
            return
        self.take(look, found)
        self.owed += found.notes
        self.blocks += [Block("picture", number=number) for number in found.pictures]
        for box in found.boxes:
            with self.runs.story():
                self.inside(box)

    def take(self, look: Look, found: Found) -> None:
        """A paragraph as a block of its kind."""
        words = inline.plain(found.pieces)
        if look.kind == "heading":
            self.heading(look, words, found)
        elif len(words) > limits.LONGEST_PARAGRAPH:
            self.file.say(LONG_PARAGRAPH.format(length=len(words), start=words[:60]))
        elif look.kind == "title" and not self.file.title:
            self.title(words, found)
        elif look.kind == "caption" and words:
            self.blocks.append(Block("caption", fold(words)))
        elif look.kind == "item" and words:
            self.item(look, self.marked(found))
        elif words:
            self.blocks.append(Block("quotation" if look.kind == "quotation" else "text", self.marked(found)))

    def marked(self, found: Found) -> str:
        """A paragraph in Markdown."""
        text, kept = inline.to_markdown(found.pieces)
        if not kept:
            self.file.say(inline.NOT_KEPT)
        return text

    def title(self, words: str, found: Found) -> None:
        if len(words) > limits.LONGEST_TITLE:
            self.file.say(LONG_TITLE)
            self.take(Look(), found)
        elif words:
            self.file.title = words
            self.file.say(TITLE.format(words=words))

    def heading(self, look: Look, words: str, found: Found) -> None:
        if not words:
            if not found.pictures and not found.boxes:
                self.file.say(EMPTY_HEADING)
        elif len(words) > limits.LONGEST_TITLE:
            self.file.say(LONG_HEADING)
            self.take(Look(), found)
        else:
            self.pay()
            self.file.where = f"under “{words[:80]}”"
            self.blocks.append(Block("heading", words, level=look.level, marked=escaped_heading(words)))

    def item(self, look: Look, text: str) -> None:
        number = self.file.lists.count(look.list_id, look.depth) if look.ordered else 1
        if look.depth >= DEEPEST_LIST:
            self.file.say(DEEP_LIST)
        self.blocks.append(Block("item", text, look.depth, look.ordered, look.list_id, number))

    def table(self, table: Element) -> None:
        grid = grids.read(table, self.runs)
        if grid.boxed is not None:
            return self.inside(grid.boxed)
        if any(cell.text for row in grid.rows for cell in row):
            self.blocks.append(Block("table", rows=grid.rows))
        self.owed += grid.notes
        self.blocks += [Block("picture", number=number) for number in grid.pictures]
        return None

    def pay(self) -> None:
        """The notes of the part that ends here, as paragraphs."""
        owed, self.owed = self.owed, []
        for number, key in owed:
            note = (self.file.footnotes if key[0] == "f" else self.file.endnotes).get(key)
            if note is None:
                self.file.say(NO_NOTE.format(number=number))
            else:
                self.note(number, note)

    def note(self, number: int, note: Element) -> None:
        with self.runs.story():
            found = grids.in_one_line(note, self.runs)
        words = inline.plain(found.pieces)
        for other, _ in found.notes:
            self.file.say(NOTE_IN_NOTE.format(number=number, other=other))
        if len(words) > limits.LONGEST_PARAGRAPH:
            self.file.say(LONG_PARAGRAPH.format(length=len(words), start=words[:60]))
        elif words:
            text, _ = inline.to_markdown([inline.Piece(f"Note {number}: "), *found.pieces])
            self.file.say(NOTES)
            self.blocks.append(Block("text", text))
        elif not found.pictures:
            self.file.say(EMPTY_NOTE.format(number=number))
        self.blocks += [Block("picture", number=drawn) for drawn in found.pictures]
