"""Challenges when a document is rolled forward: they stay on their document, and its successor lists those still open."""

from partnership.documents.kinds import Carrier, Period
from partnership.documents.models import Version
from scrutiny.models import ChallengeNote


def brings(source: Version, period: Period) -> list[str]:
    """How many challenges are open and will be listed."""
    still_open = ChallengeNote.objects.filter(document=source.document, closed_at=None).count()
    if not still_open:
        return []
    if still_open == 1:
        return ["One challenge is open. It stays on its document, and the new one lists it until it is closed."]
    return [f"{still_open} challenges are open. They stay on their document, and the new one lists them until closed."]


CHALLENGES = Carrier("Open challenges", brings)
