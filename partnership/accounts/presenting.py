"""What was kept, as its page shows it."""

from dataclasses import dataclass

from partnership.accounts import keeping
from partnership.accounts.models import KeptPost


@dataclass(frozen=True)
class Kept:
    """`fields` are sent again as they are; `texts` are those among them that somebody wrote."""

    post: KeptPost
    fields: list[tuple[str, str]]
    texts: list[str]


def kept(post: KeptPost) -> Kept:
    """A kept post with the mark by which it is known when it is sent again."""
    fields = [(str(name), str(value)) for name, value in post.fields]
    texts = [value for _, value in fields if " " in value.strip()]
    return Kept(post, [*fields, (keeping.MARK, str(post.pk))], texts)
