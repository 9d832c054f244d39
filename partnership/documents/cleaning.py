"""What may stand in text at all: characters, inline HTML and web addresses.

Text is cleaned when it is written and again before it is shown, so that a row changed by other means cannot harm.
"""

import re
import unicodedata
from urllib.parse import urlsplit

import nh3

from partnership.web.characters import TURNING, UNSEEN, UNSHOWN

INLINE_TAGS = {"em", "strong", "a", "br", "data"}
SCHEMES = {"https", "mailto"}
_SAME_LOOK = str.maketrans({"\u2010": "-", "\u2011": "-", "\u02bc": "\u2019", "\u25cf": "\u2022", "\u202f": " "})
_FACT = re.compile(r"[a-z0-9][a-z0-9 _-]*")
_MAIL = re.compile(r"[^@\s/?#]+@[^@\s/?#]+\.[^@\s/?#]+")


def clean_text(text: str) -> str:
    """Plain text in NFC without control characters, direction marks and lone surrogates; line ends become \\n."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_SAME_LOOK)
    text = "".join(" " if c == "\t" else c for c in text if c in "\n\t" or _may_stand(c))
    return unicodedata.normalize("NFC", text)


def _may_stand(character: str) -> bool:
    """What is signed must be what the eye reads. Our typeface has no script that needs a joiner."""
    return character not in TURNING and character not in UNSEEN and unicodedata.category(character) not in UNSHOWN


def fold(text: str) -> str:
    """Clean text with each run of white space as one space, none at the ends."""
    return " ".join(clean_text(text).split())


def clean_inline(markup: str) -> str:
    """Inline HTML with the allowed tags alone; running it twice gives the same. Unsafe links lose their address."""
    return nh3.clean(
        fold(markup),
        tags=INLINE_TAGS,
        attributes={"a": {"href"}, "data": {"value"}},  # data: a fact drawn from the records, see tokens
        url_schemes=SCHEMES,
        attribute_filter=_keep_attribute,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if tag == "data":
        return value if _FACT.fullmatch(value) else None
    return None if name == "href" and address_problem(value) else value


def address_problem(address: str) -> str:
    """Why a link to this address is refused, as a sentence; empty if it may stand."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return "This link is not a web address. Copy it again from the browser."
    if parts.scheme == "mailto":
        return "" if _MAIL.fullmatch(parts.path) and not parts.query else "This link is not an email address."
    if parts.scheme == "http":
        return "This link starts with http. Use the address that starts with https."
    if parts.scheme != "https":
        return "This link must be a full address that starts with https:// or mailto:."
    if not host or "." not in host or "@" in parts.netloc or "\\" in address:
        return "This link is not a full web address. Copy it again from the browser."
    return ""
