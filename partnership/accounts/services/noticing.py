"""A change of how somebody signs in: it goes on the record, and its person is told."""

from django.db import transaction

from partnership.accounts import letters
from partnership.accounts.models import User
from partnership.audit import services as audit
from partnership.audit.events import Event


@transaction.atomic
def note_change(*, user: User, change: str) -> None:
    """Record that somebody changed how they sign in, and queue the notice to them. `change` is one of letters.CHANGES."""
    words = letters.CHANGES[change]
    audit.record(Event.CREDENTIALS_CHANGED, by=user, target=user, data={"person": user.name, "change": words})
    letters.credentials_changed(user, words)
