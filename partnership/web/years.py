"""Financial years as they are typed, as they stand in addresses, and those for which something can be recorded."""

from django import forms
from django.http import Http404

from partnership.errors import Refused, WrongState
from partnership.guidance.financial_years import BeyondTheCalendar, FinancialYear
from partnership.web.forms import Form

# The same bounds stand in the constraints of the models.
FIRST_YEAR, LAST_YEAR = FinancialYear(2000), FinancialYear(2100)

BETWEEN = f"Enter a year between {FIRST_YEAR.label} and {LAST_YEAR.label}."


def check_year(year: FinancialYear) -> None:
    """Something can be recorded for the years that the tables hold."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise WrongState(BETWEEN)


def year_at(label: str) -> FinancialYear:
    """The year of an address. Each year has one address, and what is no year has none."""
    try:
        year = FinancialYear.parse(label)
        check_year(year)
    except Refused as refusal:
        raise Http404(refusal.sentence) from refusal
    if year.label != label:
        raise Http404("A year is written like 2025-26.")
    return year


class YearForm(Form):
    """Which year to open."""

    year = forms.CharField(
        label="Financial year",
        help_text="For example, 2025-26.",
        max_length=20,
        error_messages={"required": "Enter a financial year, such as 2025-26"},
        widget=forms.TextInput({"class": "govuk-input--width-10", "spellcheck": "false"}),
    )

    def clean_year(self) -> FinancialYear:
        try:
            year = FinancialYear.parse(self.cleaned_data["year"])
            check_year(year)
        except BeyondTheCalendar as refusal:  # the record has narrower bounds, and a person needs one sentence
            raise forms.ValidationError(BETWEEN) from refusal
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return year
