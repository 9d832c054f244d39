"""What a mailbox gives: messages after a mark, each with the mark that stands behind it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Arrived:
    """One message, at most as long as was asked for. `raw` None: there is one that is not for this service."""

    mark: str
    raw: bytes | None
    is_cut: bool = False


# read(mark, most): the messages behind a mark, of each at most so many bytes. An empty mark is the beginning.
Reader = Callable[[str, int], Iterator[Arrived]]


def cut(mark: str, raw: bytes, most: int) -> Arrived:
    """A message of which up to one byte more than `most` was read."""
    return Arrived(mark, raw[:most], is_cut=len(raw) > most)
