"""A version as one page of HTML: no script, nothing from elsewhere, pictures and styles within it."""

import base64
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from partnership.documents import numbering
from partnership.documents.guidance_rows import how_met
from partnership.word.writing.blocks import Pictures
from partnership.word.writing.cover import Cover

STYLES = "static/css/standalone.css"


def to_html(content: dict[str, Any], *, cover: Cover, pictures: Pictures, guidance_rows: list[dict[str, Any]]) -> str:
    """The page. The same templates as everywhere else write its body."""
    styles = (settings.BASE_DIR / STYLES).read_text("utf-8")
    view = numbering.view(content, lambda sha256: _within(pictures(sha256)))
    period = content["period"]
    context = {
        "view": view,
        "content": content,
        "cover": cover,
        "period": f"{numbering.day(period['from'])} to {numbering.day(period['to'])}",
        "guidance_rows": guidance_rows,
        "met": how_met(guidance_rows),
        "styles": mark_safe(f"<style>\n{styles}</style>"),  # noqa: S308 (a file of our own)
    }
    return render_to_string("word/standalone.html", context)


def _within(data: bytes) -> str:
    """A picture as part of an address."""
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
