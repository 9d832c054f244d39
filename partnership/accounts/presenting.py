"""What was kept, as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from partnership.accounts import keeping
from partnership.accounts.models import KeptPost


@dataclass(frozen=True)
class Kept:
    """`fields` are sent again as they are; `texts` are those that somebody wrote; `variant` how its button is drawn."""

    post: KeptPost
    fields: list[tuple[str, str]]
    texts: list[str]
    variant: str


def kept(posts: Iterable[KeptPost]) -> list[Kept]:
    """Kept posts with the mark by which each is known when it is sent again. The newest is what its person comes for."""
    return [_kept(post, "secondary" if place else "primary") for place, post in enumerate(posts)]


def _kept(post: KeptPost, variant: str) -> Kept:
    fields = [(str(name), str(value)) for name, value in post.fields]
    texts = [value for _, value in fields if " " in value.strip()]
    return Kept(post, [*fields, (keeping.MARK, str(post.pk))], texts, variant)
