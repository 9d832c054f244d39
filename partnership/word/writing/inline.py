"""The inline HTML of our blocks (emphasis, links, breaks) as runs of a paragraph."""

from html.parser import HTMLParser
from typing import Any

from partnership.documents.cleaning import clean_inline
from partnership.word.writing import shapes


class _Runs(HTMLParser):
    """Adds what it reads to one paragraph."""

    def __init__(self, paragraph: Any) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraph = paragraph
        self.bold = self.italic = 0
        self.link: Any = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.paragraph.add_run().add_break()
        elif tag == "a" and dict(attrs).get("href"):
            self.link = shapes.link(self.paragraph, str(dict(attrs)["href"]))
        self.bold += tag == "strong"
        self.italic += tag == "em"

    def handle_endtag(self, tag: str) -> None:
        self.bold -= tag == "strong"
        self.italic -= tag == "em"
        self.link = None if tag == "a" else self.link

    def handle_data(self, data: str) -> None:
        run = self.paragraph.add_run(data)
        run.bold, run.italic = bool(self.bold) or None, bool(self.italic) or None
        if self.link is not None:
            shapes.into_link(run, self.link)


def add(paragraph: Any, markup: str) -> Any:
    """Add inline HTML to a paragraph, and give the paragraph back."""
    reader = _Runs(paragraph)
    reader.feed(clean_inline(markup))
    reader.close()
    return paragraph
