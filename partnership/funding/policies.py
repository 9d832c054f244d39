"""What may be written down as money."""

from decimal import Decimal

from partnership.errors import WrongState
from partnership.funding.models import ContributionKind

LARGEST = Decimal("999999999.99")


def check_amount(amount: Decimal | None, kind: str = ContributionKind.CASH) -> None:
    """Money has an amount, not negative; only a contribution in kind may stay without a value."""
    if amount is None:
        if kind != ContributionKind.IN_KIND:
            raise WrongState("Enter the amount in pounds. Only a contribution in kind may stay without a value.")
        return
    if amount < 0:
        raise WrongState("Enter an amount that is not negative.")
    if amount > LARGEST:
        raise WrongState("Enter an amount below one billion pounds.")
