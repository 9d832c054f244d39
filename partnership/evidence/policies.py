"""What the state of a version allows: evidence is of what was published, and of nothing else."""

from partnership.documents.models import Version
from partnership.errors import WrongState

LONGEST_REASON = 300


def check_was_published(version: Version) -> None:
    """Raise WrongState unless the version was ever public. Whatever became of it since, the evidence of it stays."""
    if version.published_at is None:
        raise WrongState("There is evidence of what was published alone. This version was not.")


def check_reason(version: Version, reason: str) -> None:
    """Raise WrongState where the sealed original would go out without a reason."""
    if version.is_sealed and not reason.strip():
        raise WrongState("Say why you take the evidence of a sealed text. Your reason is put on record.")
