"""The accessibility of a page, as axe-core sees it (vendor/axe.min.js, MPL-2.0, unchanged)."""

from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def violations(page: Any, *, colours: bool = True) -> list[str]:
    """What breaks WCAG 2.2 A or AA, or good practice, on a Playwright page: rule, help, place; empty when nothing does.

    `colours` False: the same page was looked at before, at another width; its colours are the same, and take longest.
    The script is evaluated by the browser's debugger, which the page's content security policy does not bind.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    asked = {"runOnly": TAGS, "resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": colours}}}
    found = page.evaluate("asked => axe.run(document, asked)", asked)
    return [
        f"{rule['id']}: {rule['help']} at {', '.join(' '.join(map(str, node['target'])) for node in rule['nodes'])}"
        for rule in found["violations"]
    ]
