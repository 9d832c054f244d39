"""How many challenges stand on a document, as facts that its text may draw on."""

from datetime import date

from partnership.documents.facts import Facts
from partnership.documents.kinds import Fact
from partnership.documents.models import Document
from scrutiny import selectors

SOURCE = "The record of challenges on this document"


def of_document(document: Document, on: date) -> Facts:
    """Raised, answered, closed and open; counted when the text asks."""

    def fact(title: str, number: int) -> Fact:
        return Fact(f"Challenges {title}", str(number), SOURCE, on)

    challenges = selectors.of_document(document)
    return {
        "challenges raised": lambda: fact("raised", len(challenges)),
        "challenges answered": lambda: fact("answered", sum(1 for row in challenges if row.responses.all())),
        "challenges closed": lambda: fact("closed", sum(1 for row in challenges if row.closed_at)),
        "challenges open": lambda: fact("not closed", sum(1 for row in challenges if not row.closed_at)),
    }
