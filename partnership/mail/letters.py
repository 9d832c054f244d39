"""A letter is three small templates: `mail/<name>.subject.txt`, `.body.txt` and `.body.html`.

The bodies extend `mail/layout.txt` and `mail/layout.html` and fill the block `body`. A letter carries a reference, the
act that is asked for and a link; never the content of a document.
"""

from collections.abc import Mapping

from django.conf import settings
from django.template import Context, loader


def render(template: str, context: Mapping[str, object]) -> tuple[str, str, str]:
    """Subject (on one line), text and HTML of the letter. Only the HTML escapes what the context brings."""
    frame = {
        "service_name": settings.SERVICE_NAME,
        "public_address": settings.PUBLIC_ADDRESS.rstrip("/"),
        "is_practice": settings.PRACTICE,
        **context,
    }
    subject = " ".join(_plain(f"mail/{template}.subject.txt", frame).split())
    text = _plain(f"mail/{template}.body.txt", frame).strip() + "\n"
    html = loader.render_to_string(f"mail/{template}.body.html", {**frame, "subject": subject})
    return subject, text, html


def _plain(name: str, frame: dict[str, object]) -> str:
    # Django escapes by default whatever the file is called; a letter in plain text must not read "O&#x27;Brien".
    rendered: str = loader.get_template(name).template.render(Context(frame, autoescape=False))  # type: ignore[attr-defined]
    return rendered
