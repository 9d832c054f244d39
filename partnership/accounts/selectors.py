"""What is kept beside an account, and what is over."""

from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from partnership import clock
from partnership.accounts.models import FactorReset, KeptPost, Operator, User


def kept_posts_of(user: User) -> QuerySet[KeptPost]:
    """What this person sent that could not be taken yet, newest first."""
    return KeptPost.objects.filter(user=user, good_until__gt=clock.now())


def kept_posts_over(now: datetime) -> QuerySet[KeptPost]:
    """What nobody sent again in time."""
    return KeptPost.objects.filter(good_until__lte=now)


def open_factor_resets() -> QuerySet[FactorReset]:
    """Asked for, not confirmed, and not older than a week."""
    since = clock.now() - FactorReset.OPEN_FOR
    return FactorReset.objects.filter(confirmed_at__isnull=True, asked_at__gt=since).select_related("user", "asked_by")


def operators_in_force(on: date) -> QuerySet[Operator]:
    """Who operates the service on a day. A closed account operates nothing."""
    not_over = Q(until__isnull=True) | Q(until__gt=on)
    return Operator.objects.filter(not_over, since__lte=on, person__is_active=True).select_related("person")


def operates(user: User) -> bool:
    """Whether this person operates the service today, at the moment of asking."""
    return operators_in_force(clock.today()).filter(person_id=user.pk).exists()


def operates_now_or_later(user: User) -> bool:
    """Whether a grant of theirs is in force or begins later (settings.WHAT_GIVES_RIGHTS)."""
    not_over = Q(until__isnull=True) | Q(until__gt=clock.today())
    return Operator.objects.filter(not_over, person_id=user.pk).exclude(until=F("since")).exists()
