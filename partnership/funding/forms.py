"""What people type about money."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from partnership.areas import selectors as areas
from partnership.areas.models import Agency, Area
from partnership.errors import Refused
from partnership.funding import policies
from partnership.funding.lines import Paid, Spent
from partnership.funding.models import Contribution, ContributionKind
from partnership.guidance.financial_years import FinancialYear
from partnership.web.correcting import STALE, CorrectionForm, SeenChoice, seen_line
from partnership.web.figures import HOW, MoneyField
from partnership.web.forms import Form
from partnership.web.lines import LineField


def _as_sentence(check: Callable[..., Any], *args: Any) -> None:
    """Let a rule of the domain speak at a field."""
    try:
        check(*args)
    except Refused as refusal:
        raise forms.ValidationError(refusal.sentence) from refusal


class _Invented(Form):
    """Only in the practice area may a figure be invented, and then it says so wherever it is shown."""

    def __init__(self, *args: Any, practice: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not practice:
            del self.fields["is_invented"]


def _invented() -> forms.BooleanField:
    return forms.BooleanField(
        label="This figure is invented",
        help_text="It will be shown as invented wherever it appears.",
        required=False,
    )


def _source() -> LineField:
    return LineField(
        label="Source (optional)",
        help_text="Where the figure comes from, such as the address of a page or the name of a minute.",
        max_length=300,
        required=False,
    )


def _note() -> LineField:
    return LineField(
        label="Note (optional)",
        help_text="Shown under the name, such as “half of the joint budget”.",
        max_length=300,
        required=False,
    )


class _Paying(Form):
    """What one payer contributes to a year."""

    payer = LineField(
        label="Who pays",
        help_text="The body that pays, which may differ from the partner. A policing body pays for a police force.",
        max_length=200,
    )
    kind = forms.ChoiceField(
        label="Kind of contribution",
        help_text="What is given in kind is shown, and not counted in the total.",
        choices=ContributionKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select the kind of contribution"},
    )
    amount = MoneyField(
        label="Amount",
        help_text="For the whole year. May be left empty only for a contribution in kind without a value.",
        required=False,
    )
    agency: "forms.ModelChoiceField[Agency]" = forms.ModelChoiceField(
        label="For which partner or agency (optional)",
        queryset=None,
        required=False,
        empty_label="Not for one of these",
    )
    note = _note()
    source = _source()

    def __init__(self, *args: Any, area: Area, year: FinancialYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["agency"], areas.agencies_in(area, year))

    def clean(self) -> None:
        if "amount" in self.cleaned_data and (kind := self.cleaned_data.get("kind")):
            _at(self, "amount", policies.check_amount, self.cleaned_data["amount"], kind)


class ContributionForm(_Paying, _Invented):
    """One payer's contribution to a year."""

    is_invented = _invented()


class ContributionCorrectionForm(_Paying, CorrectionForm):
    """A better contribution."""

    written = Paid
    seen_payer = seen_line(200, required=True)
    seen_kind = forms.ChoiceField(choices=ContributionKind.choices, widget=forms.HiddenInput, error_messages=STALE)
    seen_amount = MoneyField(widget=forms.HiddenInput, required=False, error_messages=STALE)
    seen_agency = SeenChoice(required=False)
    seen_note = seen_line(300)
    seen_source = seen_line(300)

    def __init__(self, *args: Any, row: Contribution, **kwargs: Any) -> None:
        super().__init__(*args, row=row, area=row.area, year=FinancialYear(row.start_year), **kwargs)
        there = areas.agencies_in(row.area, FinancialYear(row.start_year)).values("pk")
        for name in ("agency", "seen_agency"):  # the one on record stays on offer, wherever it is now
            _offer(self.fields[name], Agency.objects.filter(Q(pk__in=there) | Q(pk=row.agency_id)))


def _offer(field: forms.Field, agencies: QuerySet[Agency]) -> None:
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = agencies.order_by("name")


class _Spending(Form):
    """What the money was spent on."""

    label = LineField(label="What the money was spent on", max_length=200)
    amount = MoneyField(label="Amount", help_text="For the whole year.", error_messages={"required": HOW})
    source = _source()

    def clean_amount(self) -> Decimal:
        _as_sentence(policies.check_amount, self.cleaned_data["amount"])
        return self.cleaned_data["amount"]


class SpendingForm(_Spending, _Invented):
    """One line of what the money was spent on."""

    is_invented = _invented()


class SpendingCorrectionForm(_Spending, CorrectionForm):
    """A better line."""

    written = Spent
    seen_label = seen_line(200, required=True)
    seen_amount = MoneyField(widget=forms.HiddenInput, error_messages=STALE)
    seen_source = seen_line(300)


class PrintedTotalForm(Form):
    """A total that was once printed."""

    side = forms.ChoiceField(
        label="What the total is of",
        choices=list(policies.SIDES.items()),
        widget=forms.RadioSelect,
    )
    printed = MoneyField(label="The total as it was printed")
    where = LineField(
        label="Where it was printed",
        help_text="For example, “Yearly report 2023-24, page 14”.",
        max_length=300,
    )

    def clean_printed(self) -> Decimal:
        _as_sentence(policies.check_amount, self.cleaned_data["printed"])
        return self.cleaned_data["printed"]


def _at(form: Form, field: str, check: Callable[..., Any], *args: Any) -> None:
    try:
        check(*args)
    except Refused as refusal:
        form.add_error(field, refusal.sentence)
