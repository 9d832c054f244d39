"""What people type about vacancies, the chair's turns, independence, relevant agencies and access reviews."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet

from partnership.areas import categories
from partnership.areas.forms.seen import SeenForm
from partnership.areas.models import Appointment, Area, ReviewedAccess, Seat, SeatKind
from partnership.web.figures import MoneyField, NumberField
from partnership.web.forms import DayField, EmailField, Form, IdempotentForm

ONE_DAY = timedelta(days=1)
FEES_END = 100_000_000  # the column has eight figures before the point
PAST_DAY = "The day must be today or later"


class PlanForm(Form):
    """What is done about a vacant office."""

    plan = forms.CharField(
        label="What is done about it?",
        help_text="Such as: the force has named a successor, who starts in May.",
        error_messages={"required": "Say what is done about it"},
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    expected_on = DayField(
        label="When should it be filled? (optional)", help_text="For example, 1 5 2026.", required=False
    )


class TurnForm(IdempotentForm):
    """Which agency's delegated partner chairs, from when to when."""

    seat = forms.ModelChoiceField(label="Agency", queryset=Seat.objects.none(), empty_label="Choose an agency")
    since = DayField(label="First day", help_text="For example, 1 4 2027.")
    last = DayField(label="Last day (optional)", help_text="Leave it empty if no end is planned.", required=False)
    note = forms.CharField(label="Note (optional)", max_length=300, required=False)

    def __init__(self, *args: Any, area: Area, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        seat: Any = self.fields["seat"]
        seat.queryset = Seat.objects.filter(area=area, kind=SeatKind.STATUTORY, during__contains=today).select_related(
            "agency"
        )
        seat.label_from_instance = lambda row: row.agency.name

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, last = found.get("since"), found.get("last")
        if since and last and last < since:
            self.add_error("last", "The last day must be the first day or later")
        elif last and last < self.today:
            self.add_error("last", "This turn is over already. The last day must be today or later")
        return found


class ContractForm(SeenForm):
    """The contract of a scrutineer, as the partners record it."""

    contract = forms.CharField(
        label="Contract",
        help_text="With whom, from when to when, and how it ends. Such as rolling by the month.",
        max_length=300,
    )
    days = NumberField(
        label="Days a year (optional)",
        required=False,
        min_value=0,
        max_value=366,
        max_digits=5,
        decimal_places=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            "Enter the days as a number from 0 to 366, such as 24 or 24.5",
        ),
    )
    fee = MoneyField(label="Fee a year in pounds (optional)", required=False, below=FEES_END)
    paid_by = forms.CharField(label="Who pays? (optional)", max_length=200, required=False)
    review_on = DayField(label="When is independence reviewed next? (optional)", required=False)


class DeclarationForm(Form):
    """What a scrutineer declares of themselves."""

    interests = forms.CharField(
        label="Your interests",
        help_text="Posts, contracts, family ties or memberships that touch the partners. Write “none” if there are none.",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    earlier_work = forms.CharField(
        label="Earlier work for a partner of this area",
        help_text="With years. Write “none” if there is none.",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AgencyForm(Form):
    """A relevant agency, why it was chosen, and whom to tell there."""

    category = forms.ChoiceField(label="Category", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why did the partners choose it?",
        error_messages={"required": "Say why the partners chose it"},
        help_text="It is shown beside the agency.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    contact_name = forms.CharField(label="Whom to tell of the arrangements (optional)", max_length=120, required=False)
    contact_email = EmailField(
        label="Email address to tell (optional)",
        help_text="A shared mailbox is best. Whoever reads it needs no account.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        category.choices = [(row.key, row.label) for row in categories.known().values()]


class ChangedAgencyForm(SeenForm, AgencyForm):
    """The same of an agency that is named already."""


class NewAgencyForm(IdempotentForm, AgencyForm):
    """The same of an agency that is named only now."""

    name = forms.CharField(
        label="Name of the agency",
        help_text="The governing body, proprietor or chief officer answers for it. Such as Ashdown Youth Justice Service.",
        max_length=200,
    )

    field_order = ("name",)


class ReviewForm(Form):
    """A verdict for each appointment, and the statement."""

    def __init__(self, *args: Any, rows: QuerySet[Appointment], statement: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        for row in self.rows:
            self.fields[f"verdict_{row.pk}"] = forms.ChoiceField(
                label=f"{row.person.name}, {row.title}",
                widget=forms.RadioSelect,
                choices=ReviewedAccess.Verdict.choices,
                error_messages={"required": f"Say whether the access of {row.person.name} is still right"},
            )
        self.fields["agree"] = forms.BooleanField(
            label=statement, error_messages={"required": "Tick the statement to sign the review"}
        )

    @property
    def verdicts(self) -> dict[int, str]:
        """What was chosen, by appointment."""
        return {row.pk: self.cleaned_data[f"verdict_{row.pk}"] for row in self.rows}


class AddressForm(SeenForm):
    """Another email address for somebody's account."""

    email = EmailField(
        label="New email address",
    )
