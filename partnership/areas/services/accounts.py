"""What an area's people may do to the account of somebody who holds, held or will hold an office there.

An account belongs to no area: a chief constable has one for thirty. Who may do what to it is in account_policies.
"""

from django.db import transaction

from partnership.accounts import purpose
from partnership.accounts import services as accounts
from partnership.accounts.models import FactorReset, User
from partnership.areas import access, account_policies, letters, marks
from partnership.areas.models import Appointment, Area, SignInCheck
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import NotAllowed, WrongState


def _check(person: User, area: Area, by: User, permission: Permission = Permission.APPOINT) -> None:
    access.require(by, permission, area)
    if not Appointment.objects.filter(person=person, area=area).exists():
        raise NotAllowed(f"{person.name} holds no office in {area.name}.")


@transaction.atomic
def invite_again(*, person: User, area: Area, by: User) -> User:
    """Send a new invitation; the earlier link stops working.

    Raises WrongState once the first was accepted, and where nothing is left for which to come.
    """
    _check(person, area, by)
    if not purpose.is_left(person):
        raise WrongState(f"{person.name} holds no office now or later. Record an appointment, then invite.")
    return accounts.resend(user=person, by=by, area_slug=area.slug)


@transaction.atomic
def change_address(*, person: User, email: str, area: Area, by: User, seen: str | None = None) -> User:
    """Give the account another address. Both addresses are told, and so is every other area where the person serves.

    Raises NotAllowed for one's own, and while the person serves an area where `by` may not record offices; WrongState for
    the address that it has; Conflict for one of another account, and where `seen`, the mark of what was shown
    (areas.marks), is not what is there.
    """
    _check(person, area, by)
    account_policies.check_may_change_address(person, by)
    person = User.objects.select_for_update().get(pk=person.pk)
    if email.strip().lower() == person.email:
        raise WrongState("This is the address already.")
    marks.check(seen, marks.of_address(person))
    changed = accounts.change_address(user=person, email=email, by=by, area_slug=area.slug)
    for other in access.areas_served_by(person).exclude(pk=area.pk):
        told = {"person": person.name, "area": area.name}
        audit.record(Event.ADDRESS_CHANGED_ELSEWHERE, by=by, area_slug=other.slug, target=person, data=told)
        letters.address_changed_elsewhere(person, other, f"somebody who records appointments in {area}")
    return changed


@transaction.atomic
def change_address_everywhere(*, person: User, email: str) -> User:
    """The operator's way, for somebody who serves several areas: each of them is told. Raises Conflict as the other does."""
    before = person.email
    changed = accounts.change_address(user=person, email=email, by=None, area_slug="")
    for area in access.areas_served_by(person) if changed.email != before else ():
        audit.record(Event.ADDRESS_CHANGED, area_slug=area.slug, target=person, data={"person": person.name})
        letters.address_changed_elsewhere(person, area, "the operator of this service")
    return changed


@transaction.atomic
def close_account(*, person: User, area: Area, reason: str, by: User) -> User:
    """Close an account at once. Raises NotAllowed while the person serves an area where `by` may not record offices."""
    _check(person, area, by)
    account_policies.check_may_close(person, by)
    return accounts.deactivate(user=person, by=by, area_slug=area.slug, reason=_said(reason))


@transaction.atomic
def open_account(*, person: User, area: Area, reason: str, by: User) -> User:
    """Open a closed account again, with the rights that its offices in force give it."""
    _check(person, area, by)
    return accounts.reactivate(user=person, by=by, area_slug=area.slug, reason=_said(reason))


@transaction.atomic
def ask_factor_reset(*, person: User, area: Area, reason: str, by: User) -> FactorReset:
    """Ask that the second factor of somebody who lost it be removed. A second person has to agree."""
    _check(person, area, by)
    return accounts.ask_factor_reset(user=person, reason=_said(reason), by=by, area_slug=area.slug)


@transaction.atomic
def confirm_factor_reset(*, reset: FactorReset, area: Area, by: User) -> FactorReset:
    """Agree as the second person. Raises NotAllowed, and WrongState when it is done or too old."""
    _check(reset.user, area, by, Permission.CONFIRM_FACTOR_RESET)
    account_policies.check_may_confirm_factor_reset(reset, area, by)
    return accounts.confirm_factor_reset(reset=reset, by=by)


@transaction.atomic
def ask_sign_in_again(*, check: SignInCheck, area: Area, by: User) -> SignInCheck:
    """Write once more to somebody who has not confirmed that they can sign in; at most once a day."""
    _check(check.person, area, by)
    check = SignInCheck.objects.select_for_update(of=("self",)).select_related("person").get(pk=check.pk)
    if check.confirmed_at:
        raise WrongState(f"{check.person.name} has signed in since. Nothing is left to ask.")
    check.mail = letters.ask_again(check)
    check.address = check.person.email
    check.save(update_fields=["mail", "address"])
    told = {"person": check.person.name}
    audit.record(Event.SIGN_IN_ASKED, by=by, area_slug=area.slug, target=check, data=told)
    return check


def _said(reason: str) -> str:
    if not reason.strip():
        raise WrongState("Say why.")
    return reason.strip()
