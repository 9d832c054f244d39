"""Recording who pays what, and what it is spent on."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max

from partnership import clock
from partnership.accounts.models import User
from partnership.areas import access
from partnership.areas.models import Agency, Area
from partnership.areas.roles import Permission
from partnership.audit import services as audit
from partnership.audit.events import Event
from partnership.errors import Conflict, WrongState
from partnership.funding import policies, selectors
from partnership.funding.models import Contribution, ContributionKind, PrintedTotal, Spending
from partnership.guidance.financial_years import FinancialYear
from partnership.web.lines import line_of
from partnership.web.years import check_year

NAME, TEXT = 200, 300  # the lengths of the columns


@transaction.atomic
def record_contribution(
    *,
    area: Area,
    year: FinancialYear,
    payer: str,
    kind: ContributionKind,
    amount: Decimal | None,
    by: User,
    agency: Agency | None = None,
    note: str = "",
    source: str = "",
    is_invented: bool = False,
) -> Contribution:
    """Record one payer's contribution to a year. Raises NotAllowed, or WrongState when that payer is there already."""
    access.require(by, Permission.RECORD_FUNDING, area)
    check_year(year)
    policies.check_amount(amount, kind)
    payer = line_of(payer, longest=NAME, missing="Enter who pays.")
    try:
        with transaction.atomic():
            contribution = Contribution.objects.create(
                area=area,
                start_year=year.start_year,
                payer=payer,
                agency=agency,
                kind=kind,
                amount=amount,
                note=line_of(note, longest=TEXT),
                source=line_of(source, longest=TEXT),
                is_invented=is_invented,
                position=_next_place(Contribution, area, year),
                recorded_by=by,
            )
    except IntegrityError as error:
        raise WrongState(
            f"{payer} already has a contribution of this kind in {year.label}. Correct that one instead."
        ) from error
    _note_contribution(contribution, year, by)
    return contribution


def _next_place(lines: type[Contribution] | type[Spending], area: Area, year: FinancialYear) -> int:
    last = lines.objects.filter(area=area, start_year=year.start_year).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _note_contribution(contribution: Contribution, year: FinancialYear, by: User) -> None:
    area = contribution.area
    data = {"payer": contribution.payer, "year": year.label, "amount": selectors.in_pounds(contribution.amount)}
    audit.record(Event.CONTRIBUTION_RECORDED, by=by, area_slug=area.slug, target=contribution, data=data)


@transaction.atomic
def correct_contribution(
    *, contribution: Contribution, seen: Decimal | None, seen_note: str, amount: Decimal | None, note: str, by: User
) -> Contribution:
    """Correct an amount and its note, as they were `seen` on the screen.

    Raises Conflict when somebody else corrected either in between. What is there already is not written again.
    """
    contribution = Contribution.objects.select_for_update(of=("self",)).select_related("area").get(pk=contribution.pk)
    access.require(by, Permission.RECORD_FUNDING, contribution.area)
    policies.check_amount(amount, contribution.kind)
    note = line_of(note, longest=TEXT)
    before = contribution.amount
    if (before, contribution.note) == (amount, note):
        return contribution
    if (before, contribution.note) != (seen, seen_note):
        raise Conflict("Somebody else corrected this contribution while you were writing. Look at it again.")
    contribution.amount, contribution.note = amount, note
    contribution.recorded_at, contribution.recorded_by = clock.now(), by
    contribution.save(update_fields=["amount", "note", "recorded_at", "recorded_by"])
    data = {
        "payer": contribution.payer,
        "year": FinancialYear(contribution.start_year).label,
        "before": selectors.in_pounds(before),
        "amount": selectors.in_pounds(amount),
    }
    audit.record(Event.CONTRIBUTION_CORRECTED, by=by, area_slug=contribution.area.slug, target=contribution, data=data)
    return contribution


@transaction.atomic
def record_spending(
    *,
    area: Area,
    year: FinancialYear,
    label: str,
    amount: Decimal,
    by: User,
    source: str = "",
    is_invented: bool = False,
) -> Spending:
    """Record one line of spending. Raises NotAllowed, or WrongState when the line is there already."""
    access.require(by, Permission.RECORD_FUNDING, area)
    check_year(year)
    policies.check_amount(amount)
    label = line_of(label, longest=NAME, missing="Enter what the money was spent on.")
    try:
        with transaction.atomic():
            line = Spending.objects.create(
                area=area,
                start_year=year.start_year,
                label=label,
                amount=amount,
                source=line_of(source, longest=TEXT),
                is_invented=is_invented,
                position=_next_place(Spending, area, year),
                recorded_by=by,
            )
    except IntegrityError as error:
        raise WrongState(f"The line “{label}” is there already for {year.label}.") from error
    data = {"label": line.label, "year": year.label, "amount": selectors.in_pounds(amount)}
    audit.record(Event.SPENDING_RECORDED, by=by, area_slug=area.slug, target=line, data=data)
    return line


@transaction.atomic
def check_printed_total(
    *, area: Area, year: FinancialYear, side: str, printed: Decimal, where: str, by: User
) -> PrintedTotal:
    """Keep a total that was printed somewhere, and put on record by how much it differs from the lines.

    The same total from the same place is kept once; its finding is always computed from the lines as they are.
    """
    access.require(by, Permission.RECORD_FUNDING, area)
    check_year(year)
    policies.check_side(side)
    policies.check_amount(printed)
    total, is_new = PrintedTotal.objects.get_or_create(
        area=area,
        start_year=year.start_year,
        side=side,
        printed=printed,
        where=line_of(where, longest=TEXT, missing="Enter where the total was printed."),
        defaults={"recorded_by": by},
    )
    if is_new:
        data = {"year": year.label, "finding": selectors.finding(total).sentence}
        audit.record(Event.PRINTED_TOTAL_CHECKED, by=by, area_slug=area.slug, target=total, data=data)
    return total
