"""Inviting people, and accepting an invitation with a password or a passkey."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import IntegrityError, transaction

from partnership.accounts import invitations, letters, policies
from partnership.accounts.models import User
from partnership.accounts.services.noticing import note_change
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import Conflict


@transaction.atomic
def invite(*, email: str, name: str, by: User | None, area_slug: str = "") -> User:
    """Make an account without a password and send its holder the link to choose how to sign in. `by` None: an operator.

    Raises Conflict when the address has an account. Whether `by` may invite is for the caller: it depends on an area.
    """
    try:
        with transaction.atomic():
            user = User.objects.create_user(email=email.strip(), name=name.strip())
    except IntegrityError as error:
        raise Conflict("There is already an account for this email address. Appoint that person.") from error
    audit.record(Event.PERSON_INVITED, by=by, area_slug=area_slug, target=user, data={"person": user.name})
    _send(user, by)
    return user


@transaction.atomic
def resend(*, user: User, by: User, area_slug: str = "") -> User:
    """Send a new link; the earlier one stops working. Raises WrongState once the invitation is accepted."""
    user = User.objects.select_for_update().get(pk=user.pk)
    policies.check_can_be_invited_again(user)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    audit.record(Event.PERSON_INVITED, by=by, area_slug=area_slug, target=user, data={"person": user.name})
    _send(user, by)
    return user


@transaction.atomic
def accept(*, token: str, password: str) -> User:
    """Set the first password. Raises WrongState for a link that is over, used or replaced."""
    user = invitations.claim(token)
    user.set_password(password)
    user.save(update_fields=["password"])
    note_change(user=user, change="account/email/password_set")
    return user


@transaction.atomic
def accept_with_passkey(*, token: str, name: str, credential: dict[str, Any]) -> Authenticator:
    """Store the first passkey, already checked by its form; there is no password. Raises WrongState as `accept` does."""
    user = invitations.claim(token)
    user.set_unusable_password()  # another unusable one, so that the link is used
    user.save(update_fields=["password"])
    note_change(user=user, change="mfa/email/webauthn_added")
    return WebAuthn.add(user, name, credential).instance


def _send(user: User, by: User | None) -> None:
    made = invitations.make(user)
    letter = letters.InvitationLetter(
        name=user.name, inviter=by.name if by else letters.OPERATOR, link=made.link, until=made.until
    )
    letters.invitation(letter, to=user.email, dedupe_key=f"accounts.invitation:{user.pk}:{made.stamp}")
