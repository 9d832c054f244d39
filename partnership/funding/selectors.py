"""Reading money: lines, totals, shares, and tables for documents. Totals are computed, never typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from partnership.areas.models import Area, Seat
from partnership.funding.arithmetic import Line, TotalCheck, explain_total, shares
from partnership.funding.lines import in_pounds
from partnership.funding.models import Contribution, ContributionKind, PrintedTotal, Spending
from partnership.guidance.financial_years import FinancialYear


def contributions(area: Area, year: FinancialYear) -> QuerySet[Contribution]:
    """The contributions to one year, in the order in which they are shown."""
    return Contribution.objects.filter(area=area, start_year=year.start_year).select_related("agency")


def spending(area: Area, year: FinancialYear) -> QuerySet[Spending]:
    """The spending of one year."""
    return Spending.objects.filter(area=area, start_year=year.start_year)


def years(area: Area) -> list[FinancialYear]:
    """The years for which anything is recorded, newest first."""
    paid = Contribution.objects.filter(area=area).values_list("start_year", flat=True)
    spent = Spending.objects.filter(area=area).values_list("start_year", flat=True)
    return [FinancialYear(start) for start in sorted({*paid, *spent}, reverse=True)]


def money(rows: list[Contribution]) -> Decimal:
    """The sum of cash and grants. Contributions in kind are shown, and not counted."""
    return sum((amount for _, amount in counted(rows)), Decimal(0))


def counted(rows: list[Contribution]) -> list[Line]:
    """The lines that make up a total: cash and grants."""
    return [(row.payer, row.amount or Decimal(0)) for row in rows if row.kind != ContributionKind.IN_KIND]


def shares_of(rows: list[Contribution]) -> list[str]:
    """For each row its whole percentage of the total; together they are 100. They say nothing on what would be fair."""
    parts = iter(shares(counted(rows)))
    column = []
    for row in rows:
        percent = None if row.kind == ContributionKind.IN_KIND else next(parts).percent
        column.append("not counted" if row.kind == ContributionKind.IN_KIND else _percent(percent))
    return column


def _percent(percent: Decimal | None) -> str:
    return "" if percent is None else f"{percent:.0f}%"


def contributions_table(area: Area, year: FinancialYear) -> dict[str, Any]:
    """The contributions of a year as a table block for a document, with its computed total."""
    rows = list(contributions(area, year))
    total = money(rows)
    body = [
        [
            row.payer + (" (invented)" if row.is_invented else ""),
            row.get_kind_display(),
            in_pounds(row.amount),
            share,
        ]
        for row, share in zip(rows, shares_of(rows), strict=True)
    ]
    body.append(["Total", "", in_pounds(total), "100%" if total else ""])
    return _table(
        f"Contributions of each agency, {year.label}",
        ["Contributor", "Kind", "Amount", "Share"],
        body,
        ["left", "left", "right", "right"],
        source(rows, year),
    )


def spending_table(area: Area, year: FinancialYear) -> dict[str, Any]:
    """The spending of a year as a table block for a document, with its computed total."""
    rows = list(spending(area, year))
    total = sum((row.amount for row in rows), Decimal(0))
    body = [[row.label + (" (invented)" if row.is_invented else ""), in_pounds(row.amount)] for row in rows]
    body.append(["Total", in_pounds(total)])
    return _table(
        f"What the money was spent on, {year.label}", ["Line", "Amount"], body, ["left", "right"], source(rows, year)
    )


def source(rows: list[Any], year: FinancialYear) -> str:
    """Where lines of a year come from: what is named with them, or else the partnership's own record."""
    named = list(dict.fromkeys(row.source for row in rows if row.source))
    return "; ".join(named) or f"The partnership's own record of funding, {year.label}"


def _table(caption: str, head: list[str], rows: list[list[str]], align: list[str], source: str) -> dict[str, Any]:
    return {
        "type": "table",
        "caption": caption,
        "head": head,
        "rows": rows,
        "align": align,
        "source": source,
        "has_total": True,
    }


def printed_totals(area: Area, year: FinancialYear) -> QuerySet[PrintedTotal]:
    """The totals that were once printed for a year."""
    return PrintedTotal.objects.filter(area=area, start_year=year.start_year)


def finding(total: PrintedTotal) -> TotalCheck:
    """By how much a printed total differs from its lines, and which line explains it."""
    year = FinancialYear(total.start_year)
    return finding_in(total, list(contributions(total.area, year)), list(spending(total.area, year)))


def finding_in(total: PrintedTotal, paid: list[Contribution], spent: list[Spending]) -> TotalCheck:
    """The same, from rows that have been read already."""
    lines = counted(paid) if total.side == "contributions" else [(row.label, row.amount) for row in spent]
    return explain_total(lines, total.printed)


def seats_without_contribution(seats: Iterable[int], year: FinancialYear) -> QuerySet[Seat]:
    """Of these seats, by their keys, those for whose agency nothing is recorded in their area for a year.

    It says what is on record and no more: a body may have paid, or have agreed to pay nothing.
    """
    recorded = Contribution.objects.filter(area=OuterRef("area"), agency=OuterRef("agency"), start_year=year.start_year)
    return Seat.objects.filter(~Exists(recorded), pk__in=seats).select_related("area", "agency")


@dataclass(frozen=True)
class YearTotals:
    """What was paid and spent in a year; None where nothing is recorded."""

    year: FinancialYear
    contributed: Decimal | None
    spent: Decimal | None


def year_totals(area: Area) -> list[YearTotals]:
    """The years for which anything is recorded, newest first, with their totals."""
    is_money = ~Q(kind=ContributionKind.IN_KIND)
    nothing = Value(Decimal(0), output_field=DecimalField())
    paid = Contribution.objects.filter(area=area).order_by().values("start_year")
    spent = Spending.objects.filter(area=area).order_by().values("start_year")
    contributed = dict(
        paid.annotate(sum=Coalesce(Sum("amount", filter=is_money), nothing)).values_list("start_year", "sum")
    )
    spending_of = dict(spent.annotate(sum=Sum("amount")).values_list("start_year", "sum"))
    return [
        YearTotals(FinancialYear(start), contributed.get(start), spending_of.get(start))
        for start in sorted({*contributed, *spending_of}, reverse=True)
    ]
