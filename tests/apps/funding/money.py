"""Money of the cast, recorded through services."""

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

from partnership.funding import services
from partnership.funding.models import Contribution, ContributionKind, PrintedTotal, Spending
from partnership.guidance.financial_years import FinancialYear
from tests.worlds import World

YEAR = FinancialYear(2025)
REFERENCE = Path(services.__file__).parent / "reference" / "hammersmith_and_fulham_2023_24_spending.csv"


def _decimal(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def contribution(world: World, payer: str, amount: str | None, **more: Any) -> Contribution:
    """One contribution to 2025-26, in cash, recorded by Gwen, unless said otherwise."""
    details = {"year": YEAR, "kind": ContributionKind.CASH, "by": world.gwen, **more}
    return services.record_contribution(area=world.area, payer=payer, amount=_decimal(amount), **details)


def spending(world: World, label: str, amount: str | None, **more: Any) -> Spending:
    """One line of spending."""
    details = {"year": YEAR, "by": world.gwen, **more}
    return services.record_spending(area=world.area, label=label, amount=_decimal(amount), **details)  # type: ignore[arg-type]


def printed(world: World, total: str, **more: Any) -> PrintedTotal:
    """One printed total of contributions."""
    details = {"year": YEAR, "by": world.gwen, "side": "contributions", "where": "The report of the year", **more}
    return services.check_printed_total(area=world.area, printed=Decimal(total), **details)


def real_spending() -> list[tuple[str, str]]:
    """The published spending of Hammersmith and Fulham 2023-24."""
    with REFERENCE.open(encoding="utf-8", newline="") as lines:
        return [(row["line"], row["amount_gbp"]) for row in csv.DictReader(lines) if row["kind"] == "line"]
