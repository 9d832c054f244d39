"""A year's money as its page and its file show it."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO

from partnership.areas.models import Area
from partnership.funding import selectors
from partnership.funding.arithmetic import pounds
from partnership.funding.lines import in_pounds
from partnership.funding.models import Contribution, ContributionKind, PrintedTotal, Spending
from partnership.guidance.financial_years import FinancialYear
from partnership.web.spreadsheets import BYTE_ORDER_MARK, safe

HEAD = [
    "Financial year",
    "Side",
    "Line",
    "Kind",
    "Amount in pounds",
    "Counted in the total",
    "Note",
    "Source",
    "Invented",
]


@dataclass(frozen=True)
class Row:
    """One contribution beside the same payer's of the year before."""

    contribution: Contribution
    share: str
    before: str
    change: str

    @property
    def amount(self) -> str:
        return in_pounds(self.contribution.amount)

    @property
    def agency(self) -> str:
        """The agency for which somebody else pays; nothing where the payer is the agency itself."""
        agency = self.contribution.agency
        return agency.name if agency and agency.name != self.contribution.payer else ""


@dataclass(frozen=True)
class Finding:
    """A printed total and what the check of it says now."""

    total: PrintedTotal
    sentence: str
    adds_up: bool


@dataclass(frozen=True)
class YearOfMoney:
    """Everything that the page of one year shows."""

    year: FinancialYear
    rows: list[Row]
    spending: list[Spending]
    total: Decimal
    total_before: Decimal | None
    spent: Decimal
    gone: list[str]
    findings: list[Finding]

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.spending or self.findings)

    @property
    def has_in_kind(self) -> bool:
        return any(row.contribution.kind == ContributionKind.IN_KIND for row in self.rows)

    @property
    def has_invented(self) -> bool:
        return any(row.contribution.is_invented for row in self.rows) or any(line.is_invented for line in self.spending)

    @property
    def sources(self) -> list[str]:
        """Where the figures come from, each source once."""
        named = [*(row.contribution.source for row in self.rows), *(line.source for line in self.spending)]
        return list(dict.fromkeys(filter(None, named)))

    @property
    def balance(self) -> str:
        """Income minus spending, in words."""
        if not self.rows or not self.spending:
            missing = "spending" if self.rows else "contributions"
            return f"Not known: no {missing} of this year {'is' if self.rows else 'are'} recorded yet."
        left = self.total - self.spent
        if not left:
            return "Nothing is left over: contributions and spending are equal."
        more, less = ("Contributions are", "spending") if left > 0 else ("Spending is", "contributions")
        return f"{more} {pounds(abs(left))} more than {less}."


def year_of_money(area: Area, year: FinancialYear) -> YearOfMoney:
    """Read a year, with the amounts of the year before, in a fixed number of queries."""
    paid = list(selectors.contributions(area, year))
    before = list(selectors.contributions(area, year.previous))
    spent = list(selectors.spending(area, year))
    amounts = {(row.payer, row.kind): row for row in before}
    rows = [
        _row(row, share, amounts.pop((row.payer, row.kind), None))
        for row, share in zip(paid, selectors.shares_of(paid), strict=True)
    ]
    return YearOfMoney(
        year=year,
        rows=rows,
        spending=spent,
        total=selectors.money(paid),
        total_before=selectors.money(before) if before else None,
        spent=sum((line.amount for line in spent), Decimal(0)),
        gone=[_gone(row) for row in amounts.values()],
        findings=[_finding(total, paid, spent) for total in selectors.printed_totals(area, year)],
    )


def _row(row: Contribution, share: str, before: Contribution | None) -> Row:
    if before is None:
        return Row(row, share, "", "")
    return Row(row, share, in_pounds(before.amount), change(row.amount, before.amount))


def change(now: Decimal | None, before: Decimal | None) -> str:
    """How an amount differs from the one of the year before, in words."""
    if now == before:
        return "unchanged"
    if now is None or before is None:
        return ""
    return f"{pounds(abs(now - before))} {'more' if now > before else 'less'} this year"


def _gone(row: Contribution) -> str:
    kind = row.get_kind_display()
    return f"{row.payer}, {kind[0].lower()}{kind[1:]}, {in_pounds(row.amount)}"


def _finding(total: PrintedTotal, paid: list[Contribution], spent: list[Spending]) -> Finding:
    check = selectors.finding_in(total, paid, spent)
    return Finding(total, check.sentence, check.adds_up)


def as_csv(area: Area, year: FinancialYear) -> str:
    """The lines of a year. Without total rows: whoever sums a column with its total in it counts the money twice."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for paid in selectors.contributions(area, year):
        is_money = paid.kind != ContributionKind.IN_KIND
        line = [paid.payer, paid.get_kind_display(), _figure(paid.amount), _yes(is_money), paid.note, paid.source]
        writer.writerow(map(safe, [year.label, "Contribution", *line, _yes(paid.is_invented)]))
    for spent in selectors.spending(area, year):
        line = [spent.label, "", _figure(spent.amount), "Yes", "", spent.source]
        writer.writerow(map(safe, [year.label, "Spending", *line, _yes(spent.is_invented)]))
    return BYTE_ORDER_MARK + out.getvalue()


def _figure(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}"


def _yes(value: bool) -> str:
    return "Yes" if value else "No"
