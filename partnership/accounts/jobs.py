"""What the clock does with accounts."""

import logging

from django.db import transaction

from partnership import clock
from partnership.accounts import letters, second_factor, selectors
from partnership.accounts.models import PasswordAsk, User

log = logging.getLogger(__name__)


def delete_kept_posts() -> int:
    """Delete what was kept for a day and not sent again. Returns how many."""
    _, found = selectors.kept_posts_over(clock.now()).delete()
    return found.get("accounts.KeptPost", 0)


def answer_password_asks() -> int:
    """Send a link to everybody who asked for a new password and has an account. Returns how many were sent."""
    sent = 0
    for ask in PasswordAsk.objects.all():
        try:
            with transaction.atomic():
                mine, _ = PasswordAsk.objects.filter(pk=ask.pk).delete()
                sent += _send_links(ask.email) if mine else 0
        except Exception:
            # The others are answered all the same; this one is tried again at the next minute.
            log.exception("password_ask_failed ask=%s", ask.pk)
    return sent


def _send_links(email: str) -> int:
    """Nobody gets in by a forgotten password who has not accepted the invitation: that link has an end."""
    users = User.objects.filter(email__iexact=email.strip(), is_active=True)
    able = [user for user in users if user.has_usable_password() or second_factor.kinds_of(user)]
    for user in able:
        letters.new_password(user)
    return len(able)
