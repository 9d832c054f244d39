"""The accessibility of a page, as axe-core sees it (vendor/axe.min.js, MPL-2.0, unchanged)."""

from pathlib import Path
from typing import Any

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
# What can be otherwise on a narrower screen, where the same elements stand elsewhere.
OF_THE_LAYOUT = [
    "target-size",
    "scrollable-region-focusable",
    "aria-hidden-focus",
    "css-orientation-lock",
    "meta-viewport",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def violations(page: Any, *, colours: bool = True, layout_alone: bool = False) -> list[str]:
    """What breaks WCAG 2.2 A or AA, or good practice, on a Playwright page: rule, help, place; empty when nothing does.

    `colours` False: the same page was looked at before, at another width; its colours are the same, and take longest.
    `layout_alone`: and so is everything in its frame; only what another width can change is asked.
    The script is evaluated by the browser's debugger, which the page's content security policy does not bind.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    asked: dict[str, Any] = {"runOnly": TAGS, "resultTypes": ["violations"]}
    asked["rules"] = {"color-contrast": {"enabled": colours}}
    if layout_alone:
        asked = {"runOnly": {"type": "rule", "values": OF_THE_LAYOUT}, "resultTypes": ["violations"]}
    found = page.evaluate("asked => axe.run(document, asked)", asked)
    return [
        f"{rule['id']}: {rule['help']} at {', '.join(' '.join(map(str, node['target'])) for node in rule['nodes'])}"
        for rule in found["violations"]
    ]
