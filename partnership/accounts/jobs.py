"""What the clock does with accounts."""

from partnership import clock
from partnership.accounts import selectors


def delete_kept_posts() -> int:
    """Delete what was kept for a day and not sent again. Returns how many."""
    _, found = selectors.kept_posts_over(clock.now()).delete()
    return found.get("accounts.KeptPost", 0)
