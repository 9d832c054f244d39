"""Who of those who record an area's appointments may do what to whose account, whatever state it is in.

An account belongs to no area: a chief constable has one for thirty. So what would shut somebody out everywhere, or let
somebody else in, is left to whoever may record appointments in each area where the person serves.
"""

from partnership.accounts import policies
from partnership.accounts.models import FactorReset, User
from partnership.areas import access
from partnership.areas.models import Area
from partnership.areas.roles import Permission
from partnership.errors import NotAllowed


def check_may_change_address(person: User, by: User) -> None:
    """Not of one's own account, and not from one area alone: links to sign in anew go to this address."""
    if person.pk == by.pk:
        raise NotAllowed("Nobody changes their own address. Ask somebody else who may record appointments.")
    if _serves_where_by_does_not(person, by):
        raise NotAllowed(
            f"{person.name} also holds an office elsewhere, so nobody here changes the address by which they sign in. "
            "Ask whoever runs this service to change it."
        )


def check_may_close(person: User, by: User) -> None:
    """Not one's own account, and not from one area alone."""
    policies.check_may_deactivate(person, by)
    if _serves_where_by_does_not(person, by):
        raise NotAllowed(
            f"{person.name} also holds an office elsewhere, so the account stays open. End or suspend the office here."
        )


def check_may_confirm_factor_reset(reset: FactorReset, area: Area, by: User) -> None:
    """A third person; for somebody who serves several areas, one of another area than the one that asked.

    Two people of one area could otherwise take over the account of a chief constable in thirty.
    """
    policies.check_can_confirm_factor_reset(reset, by)
    elsewhere = access.areas_served_by(reset.user).exclude(slug=reset.area_slug)
    if elsewhere.exists() and area.slug == reset.area_slug:
        raise NotAllowed(f"{reset.user.name} serves several areas, so somebody of another of them has to agree.")


def _serves_where_by_does_not(person: User, by: User) -> bool:
    own = access.areas_for(by, Permission.APPOINT).values("pk")
    return access.areas_served_by(person).exclude(pk__in=own).exists()
