"""What the record of funding says, fact by fact: the total of a year and each agency's part of it."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from partnership.areas.models import Area
from partnership.documents.facts import Facts, word_of
from partnership.documents.kinds import Fact
from partnership.funding import selectors
from partnership.funding.lines import in_pounds
from partnership.funding.models import Contribution
from partnership.guidance.financial_years import FinancialYear


def of_year(area: Area, year: FinancialYear, on: date, words: dict[int, str]) -> Facts:
    """The facts of a year's contributions. `words`: how tokens name the statutory agencies, by key; others by their name."""
    money = _Money(list(selectors.contributions(area, year)), year, on)
    payers: dict[str, list[Contribution]] = {}
    for row in money.rows:
        payers.setdefault(word_of(words, row.agency_id, row.payer), []).append(row)
    found: Facts = {"funding total": money.total}
    for word, own in payers.items():
        found[f"funding amount {word}"] = partial(money.amount, own)
        found[f"funding share {word}"] = partial(money.share, own)
    return found


@dataclass(frozen=True)
class _Money:
    """The contributions of a year, read once."""

    rows: list[Contribution]
    year: FinancialYear
    on: date

    def total(self) -> Fact:
        return self._fact("Contributions in all", _sum(self.rows), "are not on record")

    def amount(self, own: list[Contribution]) -> Fact:
        return self._fact(f"Contribution of {own[0].payer}", _sum(own), "has no amount on record")

    def share(self, own: list[Contribution]) -> Fact:
        """The sum of what the table of contributions shows for each of its rows, so that the two never differ."""
        shown = zip(self.rows, selectors.shares_of(self.rows), strict=True)
        parts = [int(share.rstrip("%")) for row, share in shown if row in own and share.endswith("%")]
        return self._fact(f"Share of {own[0].payer}", f"{sum(parts)}%" if parts else "", "has no amount on record")

    def _fact(self, title: str, value: str, missing: str) -> Fact:
        invented = " (figures invented for practice)" if any(row.is_invented for row in self.rows) else ""
        source = f"{selectors.source(self.rows, self.year)}{invented}"
        return Fact(f"{title}, {self.year.label}", value, source, self.on, missing=missing)


def _sum(rows: list[Contribution]) -> str:
    return in_pounds(selectors.money(rows)) if selectors.counted(rows) else ""
