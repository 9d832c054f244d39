"""What a page says, and what its form would send, read from an answer."""

import re
from typing import Any


def words(response: Any) -> str:
    """What the page says, without mark-up and with single spaces."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text).replace("&#x27;", "'")


def hidden(response: Any) -> dict[str, str]:
    """The hidden fields that say what was seen, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="(seen_\w+)"(?: value="([^"]*)")?', response.content.decode())
    return dict(found)
