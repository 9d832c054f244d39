"""The short text of a companion: our Markdown, without figures and pictures of the document."""

from typing import Any

from partnership.documents import fonts, markdown
from partnership.errors import Incomplete

MOST = 20_000


class Nothing:
    """What a companion's text may draw on."""

    def names(self) -> list[str]:
        """No tables."""
        return []

    def figures(self, name: str) -> dict[str, Any] | None:
        """None of this name."""
        return None

    def picture(self, number: int) -> dict[str, Any] | None:
        """None of this number."""
        return None


def check(text: str) -> None:
    """Raise Incomplete with what is wrong in a text."""
    if len(text) > MOST:
        raise Incomplete(f"Shorten the text to {MOST:,} characters or fewer.")
    if found := markdown.to_blocks(text, Nothing()).problems:
        raise Incomplete(found[0].message)
    if strange := fonts.unknown(text):
        raise Incomplete(f"These characters cannot be shown: {' '.join(strange)}. Use words instead.")


def section(title: str, text: str) -> dict[str, Any]:
    """A text as a section that the body templates show."""
    return {
        "key": "text",
        "title": title,
        "blocks": list(markdown.to_blocks(text, Nothing()).blocks),
        "explanation": "",
    }
