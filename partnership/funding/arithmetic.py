"""Sums, shares, and why a printed total differs from its lines. Pure; amounts are Decimals in pounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from itertools import combinations

Line = tuple[str, Decimal]
NOTHING = Decimal(0)
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Explanation:
    """One line, or a pair of lines, that would make up the whole difference."""

    how: str  # "counted twice" or "left out"
    lines: tuple[Line, ...]

    @property
    def phrase(self) -> str:
        named = " and ".join(f"'{name}' ({pounds(amount)})" for name, amount in self.lines)
        return f"{'The line' if len(self.lines) == 1 else 'The lines'} {named} {self.how}"


@dataclass(frozen=True)
class TotalCheck:
    """What the lines add up to beside what was printed. `likely` holds the simplest explanations, if there are any."""

    computed: Decimal
    printed: Decimal
    difference: Decimal
    sentence: str
    likely: tuple[Explanation, ...]

    @property
    def adds_up(self) -> bool:
        return self.difference == NOTHING


@dataclass(frozen=True)
class Share:
    """A line with its part of the whole; `percent` is None where parts of a whole make no sense."""

    name: str
    amount: Decimal
    percent: Decimal | None


def total(lines: Sequence[Line]) -> Decimal:
    return sum((amount for _, amount in lines), NOTHING)


def adds_up(lines: Sequence[Line], printed: Decimal) -> bool:
    return total(lines) == printed


def explain_total(lines: Sequence[Line], printed: Decimal) -> TotalCheck:
    """Compare a printed total with its lines and look for the line, or pair, that explains the difference."""
    computed = total(lines)
    difference = printed - computed
    likely = _simplest(lines, difference) if difference else ()
    return TotalCheck(computed, printed, difference, _sentence(computed, printed, likely), likely)


def _simplest(lines: Sequence[Line], difference: Decimal) -> tuple[Explanation, ...]:
    """All single lines that explain the difference; only if there are none, all pairs."""
    counted = [line for line in lines if line[1]]
    for size in (1, 2):
        if found := tuple(_explanations(counted, difference, size)):
            return found
    return ()


def _explanations(lines: Sequence[Line], difference: Decimal, size: int) -> Iterator[Explanation]:
    for group in combinations(lines, size):
        if total(group) == difference:
            yield Explanation("counted twice", group)
        elif total(group) == -difference:
            yield Explanation("left out", group)


def _sentence(computed: Decimal, printed: Decimal, likely: tuple[Explanation, ...]) -> str:
    if computed == printed:
        return f"The printed total of {pounds(printed)} is what the lines add up to."
    gap = f"{pounds(abs(printed - computed))} {'more' if printed > computed else 'less'}"
    finding = f"The printed total of {pounds(printed)} is {gap} than the lines add up to ({pounds(computed)})."
    if not likely:
        return f"{finding} No line or pair of lines, counted twice or left out, explains it."
    if len(likely) == 1:
        return f"{finding} {likely[0].phrase} {'explains' if len(likely[0].lines) == 1 else 'explain'} it."
    return f"{finding} Any one of these explains it: {'; '.join(_lower(each.phrase) for each in likely)}."


def _lower(phrase: str) -> str:
    return phrase[0].lower() + phrase[1:]


def shares(lines: Sequence[Line], places: int = 0) -> tuple[Share, ...]:
    """Each line's percentage, rounded so that the column adds up to 100 (the largest remainders are rounded up)."""
    whole = total(lines)
    if whole <= 0 or any(amount < 0 for _, amount in lines):
        return tuple(Share(name, amount, None) for name, amount in lines)
    step = Decimal(1).scaleb(-places)
    exact = [amount * HUNDRED / whole for _, amount in lines]
    rounded = [percent.quantize(step, rounding=ROUND_DOWN) for percent in exact]
    missing = int((HUNDRED - sum(rounded, NOTHING)) / step)
    by_remainder = sorted(range(len(lines)), key=lambda index: rounded[index] - exact[index])
    for index in by_remainder[:missing]:
        rounded[index] += step
    return tuple(Share(name, amount, percent) for (name, amount), percent in zip(lines, rounded, strict=True))


def pounds(amount: Decimal) -> str:
    """£157,719, or £1,234.50 where there are pence."""
    sign = "-" if amount < 0 else ""
    figure = abs(amount)
    return f"{sign}£{figure:,.0f}" if figure == figure.to_integral_value() else f"{sign}£{figure:,.2f}"
