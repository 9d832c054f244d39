"""Challenges as their page shows them."""

from dataclasses import dataclass

from partnership.documents.models import Document
from scrutiny import selectors
from scrutiny.models import ChallengeNote, Response

# Word and colour of each state; the word carries the meaning.
UNANSWERED, ANSWERED, CLOSED = ("Unanswered", "yellow"), ("Answered", "green"), ("Closed", "grey")


@dataclass(frozen=True)
class Row:
    """One challenge with its answers and its state."""

    challenge: ChallengeNote
    answers: list[Response]
    section: str

    @property
    def state(self) -> tuple[str, str]:
        if self.challenge.closed_at:
            return CLOSED
        return ANSWERED if self.answers else UNANSWERED

    @property
    def is_open(self) -> bool:
        return not self.challenge.closed_at


def row(challenge: ChallengeNote, titles: dict[str, str]) -> Row:
    """A challenge that was read with its answers."""
    section = titles.get(challenge.section_key, "") if challenge.section_key else ""
    return Row(challenge, list(challenge.responses.all()), section)


def rows(document: Document) -> list[Row]:
    """Every challenge on a document, in the order in which they were raised."""
    titles = selectors.section_titles(document)
    return [row(challenge, titles) for challenge in selectors.of_document(document)]


def counted(rows: list[Row], state: tuple[str, str]) -> int:
    """How many challenges stand in a state."""
    return sum(1 for row in rows if row.state == state)
