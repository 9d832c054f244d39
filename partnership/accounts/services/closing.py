"""Closing an account and opening it again; giving it another address. Each ends every session of its person at once."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from partnership.accounts import letters, policies, sessions
from partnership.accounts.models import KeptPost, User
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import Conflict, NotAllowed


@transaction.atomic
def deactivate(*, user: User, by: User, area_slug: str, reason: str) -> User:
    """Close an account: every session ends, and nobody signs in to it. Offices are ended elsewhere, by their dates.

    Raises NotAllowed for one's own account, WrongState for one that is closed.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    policies.check_can_deactivate(user, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    sessions.end_all(user)
    KeptPost.objects.filter(user=user).delete()
    told = {"person": user.name, "reason": reason}
    audit.record(Event.PERSON_DEACTIVATED, by=by, area_slug=area_slug, target=user, data=told)
    letters.account_closed(user, is_open=False, by=by)
    return user


@transaction.atomic
def reactivate(*, user: User, by: User, area_slug: str, reason: str) -> User:
    """Open a closed account again, with the password and the factors that it had. Raises WrongState for an open one."""
    user = User.objects.select_for_update().get(pk=user.pk)
    policies.check_can_reactivate(user)
    user.is_active = True
    user.save(update_fields=["is_active"])
    told = {"person": user.name, "reason": reason}
    audit.record(Event.PERSON_REACTIVATED, by=by, area_slug=area_slug, target=user, data=told)
    letters.account_closed(user, is_open=True, by=by)
    return user


@transaction.atomic
def change_address(*, user: User, email: str, by: User | None, area_slug: str) -> User:
    """Give an account another address; the old and the new one are both told, and every session ends. `by` None: an operator.

    Raises Conflict when the address belongs to another account. The same address again changes nothing.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    old, new = user.email, User.objects.normalize_email(email.strip()).lower()
    if new == old:
        return user
    user.email = new
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError as error:
        raise Conflict("There is already an account for this email address.") from error
    EmailAddress.objects.filter(user=user).delete()  # allauth's own list, by which the old one could still sign in
    sessions.end_all(user)
    audit.record(Event.ADDRESS_CHANGED, by=by, area_slug=area_slug, target=user, data={"person": user.name})
    for address in (old, new):
        letters.address_changed(user, to=address, new=new, by=by)
    return user


@transaction.atomic
def discard(*, post: KeptPost, by: User) -> None:
    """Delete what was kept of somebody, by themselves. Raises NotAllowed for anybody else."""
    if post.user_id != by.pk:
        raise NotAllowed("Only whoever sent this may discard it.")
    post.delete()
