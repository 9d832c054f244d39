"""The link in an invitation: signed, for seven days, good once.

It carries the account, its end, and a digest of the account's (unusable) password. Setting or replacing that password
makes every earlier link worthless, so nothing has to be stored.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from partnership import clock
from partnership.accounts import purpose
from partnership.accounts.models import User
from partnership.errors import WrongState

SALT = "partnership.accounts.invitation"
GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Invitation:
    """A link for one person, and the moment it ends."""

    link: str
    until: datetime
    stamp: str


def make(user: User) -> Invitation:
    """The link that lets this person set a first password."""
    until = clock.now() + GOOD_FOR
    token = signing.dumps({"user": user.pk, "until": until.timestamp(), "stamp": stamp(user)}, salt=SALT)
    address = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("accounts:accept", args=[token])
    return Invitation(address, until, stamp(user))


def holder(token: str) -> User | None:
    """The person a token invites now; None for one that is forged, over, used or replaced.

    Nor does it invite somebody who never came and holds nothing any more for which they were invited.
    """
    try:
        said = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    if said["until"] < clock.now().timestamp():
        return None
    user = User.objects.filter(pk=said["user"], is_active=True).first()
    if user is None or not constant_time_compare(said["stamp"], stamp(user)):
        return None
    has_come_before = user.last_signed_in_at is not None  # then it is the link of a factor that was lost
    return user if has_come_before or purpose.is_left(user) else None


def claim(token: str) -> User:
    """The person a token invites, locked until the transaction ends, so that it serves once.

    Raises WrongState for a token that is over, used or replaced.
    """
    found = holder(token)
    if found is not None:
        User.objects.select_for_update().get(pk=found.pk)
        found = holder(token)  # again, now that nobody else can use it
    if found is None:
        raise WrongState("This invitation has been used or is over.")
    return found


def stamp(user: User) -> str:
    """Changes whenever the password does."""
    return salted_hmac(SALT, user.password).hexdigest()[:32]
