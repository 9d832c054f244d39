"""Tokens: the places of a text where a fact of the records stands, as they are typed, drawn and compared.

Typed: `{{lsp police}}`. Drawn, and frozen: `<data value="lsp police">Robin Example</data>`, so that page, PDF and JSON
carry the same words and still say which of them came from the records. A bracket after a backslash is a bracket alone:
`\\{{lsp police}}` reads as it is typed.
"""

import html
import re
from collections.abc import Callable
from typing import Any

from partnership.documents.cleaning import fold

OPEN = "{{"
# A bracket that opens nothing, on the way from what was typed to a block: another one that looks the same.
BRACKET = "\uff5b"
NOT_IN_AN_EXPLANATION = "an explanation cannot draw on the records. Take out the two curly brackets."
TYPED = re.compile(r"\{\{([^{}\n]{1,160})\}\}")
# The same, and [[a table]], with a backslash before one of the brackets or both: words that only look like it.
_AS_WORDS = re.compile(
    r"(?<!\\)(?:\\\{\\?\{|\{\\\{)([^{}\n]{1,160}?)\\?\}\\?\}|(?<!\\)(?:\\\[\\?\[|\[\\\[)([^\[\]\n]{1,160}?)\\?\]\\?\]"
)
_DRAWN = re.compile(r'<data value="([^"<>]*)">(.*?)</data>')


def literal(text: str) -> str:
    """Text in which brackets open nothing, for the way to a block."""
    return text.replace("{", BRACKET)


def settled(value: Any) -> Any:
    """A block, with the brackets that open nothing as they read."""
    return _through(value, lambda text: text.replace(BRACKET, "{"))


def name_of(written: str) -> str:
    """The name of a fact from what was typed between the curly brackets."""
    return fold(written).casefold()


def typed(name: str) -> str:
    """A fact as it is typed."""
    return f"{OPEN}{name}}}}}"


def as_words(line: str) -> list[str]:
    """What in a line looks like a fact or a table of the records, but is words, as it reads."""
    found = []
    for match in _AS_WORDS.finditer(line):
        is_fact, name = match[1] is not None, (match[1] or match[2]).replace("\\", "")
        found.append(typed(name) if is_fact else f"[[{name}]]")
    return found


def drawn(name: str, value: str) -> str:
    """A fact as it stands in the markup of a block."""
    return f'<data value="{html.escape(name)}">{html.escape(value, quote=False)}</data>'


def linked(markup: str, style: str) -> str:
    """Markup in which each fact leads to its row among the facts drawn from the records."""
    return _DRAWN.sub(lambda found: f'<a class="{style}" href="#{anchor(found[1])}">{found[2]}</a>', markup)


def anchor(name: str) -> str:
    """Where the row of a fact is found on a page and in a PDF."""
    return "fact-" + re.sub(r"[^a-z0-9]+", "-", name)


def as_written(value: Any) -> Any:
    """A block, or any part of a frozen document, with each fact as it was typed, whatever the records said."""
    return _through(value, lambda text: _DRAWN.sub(lambda found: typed(html.unescape(found[1])), text))


def names_in(value: Any) -> list[str]:
    """The names of the facts in a block, each once, in the order in which they stand."""
    found: dict[str, None] = {}

    def note(text: str) -> str:
        found.update((html.unescape(match[1]), None) for match in _DRAWN.finditer(text))
        return text

    _through(value, note)
    return list(found)


def _through(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _through(part, change) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_through(part, change) for part in value]
    return value
