"""What the state of an account allows."""

from partnership import clock
from partnership.accounts import second_factor
from partnership.accounts.models import FactorReset, User
from partnership.errors import NotAllowed, WrongState


def check_can_remove_factor(user: User) -> None:
    """Not the last one: nobody is without a second factor. Recovery codes are none."""
    if second_factor.factors_of(user) < 2:
        raise WrongState(second_factor.LAST)


def check_can_set_up_app(user: User) -> None:
    """One app for an account."""
    if "totp" in second_factor.kinds_of(user):
        raise WrongState(
            "You have set up an app for codes already. To move to another app, remove this one on “Your account” first. "
            "If it is your only second factor, add a passkey before you remove it."
        )


def check_can_be_invited_again(user: User) -> None:
    """Not once the invitation was accepted: with a password, a passkey or an organisation that still signs people in."""
    bound = user.organisation_identities.filter(organisation__is_active=True)
    if user.has_usable_password() or second_factor.kinds_of(user) or bound.exists():
        raise WrongState(f"{user.name} has already accepted the invitation.")


def check_may_deactivate(user: User, by: User) -> None:
    """Not one's own account."""
    if user.pk == by.pk:
        raise NotAllowed("Nobody closes their own account. Ask somebody else to do it.")


def check_can_deactivate(user: User, by: User) -> None:
    """An account that is open, and not one's own."""
    check_may_deactivate(user, by)
    if not user.is_active:
        raise WrongState(f"The account of {user.name} is closed already.")


def check_can_reactivate(user: User) -> None:
    """An account that is closed."""
    if user.is_active:
        raise WrongState(f"The account of {user.name} is open.")


def check_may_ask_factor_reset(user: User, by: User) -> None:
    """For somebody else."""
    if user.pk == by.pk:
        raise NotAllowed("Nobody removes their own second factor. Two other people have to agree.")


def check_can_ask_factor_reset(user: User, by: User, *, is_asked: bool) -> None:
    """For somebody else, whose account is open, and once at a time."""
    check_may_ask_factor_reset(user, by)
    if not user.is_active:
        raise WrongState(f"The account of {user.name} is closed.")
    if is_asked:
        raise WrongState(f"It has been asked already that {user.name} set up a new second factor.")


def check_can_confirm_factor_reset(reset: FactorReset, by: User) -> None:
    """By a third person, within a week."""
    if by.pk == reset.user_id:
        raise NotAllowed("Nobody removes their own second factor. Two other people have to agree.")
    if by.pk == reset.asked_by_id:
        raise NotAllowed("You asked for this. Somebody else has to agree.")
    if reset.confirmed_at:
        raise WrongState("This has been agreed already.")
    if reset.asked_at <= clock.now() - FactorReset.OPEN_FOR:
        raise WrongState("This was asked more than a week ago. Ask again.")
