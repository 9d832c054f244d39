"""Text within a block: emphasis, links and line breaks, from Markdown's tree to clean HTML."""

import html
from collections.abc import Callable

from markdown_it.tree import SyntaxTreeNode

from partnership.documents.cleaning import address_problem, clean_inline, clean_text, fold

Say = Callable[[str], None]


def to_html(node: SyntaxTreeNode, say: Say) -> str:
    """Clean HTML of an inline node; `say` receives a sentence for each thing that may not stand."""
    return clean_inline(_children(node, say)).strip()


def _children(node: SyntaxTreeNode, say: Say) -> str:
    return "".join(_piece(child, say) for child in node.children)


def _piece(node: SyntaxTreeNode, say: Say) -> str:
    if node.type in ("em", "strong"):
        return f"<{node.type}>{_children(node, say)}</{node.type}>"
    if node.type == "link":
        return _link(node, say)
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "<br>"
    if node.type == "image":
        say("A picture is put in by a line of its own, for example [[picture 1]], after it has been uploaded.")
        return _escaped(node.content)
    return _children(node, say) if node.children else _escaped(node.content)


def _link(node: SyntaxTreeNode, say: Say) -> str:
    address, text = fold(str(node.attrs.get("href", ""))), _children(node, say)
    sentence = address_problem(address)
    if not text.strip():
        sentence = "This link has no text. Write in the square brackets where it leads."
    if sentence:
        say(f"{sentence} It now reads “{address[:80]}”." if address else sentence)
        return text
    return f'<a href="{html.escape(address)}">{text}</a>'


def _escaped(text: str) -> str:
    return html.escape(clean_text(text), quote=False)
