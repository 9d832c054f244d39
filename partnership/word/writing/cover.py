"""What stands before the text and on each page of a download: which version it is, and whether it counts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cover:
    """`status`: how it stands, in a sentence; `notice`: what a reader may do with it; `made_on`: a day in words, or
    empty where the file must be the same on every day.
    """

    status: str
    notice: str
    version: str
    made_on: str
    is_draft: bool
    signatures: tuple[dict[str, str], ...] = ()
