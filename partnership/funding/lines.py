"""One line of money as a person writes it, sees it again and corrects it."""

from dataclasses import dataclass
from decimal import Decimal

from partnership.areas.models import Agency
from partnership.funding.arithmetic import pounds
from partnership.funding.models import Contribution, ContributionKind, Spending


def in_pounds(amount: Decimal | None) -> str:
    """£157,719, or £1,555.50 where there are pence, or `not valued`."""
    return "not valued" if amount is None else pounds(amount)


@dataclass(frozen=True)
class Paid:
    """What one payer contributes to a year."""

    payer: str
    kind: str
    amount: Decimal | None
    agency: Agency | None = None
    note: str = ""
    source: str = ""

    @classmethod
    def of(cls, row: Contribution) -> "Paid":
        return cls(row.payer, row.kind, row.amount, row.agency, row.note, row.source)

    def parts(self) -> dict[str, str]:
        """Each field in words, in the order in which they are told."""
        kind = ContributionKind(self.kind).label
        return {
            "amount": in_pounds(self.amount),
            "kind": f"{kind[:1].lower()}{kind[1:]}",
            "payer": f"from {self.payer}",
            "agency": f"for {self.agency.name}" if self.agency else "for no agency",
            "note": f"with the note “{self.note}”" if self.note else "without a note",
            "source": f"source “{self.source}”" if self.source else "without a source",
        }

    def in_full(self) -> str:
        return ", ".join(self.parts().values())


@dataclass(frozen=True)
class Spent:
    """One line of what the money was spent on."""

    label: str
    amount: Decimal
    source: str = ""

    @classmethod
    def of(cls, row: Spending) -> "Spent":
        return cls(row.label, row.amount, row.source)

    def parts(self) -> dict[str, str]:
        """Each field in words, in the order in which they are told."""
        return {
            "amount": in_pounds(self.amount),
            "label": f"on “{self.label}”",
            "source": f"source “{self.source}”" if self.source else "without a source",
        }

    def in_full(self) -> str:
        return ", ".join(self.parts().values())


def difference(before: Paid | Spent, after: Paid | Spent) -> tuple[str, str]:
    """What a correction changed, in words: as it was and as it is. What stayed is not told again."""
    pairs = zip(before.parts().values(), after.parts().values(), strict=True)
    changed = [pair for pair in pairs if pair[0] != pair[1]]
    return ", ".join(was for was, _ in changed), ", ".join(now for _, now in changed)
