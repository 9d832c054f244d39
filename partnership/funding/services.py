"""Recording who pays what, and what it is spent on."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

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
from partnership.funding.lines import Paid, Spent, difference, in_pounds
from partnership.funding.models import Contribution, ContributionKind, PrintedTotal, Spending
from partnership.guidance.financial_years import FinancialYear
from partnership.web.correcting import reason_of
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
    data = {"payer": contribution.payer, "year": year.label, "amount": in_pounds(contribution.amount)}
    audit.record(Event.CONTRIBUTION_RECORDED, by=by, area_slug=area.slug, target=contribution, data=data)


@transaction.atomic
def correct_contribution(*, contribution: Contribution, seen: Paid, paid: Paid, by: User) -> Contribution:
    """Correct a contribution as it was `seen` on the screen.

    Raises Conflict when somebody else corrected it in between, WrongState when it is gone or could not be recorded so.
    What is there already is not written again.
    """
    access.require(by, Permission.RECORD_FUNDING, contribution.area)
    row = Contribution.objects.select_for_update(of=("self",)).filter(pk=contribution.pk).first()
    if row is None:
        raise WrongState("This contribution was removed while you were writing. Record it anew if it is needed.")
    policies.check_amount(paid.amount, paid.kind)
    paid = replace(
        paid,
        payer=line_of(paid.payer, longest=NAME, missing="Enter who pays."),
        note=line_of(paid.note, longest=TEXT),
        source=line_of(paid.source, longest=TEXT),
    )
    before = Paid.of(row)
    if before == paid:
        return row
    if before != seen:
        raise Conflict("Somebody else corrected this contribution while you were writing. Look at it again.")
    year = FinancialYear(row.start_year)
    _write(row, paid, by, f"{paid.payer} already has a contribution of this kind in {year.label}. Correct that one.")
    was, now = difference(before, paid)
    _tell(Event.CONTRIBUTION_CORRECTED, row, by, payer=before.payer, before=was, amount=now)
    return row


def _write(row: Contribution | Spending, written: Paid | Spent, by: User, twice: str) -> None:
    for name, value in vars(written).items():
        setattr(row, name, value)
    row.recorded_at, row.recorded_by = clock.now(), by
    try:
        with transaction.atomic():
            row.save(update_fields=[*vars(written), "recorded_at", "recorded_by"])
    except IntegrityError as error:
        raise WrongState(twice) from error


def _tell(event: Event, row: Contribution | Spending, by: User, /, **data: Any) -> None:
    data["year"] = FinancialYear(row.start_year).label
    audit.record(event, by=by, area_slug=row.area.slug, target=row, data=data)


@transaction.atomic
def remove_contribution(*, contribution: Contribution, reason: str, by: User) -> bool:
    """Take a contribution out of the record; the timeline keeps all of it. False where it is gone already."""
    access.require(by, Permission.RECORD_FUNDING, contribution.area)
    reason = reason_of(reason)
    row = Contribution.objects.select_for_update(of=("self",)).filter(pk=contribution.pk).first()
    if row is None:
        return False
    told = {"payer": row.payer, "removed": Paid.of(row).in_full(), "reason": reason, "row": audit.all_of(row)}
    _tell(Event.CONTRIBUTION_REMOVED, row, by, **told)
    row.delete()
    return True


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
    data = {"label": line.label, "year": year.label, "amount": in_pounds(amount)}
    audit.record(Event.SPENDING_RECORDED, by=by, area_slug=area.slug, target=line, data=data)
    return line


@transaction.atomic
def correct_spending(*, line: Spending, seen: Spent, spent: Spent, by: User) -> Spending:
    """Correct a line of spending as it was `seen` on the screen. Raises as for a contribution."""
    access.require(by, Permission.RECORD_FUNDING, line.area)
    row = Spending.objects.select_for_update(of=("self",)).filter(pk=line.pk).first()
    if row is None:
        raise WrongState("This line was removed while you were writing. Record it anew if it is needed.")
    policies.check_amount(spent.amount)
    label = line_of(spent.label, longest=NAME, missing="Enter what the money was spent on.")
    spent = replace(spent, label=label, source=line_of(spent.source, longest=TEXT))
    before = Spent.of(row)
    if before == spent:
        return row
    if before != seen:
        raise Conflict("Somebody else corrected this line while you were writing. Look at it again.")
    _write(row, spent, by, f"The line “{label}” is there already for {FinancialYear(row.start_year).label}.")
    was, now = difference(before, spent)
    _tell(Event.SPENDING_CORRECTED, row, by, label=before.label, before=was, amount=now)
    return row


@transaction.atomic
def remove_spending(*, line: Spending, reason: str, by: User) -> bool:
    """Take a line of spending out of the record; the timeline keeps all of it. False where it is gone already."""
    access.require(by, Permission.RECORD_FUNDING, line.area)
    reason = reason_of(reason)
    row = Spending.objects.select_for_update(of=("self",)).filter(pk=line.pk).first()
    if row is None:
        return False
    told = {"label": row.label, "removed": Spent.of(row).in_full(), "reason": reason, "row": audit.all_of(row)}
    _tell(Event.SPENDING_REMOVED, row, by, **told)
    row.delete()
    return True


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
