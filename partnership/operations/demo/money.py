"""The money of the practice data: the published figures of 2023-24, and invented ones for the years since."""

import csv
from decimal import Decimal
from pathlib import Path

from partnership.accounts.models import User
from partnership.areas.models import Agency, Area
from partnership.funding import services as funding
from partnership.funding.models import ContributionKind
from partnership.guidance.financial_years import FinancialYear
from partnership.operations.demo import places

REFERENCE = Path(funding.__file__).parent / "reference"
CONTRIBUTIONS = REFERENCE / "published_figures.csv"
SPENDING = REFERENCE / "hammersmith_and_fulham_2023_24_spending.csv"
PUBLISHED_YEAR = FinancialYear(2023)
INVENTED = "Invented for practice"

_CASH, _GRANT, _IN_KIND = ContributionKind.CASH, ContributionKind.GRANT, ContributionKind.IN_KIND
_PAYER_OF = {"local_authority": places.HAMMERSMITH, "police": places.MET}
_LBHF = "London Borough of Hammersmith and Fulham"
Line = tuple[str, ContributionKind, int | None, str | None]

_ROOMS: Line = ("Metropolitan Police Service (training rooms)", _IN_KIND, None, places.MET)
_NORTH_WEST = ("NHS North West London Integrated Care Board", places.OLD_BOARD)
_WEST_AND_NORTH = ("NHS West and North London Integrated Care Board", places.NEW_BOARD)


def _hammersmith(fund: int, board: int, which: tuple[str, str], *in_kind: Line) -> tuple[Line, ...]:
    """A year in Hammersmith and Fulham: what its general fund gave, and which board gave what. The rest stays."""
    return (
        (f"{_LBHF} (General Fund)", _CASH, fund, places.HAMMERSMITH),
        (f"{_LBHF} (Public Health Fund)", _CASH, 39_100, places.HAMMERSMITH),
        (which[0], _CASH, board, which[1]),
        ("Mayor's Office for Policing and Crime", _CASH, 5_000, places.MET),
        ("HM Prison and Probation Service", _CASH, 1_600, None),
        *in_kind,
    )


HAMMERSMITH_LATER: dict[int, tuple[Line, ...]] = {
    2024: _hammersmith(44_600, 24_500, _NORTH_WEST),
    2025: _hammersmith(46_200, 29_800, _NORTH_WEST, _ROOMS),
    2026: _hammersmith(47_900, 33_500, _WEST_AND_NORTH, _ROOMS),
}
HAMMERSMITH_SPENT: dict[int, tuple[tuple[str, int], ...]] = {
    2024: (("Staff", 92_300), ("Independent scrutineer", 18_500), ("Supplies and services", 4_000)),
    2025: (("Staff", 96_400), ("Independent scrutineer", 19_300), ("Training and supplies", 6_000)),
}
EALING_2025: tuple[Line, ...] = (
    ("London Borough of Ealing", _CASH, 118_400, places.EALING),
    ("NHS North West London Integrated Care Board", _CASH, 61_250, places.OLD_BOARD),
    ("Mayor's Office for Policing and Crime", _CASH, 5_000, places.MET),
    ("HM Prison and Probation Service", _CASH, 2_100, None),
)
MARLBRIDGE_2025: tuple[Line, ...] = (
    ("Marlbridge City Council", _CASH, 74_000, places.COUNCIL_1),
    ("Eastvale County Council", _CASH, 88_500, places.COUNCIL_2),
    ("Marlbridge and Eastvale Constabulary", _CASH, 41_000, places.FORCE),
    ("NHS Marlbridge Integrated Care Board", _CASH, 39_750, places.BOARD_1),
    ("NHS Eastvale and the Moors Integrated Care Board", _CASH, 36_250, places.BOARD_2),
    ("Eastvale County Council (meeting rooms)", _IN_KIND, 6_000, places.COUNCIL_2),
)


def record_published(area: Area, by: User) -> None:
    """The six contributions and seven spending lines that Hammersmith and Fulham published for 2023-24."""
    for row in _rows(CONTRIBUTIONS):
        if row["partnership"] == area.name and row["financial_year"] == PUBLISHED_YEAR.label:
            payer = _PAYER_OF.get(row["agency_type"])
            funding.record_contribution(
                area=area,
                year=PUBLISHED_YEAR,
                payer=row["agency"],
                kind=ContributionKind(row["kind"]),
                amount=Decimal(row["amount_gbp"]),
                agency=places.agency(payer) if payer else None,
                source=row["source_url"],
                by=by,
            )
    for row in _rows(SPENDING):
        if row["kind"] == "line":
            amount = Decimal(row["amount_gbp"])
            funding.record_spending(
                area=area, year=PUBLISHED_YEAR, label=row["line"], amount=amount, source=row["source_url"], by=by
            )


def check_printed_total(area: Area, by: User) -> None:
    """Put on record what the total that was once printed has too much, and why."""
    printed = next(row for row in _rows(SPENDING) if row["kind"] == "printed_total")
    funding.check_printed_total(
        area=area,
        year=PUBLISHED_YEAR,
        side="spending",
        printed=Decimal(printed["amount_gbp"]),
        where=printed["source_url"],
        by=by,
    )


def record_invented(area: Area, year: int, lines: tuple[Line, ...], by: User) -> None:
    """Contributions that are made up, and marked so."""
    for payer, kind, amount, agency in lines:
        funding.record_contribution(
            area=area,
            year=FinancialYear(year),
            payer=payer,
            kind=kind,
            amount=None if amount is None else Decimal(amount),
            agency=Agency.objects.get(slug=agency) if agency else None,
            source=INVENTED,
            is_invented=True,
            by=by,
        )


def record_invented_spending(area: Area, year: int, by: User) -> None:
    """Spending that is made up, and marked so."""
    for label, amount in HAMMERSMITH_SPENT[year]:
        funding.record_spending(
            area=area,
            year=FinancialYear(year),
            label=label,
            amount=Decimal(amount),
            source=INVENTED,
            is_invented=True,
            by=by,
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
