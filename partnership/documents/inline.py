"""Text within a block: emphasis, links and line breaks, from Markdown's tree to clean HTML."""

import html
from collections.abc import Callable

from markdown_it.tree import SyntaxTreeNode

from partnership.documents import tokens
from partnership.documents.cleaning import address_problem, clean_inline, clean_text, fold

Say = Callable[[str], None]
Draw = Callable[[str], str]
BREAKS = {"softbreak": " ", "hardbreak": "<br>"}


def to_html(node: SyntaxTreeNode, say: Say, draw: Draw | None = None) -> str:
    """Clean HTML of an inline node; `say` receives a sentence for each thing that may not stand.

    `draw` gives the markup of a fact for what was typed between its curly brackets; without it, no fact is drawn.
    """
    return clean_inline(_children(node, say, draw)).strip()


def _children(node: SyntaxTreeNode, say: Say, draw: Draw | None = None) -> str:
    return "".join(_piece(child, say, draw) for child in node.children)


def _piece(node: SyntaxTreeNode, say: Say, draw: Draw | None) -> str:
    if node.type in ("em", "strong"):
        return f"<{node.type}>{_children(node, say, draw)}</{node.type}>"
    if node.type == "link":
        return _link(node, say)
    if node.type == "text_special":  # what stands after a backslash, or was typed as an entity
        return tokens.literal(_escaped(node.content))
    if node.type in BREAKS:
        return BREAKS[node.type]
    if node.type == "image":
        say("A picture is put in by a line of its own, for example [[picture 1]], after it has been uploaded.")
        return _escaped(node.content)
    return _children(node, say, draw) if node.children else _text(node.content, draw)


def _link(node: SyntaxTreeNode, say: Say) -> str:
    address, text = fold(str(node.attrs.get("href", ""))), _children(node, say)
    sentence = address_problem(address)
    if not text.strip():
        sentence = "This link has no text. Write in the square brackets where it leads."
    if sentence:
        say(f"{sentence} It now reads “{address[:80]}”." if address else sentence)
        return text
    return f'<a href="{html.escape(address)}">{text}</a>'


def _text(text: str, draw: Draw | None) -> str:
    if draw is None:
        return _escaped(text)
    pieces = tokens.TYPED.split(text)  # what stands between the tokens, and what was typed in each, in turn
    return "".join(draw(piece) if place % 2 else _escaped(piece) for place, piece in enumerate(pieces))


def _escaped(text: str) -> str:
    return html.escape(clean_text(text), quote=False)
