"""Challenges and answers of the cast, through services."""

from typing import Any

from partnership.documents.models import Document, Version
from scrutiny import services
from scrutiny.models import ChallengeNote, Position, Response
from tests.worlds import World


def challenge(world: World, document: Document, text: str = "Where is the evidence?", **more: Any) -> ChallengeNote:
    """Femi's challenge, unless said otherwise."""
    return services.raise_challenge(document=document, text=text, **{"by": world.femi, **more})


def answer(world: World, challenge: ChallengeNote, text: str = "In section 4.", **more: Any) -> Response:
    """Dev's answer, unless said otherwise."""
    details = {"by": world.dev, "position": Position.ACCEPT, **more}
    return services.answer(challenge=challenge, text=text, **details)


def close(world: World, challenge: ChallengeNote, view: str = "That meets it.", **more: Any) -> ChallengeNote:
    """Closed by Femi, unless said otherwise."""
    return services.close(challenge=challenge, view=view, **{"by": world.femi, **more})


def draft_of(document: Document) -> Version:
    """The first version of a document."""
    return document.versions.get(number=1)
