"""What the page about the evidence of a publication shows."""

from typing import Any

from partnership.documents.kinds import address_of
from partnership.documents.models import Version
from partnership.evidence import facts, selectors

NEWEST = 10
HOLDS = (
    "the published PDF, the text as it was signed, and the same as a page",
    "who signed, for whom, when and how, and who did not",
    "how it meets the guidance, requirement by requirement",
    "pictures, and the children’s and Easy Read versions published beside it",
    "each message to a national body with its attachment, every attempt and answer, and acknowledgements",
    "corrections, reviews and withdrawal, and where it was presented",
    "the public page as it was fetched, with the time and its fingerprint",
    "a list with the fingerprint of each file, and how to check it all by hand",
)


def shown(version: Version) -> dict[str, Any]:
    """What it holds, how it stands with the public page, and when it was taken before."""
    document = version.document
    fetched = list(selectors.fetches(version))
    others = document.versions.filter(published_at__isnull=False).exclude(pk=version.pk)
    return {
        "area": document.area,
        "document": document,
        "address": address_of(document),
        "version": version,
        "holds": HOLDS,
        "page": facts.in_words(version, fetched),
        "fetched": fetched,
        "taken": selectors.taken(version)[:NEWEST],
        "others": others.only("number", "document_id").order_by("number"),
    }
