"""From a section's Markdown to the blocks that page, PDF and signature share.

CommonMark with pipe tables; no HTML, no code, no pictures from elsewhere. What may not stand becomes a problem with its
line, never an error, so that a writer's preview always shows what there is.
"""

import html
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from partnership.documents import directives, fonts, identity, inline, tables, tokens
from partnership.documents.cleaning import clean_text
from partnership.documents.directives import Block, Problem, Resolver
from partnership.documents.kinds import Fact

MOST_CHARACTERS = 60_000
DEEPEST_LIST = 3
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table").disable("code")
_markdown.disable("text_join")  # it would make an escaped bracket one text with what stands beside it, and so a token
# Addresses are judged by ourselves, so that a refused one is named instead of left as brackets in the text.
_markdown.validateLink = lambda url: True  # type: ignore[method-assign]


@dataclass(frozen=True)
class Parsed:
    """The blocks of a section and what its writer must mend.

    `marks`: for each block the hash of what was written; `facts`: what its tokens stand for, by name.
    """

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    marks: tuple[str, ...] = ()
    facts: dict[str, Fact] = field(default_factory=dict)


def to_blocks(source: str, resolver: Resolver) -> Parsed:
    """Read a section's Markdown. Never raises for anything that a person can type."""
    if len(source) > MOST_CHARACTERS:
        over = len(source) - MOST_CHARACTERS
        sentence = f"This section must be {MOST_CHARACTERS:,} characters or fewer. Shorten it by {over:,}."
        return Parsed((), (Problem(sentence),))
    reader = _Reader(clean_text(source), resolver)
    reader.read()
    marks = (identity.mark_of(block, reader.drawn.get(place, "")) for place, block in enumerate(reader.blocks))
    return Parsed(tuple(reader.blocks), tuple(reader.problems), tuple(marks), reader.facts)


class _Reader:
    """Walks the tree of one section and gathers blocks and problems."""

    def __init__(self, source: str, resolver: Resolver) -> None:
        self.lines = source.split("\n")
        self.references: dict[str, object] = {}
        self.tree = SyntaxTreeNode(_markdown.parse(source, self.references))
        self.resolver = resolver
        self.blocks: list[Block] = []
        self.drawn: dict[int, str] = {}  # by a block's place: the directive that draws it from records
        self.facts: dict[str, Fact] = {}
        self.unknown: set[str] = set()  # tokens of which a problem was told already
        self.problems: list[Problem] = []
        self.line = 1
        self.caption = ""
        self.tables = 0  # read until now, with those that became no block

    def read(self) -> None:
        for node in self.tree.children:
            self.line = (node.map[0] if node.map else 0) + 1
            if self.caption and node.type != "table":
                self.lost_caption()
            getattr(self, f"read_{node.type}", self.refuse)(node)
        if self.caption:
            self.lost_caption()
        self.note_words()

    def note_words(self) -> None:
        """A fact of the records that was pasted or imported as words would be published with its brackets."""
        for line, text in enumerate(self.lines, 1):
            for written in dict.fromkeys(tokens.as_words(text)):
                if directives.is_known(written, self.resolver):
                    sentence = directives.STANDS_AS_WORDS.format(written=written)
                    self.problems.append(Problem(f"Line {line}: {sentence}", line))

    def say(self, sentence: str) -> None:
        """Note a problem with the block that is being read."""
        self.problems.append(Problem(sentence, self.line, len(self.blocks)))

    def lost(self, sentence: str) -> None:
        """Note a problem with something that became no block."""
        self.problems.append(Problem(sentence, self.line))

    def draw(self, written: str) -> str:
        """The markup of a fact, or its token as it was typed with a problem that says why nothing stands for it."""
        name = tokens.name_of(written)
        read = getattr(self.resolver, "fact", None)  # a text that is no section of a document draws on nothing
        fact, known = (read(name), self.resolver.fact_names()) if read else (None, [])  # type: ignore[attr-defined]
        if fact and fact.value:
            self.facts[name] = fact
            return tokens.drawn(name, fact.value)
        self.unknown.add(name)
        line = self.line_of(written)
        sentence = f"Line {line}: {directives.nothing_for(name, fact, known)}"
        self.problems.append(Problem(sentence, line, len(self.blocks)))
        return html.escape(tokens.typed(name), quote=False)

    def line_of(self, written: str) -> int:
        """The line in which something between curly brackets was typed."""
        lines = enumerate(self.lines[self.line - 1 :], self.line)
        return next((number for number, line in lines if f"{tokens.OPEN}{written}" in line), self.line)

    def add(self, block: Block) -> None:
        shown = _shown(block)
        if tokens.OPEN in tokens.TYPED.sub(lambda found: "" if found[1] in self.unknown else found[0], shown):
            self.say(f"Line {self.line}: {directives.NO_PLACE_FOR_A_FACT}")
        for character in fonts.unknown_in_markup(tokens.settled(shown)):
            self.say(f"The character “{character}” cannot be shown in the published document. Use words instead.")
        self.blocks.append(tokens.settled(block))

    def refuse(self, node: SyntaxTreeNode) -> None:
        self.lost("A line across the page cannot be used here. Use a heading: a line that starts with ##.")

    def lost_caption(self) -> None:
        self.lost(f"The caption “{self.caption[:60]}” has no table after it.")
        self.caption = ""

    def read_heading(self, node: SyntaxTreeNode) -> None:
        text = self.inline(node)
        if not text:
            return self.lost("This heading has no words.")
        # The section's own title is level 2. A level 4 with no level 3 above it would leave a gap, so it becomes 3.
        under = any(block["type"] == "heading" for block in self.blocks)
        return self.add({"type": "heading", "level": 4 if under and node.tag > "h2" else 3, "html": text})

    def read_paragraph(self, node: SyntaxTreeNode) -> None:
        content = node.children[0].content
        lines = content.split("\n")
        if all(directives.is_directive(line) for line in lines):
            return self.read_directives(lines)
        if "[[" in content:
            self.say("What begins with two square brackets must be closed by two, on a line of its own.")
        if tables.looks_like_table(content):
            self.say(
                "This looks like a table, but its first row and its row of dashes have different numbers of cells."
            )
        if self.take_source(content):
            return None
        self.caption = tables.caption_of(lines[-1])
        text = self.inline(node, self.draw) if not self.caption else self.inline_of("\n".join(lines[:-1]))
        return self.add({"type": "paragraph", "html": text}) if text else None

    def take_source(self, content: str) -> bool:
        """Whether this paragraph is the source of the table just before it, and was given to it."""
        source = tables.source_of(content) if "\n" not in content else ""
        last = self.blocks[-1] if self.blocks else {}
        if not source or last.get("type") != "table" or last["source"]:
            return False
        last["source"] = tokens.settled(source)
        return True

    def read_directives(self, lines: list[str]) -> None:
        for self.line, line in enumerate(lines, self.line):  # noqa: B020 (the line number moves with the lines)
            found = directives.resolve(line, self.resolver)
            if isinstance(found, str):
                self.lost(found)
            else:
                self.drawn[len(self.blocks)] = " ".join(line.split()).casefold()
                self.tables += found["type"] == "table"
                self.add(found)

    def read_table(self, node: SyntaxTreeNode) -> None:
        first, end = node.map or (0, 0)
        caption, self.caption = self.caption, ""
        before, self.tables = len(self.problems), self.tables + 1
        table = tables.read(node, self.lines[first:end], caption, self.say, self.draw, number=self.tables)
        if table is None:
            self.problems[before:] = [Problem(problem.message, problem.line) for problem in self.problems[before:]]
        else:
            self.add(table)

    def read_fence(self, node: SyntaxTreeNode) -> None:
        if node.info.strip().casefold() != "chart":
            return self.lost("Code cannot be shown. To draw a chart, start the block with ```chart.")
        chart, problems = directives.read_chart(node.content.rstrip("\n"), self.line + 1)
        self.problems += problems
        return None if problems else self.add(chart)

    def read_bullet_list(self, node: SyntaxTreeNode) -> None:
        self.add(self.read_list(node, 1))

    read_ordered_list = read_bullet_list

    def read_list(self, node: SyntaxTreeNode, depth: int) -> Block:
        if depth > DEEPEST_LIST:
            self.say(f"Lists can be at most {DEEPEST_LIST} deep. Use fewer levels.")
        block: Block = {"type": "list", "ordered": node.type == "ordered_list", "items": []}
        if block["ordered"] and node.attrs.get("start", 1) != 1:
            block["start"] = node.attrs["start"]
        block["items"] = [self.read_item(item, depth) for item in node.children]
        return block

    def read_item(self, node: SyntaxTreeNode, depth: int) -> Block:
        texts, item = [], {"html": "", "items": []}
        for child in node.children:
            if child.type == "paragraph":
                texts.append(self.inline(child, self.draw))
            elif child.type in ("bullet_list", "ordered_list"):
                inner = self.read_list(child, depth + 1)
                item["items"] = [*item["items"], *inner["items"]]
                item["ordered"] = inner["ordered"]
            else:
                self.say("A list can hold text and lists only. Put tables, charts and headings outside it.")
        item["html"] = "<br>".join(texts)
        if not item["html"] and not item["items"]:
            self.say("This list has an item with no words.")
        return item

    def read_blockquote(self, node: SyntaxTreeNode) -> None:
        paragraphs = []
        for child in node.children:
            if child.type == "paragraph":
                paragraphs.append(self.inline(child))
            else:
                self.say("A quotation can hold text only. Put lists, tables and headings outside it.")
        if paragraphs:
            self.add({"type": "quotation", "paragraphs": paragraphs})

    def inline(self, node: SyntaxTreeNode, draw: inline.Draw | None = None) -> str:
        if directives.holds_directive(node.children[0].content) and node.type == "paragraph" and node.level:
            self.say("Put what stands in double square brackets on a line of its own, outside lists and quotations.")
        return inline.to_html(node.children[0], self.say, draw)

    def inline_of(self, text: str) -> str:
        tree = SyntaxTreeNode(_markdown.parseInline(text, self.references))
        return inline.to_html(tree.children[0], self.say, self.draw)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(_shown(part) for key, part in value.items() if key not in ("type", "kind", "figures", "sha256"))
    if isinstance(value, list | tuple):
        return " ".join(_shown(part) for part in value)
    return value if isinstance(value, str) else ""
