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
    policies.check_amount(amount, kind)
    last = (
        Contribution.objects.filter(area=area, start_year=year.start_year).aggregate(last=Max("position"))["last"] or 0
    )
    try:
        with transaction.atomic():
            contribution = Contribution.objects.create(
                area=area,
                start_year=year.start_year,
                payer=payer.strip(),
                agency=agency,
                kind=kind,
                amount=amount,
                note=note.strip(),
                source=source.strip(),
                is_invented=is_invented,
                position=last + 1,
                recorded_by=by,
            )
    except IntegrityError as error:
        raise WrongState(
            f"{payer.strip()} already has a contribution of this kind in {year.label}. Correct that one instead."
        ) from error
    data = {"payer": contribution.payer, "year": year.label, "amount": selectors.in_pounds(amount)}
    audit.record(Event.CONTRIBUTION_RECORDED, by=by, area_slug=area.slug, target=contribution, data=data)
    return contribution


@transaction.atomic
def correct_contribution(
    *, contribution: Contribution, seen: Decimal | None, amount: Decimal | None, note: str, by: User
) -> Contribution:
    """Correct an amount that was `seen` on the screen. Raises Conflict when somebody corrected it in between."""
    access.require(by, Permission.RECORD_FUNDING, contribution.area)
    policies.check_amount(amount, contribution.kind)
    same = Contribution.objects.filter(pk=contribution.pk)
    same = same.filter(amount__isnull=True) if seen is None else same.filter(amount=seen)
    won = same.update(amount=amount, note=note.strip(), recorded_at=clock.now(), recorded_by=by)
    if not won:
        raise Conflict("Somebody else corrected this amount while you were writing. Look at it again.")
    contribution.refresh_from_db()
    year = FinancialYear(contribution.start_year)
    data = {
        "payer": contribution.payer,
        "year": year.label,
        "before": selectors.in_pounds(seen),
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
    policies.check_amount(amount)
    last = Spending.objects.filter(area=area, start_year=year.start_year).aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            line = Spending.objects.create(
                area=area,
                start_year=year.start_year,
                label=label.strip(),
                amount=amount,
                source=source.strip(),
                is_invented=is_invented,
                position=last + 1,
                recorded_by=by,
            )
    except IntegrityError as error:
        raise WrongState(f"The line “{label.strip()}” is there already for {year.label}.") from error
    data = {"label": line.label, "year": year.label, "amount": selectors.in_pounds(amount)}
    audit.record(Event.SPENDING_RECORDED, by=by, area_slug=area.slug, target=line, data=data)
    return line


@transaction.atomic
def check_printed_total(
    *, area: Area, year: FinancialYear, side: str, printed: Decimal, where: str, by: User
) -> PrintedTotal:
    """Keep a total that was printed somewhere, and put on record by how much it differs from the lines."""
    access.require(by, Permission.RECORD_FUNDING, area)
    policies.check_amount(printed)
    total, _ = PrintedTotal.objects.get_or_create(
        area=area,
        start_year=year.start_year,
        side=side,
        printed=printed,
        where=where.strip(),
        defaults={"recorded_by": by},
    )
    data = {"year": year.label, "finding": selectors.finding(total).sentence}
    audit.record(Event.PRINTED_TOTAL_CHECKED, by=by, area_slug=area.slug, target=total, data=data)
    return total
