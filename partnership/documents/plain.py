"""A text that is no section of a draft, read in the same dialect and shown in the same way.

It draws on nothing: no picture and no figures of the partnership, which not everybody who writes one may see.
"""

from dataclasses import dataclass, replace
from typing import Any

from partnership.documents import markdown, numbering

COUNTED = ("paragraph", "quotation", "list")


class _Nothing:
    """No pictures and no figures."""

    def picture(self, number: int) -> dict[str, Any] | None:
        return None

    def figures(self, name: str) -> dict[str, Any] | None:
        return None

    def names(self) -> list[str]:
        return []


@dataclass(frozen=True)
class Text:
    """A text, ready for `documents/body/plain.html`, and what the templates of its blocks ask of a view."""

    key: str
    items: tuple[numbering.Item, ...]
    medium: str = "page"


def read(body: str) -> markdown.Parsed:
    """The blocks of a text and what its writer must mend."""
    parsed = markdown.to_blocks(body, _Nothing())
    return markdown.Parsed(parsed.blocks, tuple(_reworded(problem) for problem in parsed.problems))


def _reworded(problem: Any) -> Any:
    """Directives are refused here whatever they name; the sentence must not send anybody to upload a picture."""
    if problem.message.startswith(("There are no figures called", "There is no picture", "Name a picture")):
        sentence = (
            "Pictures and the partnership's figures cannot be drawn on here. Write a table, or name them in words."
        )
        return replace(problem, message=sentence)
    return problem


def shown(*texts: tuple[str, str]) -> list[Text]:
    """Texts, each given as key and body, ready to show. Anchors differ within one call, so a page makes one call."""
    sections = [{"key": key, "title": key, "blocks": list(read(body).blocks), "explanation": ""} for key, body in texts]
    return [
        Text(section.key, tuple(replace(item, number=_number(item)) for item in section.items))
        for section in numbering.numbered({"sections": sections})
    ]


def _number(item: numbering.Item) -> str:
    """Tables and figures keep their numbers; paragraphs are numbered in the document alone."""
    return "" if item.type in COUNTED else item.number
