"""What is kept beside an account, and what is over."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from partnership import clock
from partnership.accounts.models import FactorReset, KeptPost, User

KEPT_FOR = timedelta(hours=24)
RESET_OPEN_FOR = timedelta(days=7)


def kept_posts_of(user: User) -> QuerySet[KeptPost]:
    """What this person sent that could not be taken yet, newest first."""
    return KeptPost.objects.filter(user=user, good_until__gt=clock.now())


def kept_posts_over(now: datetime) -> QuerySet[KeptPost]:
    """What nobody sent again in time."""
    return KeptPost.objects.filter(good_until__lte=now)


def open_factor_resets() -> QuerySet[FactorReset]:
    """Asked for, not confirmed, and not older than a week."""
    since = clock.now() - RESET_OPEN_FOR
    return FactorReset.objects.filter(confirmed_at__isnull=True, asked_at__gt=since).select_related("user", "asked_by")
