"""What may be written down as money."""

from decimal import Decimal

from partnership.errors import WrongState
from partnership.funding.models import ContributionKind, PrintedTotal

LARGEST = Decimal("999999999.99")
PENCE = -2
SIDES = dict(PrintedTotal._meta.get_field("side").choices or ())


def check_amount(amount: Decimal | None, kind: str = ContributionKind.CASH) -> None:
    """Money has an amount in pounds and pence, not negative; only a contribution in kind may stay without a value."""
    if amount is None:
        if kind != ContributionKind.IN_KIND:
            raise WrongState("Enter the amount in pounds. Only a contribution in kind may stay without a value.")
        return
    if not amount.is_finite():
        raise WrongState("Enter the amount in pounds, such as 12,900 or 12,900.50.")
    if amount < 0:
        raise WrongState("Enter an amount that is not negative.")
    if amount > LARGEST:
        raise WrongState("Enter an amount below one billion pounds.")
    if int(amount.normalize().as_tuple().exponent) < PENCE:
        raise WrongState("Enter the amount with no more than two figures for the pence.")


def check_side(side: str) -> None:
    """A printed total is one of contributions or of spending."""
    if side not in SIDES:
        raise WrongState("Say whether the printed total is of contributions or of spending.")
